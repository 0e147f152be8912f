/**
 * The examples of RFC 9967 against its text. What an implementer copies from a figure is what the suite meets later,
 * so it has to be known which figures the text contradicts: each statement of the text is one rule, all rules run over
 * all figures, and what they find is exactly what rfc9967-contradictions.json lists. Rules that speak of several tokens
 * read the figures as one feed. Left out HTTP fields (Date, Content-Length) are taken for abbreviations.
 */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { eventUri, respondAsync, urn } from '../../../schemas/names.js';
import { validate } from '../../../schemas/validators.js';

type Json = Record<string, unknown>;

interface Printed {
  readonly figure: number;
  readonly section: string;
  readonly title: string;
}

type Figure = Printed &
  (
    | { readonly kind: 'set'; readonly text: string }
    | {
        readonly kind: 'request' | 'response';
        readonly startLine: string;
        readonly headers: readonly (readonly [string, string])[];
        readonly body: string;
      }
  );

interface Contradiction {
  readonly rule: string;
  readonly contradicts: string;
  readonly figures: readonly number[];
  readonly reason: string;
}

interface Token {
  readonly text: string;
  readonly claims: Json;
  readonly subject: Json;
  readonly events: readonly (readonly [string, Json])[];
  /** The first event; the figures have no more than one. */
  readonly uri: string;
  readonly payload: Json;
}

interface Message {
  readonly title: string;
  readonly kind: 'request' | 'response';
  readonly startLine: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** All that is printed, by figure. */
interface Print {
  readonly tokens: ReadonlyMap<number, Token>;
  readonly messages: ReadonlyMap<number, Message>;
}

interface Rule {
  readonly name: string;
  readonly section: string;
  /** The figures of this print that break the rule. */
  readonly broken: (print: Print) => number[];
  /** An edit of one figure after which the rule's verdict on it is the opposite: the rule can say both. */
  readonly flip: readonly [figure: number, from: string, to: string];
}

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as unknown;
const { figures } = read('./rfc9967-figures.json') as { figures: Figure[] };
const contradictions = read('./rfc9967-contradictions.json') as Contradiction[];

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Reads a token in spite of elisions and trailing commas, so that the other rules can speak about it too. */
const tokenOf = (text: string): Token => {
  const mended = text.replace(/^\s*\.\.\.\s*$/m, '').replace(/,(\s*[}\]])/g, '$1');
  const claims = objectOf(JSON.parse(mended));
  const events = Object.entries(objectOf(claims.events)).map(([uri, payload]) => [uri, objectOf(payload)] as const);
  const [uri, payload] = events[0] ?? ['', {}];
  return { text, claims, subject: objectOf(claims.sub_id), events, uri, payload };
};

const textOf = (figure: Figure): string =>
  figure.kind === 'set'
    ? figure.text
    : [figure.startLine, ...figure.headers.map((field) => field.join(': ')), '', figure.body].join('\n');

const messageOf = (text: string, title: string, kind: 'request' | 'response'): Message => {
  const [head = '', ...body] = text.split('\n\n');
  const [startLine = '', ...lines] = head.split('\n');
  const headers = new Map(
    lines.map((line) => [line.split(':', 1).join('').toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { title, kind, startLine, headers, body: body.join('\n\n') };
};

const print = (edit: (text: string, figure: number) => string = (text) => text): Print => {
  const tokens = new Map<number, Token>();
  const messages = new Map<number, Message>();
  for (const figure of figures) {
    const text = edit(textOf(figure), figure.figure);
    if (figure.kind === 'set') tokens.set(figure.figure, tokenOf(text));
    else messages.set(figure.figure, messageOf(text, edit(figure.title, figure.figure), figure.kind));
  }
  return { tokens, messages };
};

type Flip = Rule['flip'];

const tokenRule = (
  name: string,
  section: string,
  flip: Flip,
  holds: (token: Token, all: readonly Token[], print: Print) => boolean,
): Rule => ({
  name,
  section,
  flip,
  broken: (print) => {
    const all = [...print.tokens.values()];
    return [...print.tokens].filter(([, token]) => !holds(token, all, print)).map(([figure]) => figure);
  },
});

const messageRule = (
  name: string,
  section: string,
  flip: Flip,
  holds: (message: Message, print: Print) => boolean,
): Rule => ({
  name,
  section,
  flip,
  broken: ({ messages, ...rest }) =>
    [...messages].filter(([, message]) => !holds(message, { messages, ...rest })).map(([figure]) => figure),
});

const messageOfKind = ({ messages }: Print, kind: Message['kind']): Message | undefined =>
  [...messages.values()].find((message) => message.kind === kind);
const targetOf = (print: Print): string[] => messageOfKind(print, 'request')?.startLine.split(' ') ?? [];

const isEvent = ({ uri }: Token, ...known: string[]): boolean => known.includes(uri);
const isResult = (token: Token): boolean => isEvent(token, eventUri.asyncResponse);
const isBulkResult = (token: Token): boolean => isResult(token) && String(token.claims.txn).includes(':');
const isFull = ({ uri }: Token): boolean => uri.endsWith(':full');
const isOfResource = (token: Token): boolean => isEvent(token, eventUri.createFull, eventUri.putFull);
const succeeded = ({ payload }: Token): boolean => /^2\d\d$/.test(String(payload.status));
/** RFC 7519 §2: any string, but if it contains a colon, it is a URI. */
const isStringOrUri = (value: unknown): boolean =>
  typeof value === 'string' && (!value.includes(':') || URL.canParse(value));
const memberCount = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, member) => sum + memberCount(member), own);
};

const rules: readonly Rule[] = [
  tokenRule('is JSON', 'RFC 8259 §4', [3, '"jdoe",\n  }', '"jdoe"\n  }'], ({ text }) => isJson(text)),
  tokenRule(
    'has each member once',
    'RFC 7519 §4',
    [2, '"jti"', '"txn": "a", "jti"'],
    ({ text, claims }) => [...text.matchAll(/(?<!\\)"\s*:/g)].length === memberCount(claims),
  ),
  tokenRule(
    'fits our schema',
    'RFC 8417 §2.2',
    [2, '"iss"', '"issuer"'],
    ({ claims }) => validate('async/security-event-token', claims).valid,
  ),
  tokenRule(
    'has iss, iat and jti',
    'RFC 8417 §2.2',
    [1, '"iat"', '"jti": "a", "iat"'],
    ({ claims: { iss, iat, jti } }) =>
      typeof iss === 'string' && typeof iat === 'number' && typeof jti === 'string' && jti !== '',
  ),
  tokenRule(
    'iss and aud are strings or URIs',
    'RFC 7519 §4.1',
    [2, '"iss":"https:', '"iss":"1:'],
    ({ claims: { iss, aud } }) => [iss, ...listOf(aud)].every(isStringOrUri),
  ),
  tokenRule(
    'has an event',
    'RFC 9967 §2',
    [1, '...', `"${eventUri.feedAdd}": {}`],
    ({ claims, events }) => events.length > 0 && Object.values(objectOf(claims.events)).every(isObject),
  ),
  tokenRule('the event is of feed or prov', 'RFC 9967 §2', [19, ':misc:', ':prov:'], ({ events }) =>
    events.every(([uri]) => /^urn:ietf:params:scim:event:(feed|prov):/.test(uri)),
  ),
  tokenRule('the event is registered', 'RFC 9967 §7.4', [10, ':delete', ':delete:full'], ({ events }) =>
    events.every(([uri]) => uri !== eventUri.prefix && Object.values<string>(eventUri).includes(uri)),
  ),
  tokenRule(
    'sub_id names a SCIM resource by its relative path',
    'RFC 9967 §2.1',
    [2, '"/Users/', '"https://scim.example.com/Users/'],
    ({ subject }) => subject.format === 'scim' && /^\/[^/]/.test(String(subject.uri)),
  ),
  tokenRule(
    'sub_id is at the top level alone',
    'RFC 9967 §2.1',
    [10, ':delete": {}', ':delete": { "sub_id": {} }'],
    ({ claims, events }) => isObject(claims.sub_id) && events.every(([, payload]) => payload.sub_id === undefined),
  ),
  tokenRule('has no sub', 'RFC 9967 §2.1', [2, '"jti"', '"sub": "a", "jti"'], ({ claims }) => !('sub' in claims)),
  tokenRule(
    'the externalId is given where it is known',
    'RFC 9967 §2.1',
    [4, '"userName"', '"externalId":"jdoe","userName"'],
    (token) => !isOfResource(token) || objectOf(token.payload.data).externalId === token.subject.externalId,
  ),
  tokenRule(
    'has a txn',
    'RFC 9967 §2.2',
    [10, '"jti"', '"txn": "a", "jti"'],
    ({ claims }) => typeof claims.txn === 'string',
  ),
  tokenRule(
    'its jti is its own',
    'RFC 9967 §2.2',
    [4, '4d35', '4d36'],
    ({ claims: { jti } }, all) => jti === undefined || all.filter(({ claims }) => claims.jti === jti).length === 1,
  ),
  tokenRule(
    'one txn has one outcome',
    'RFC 9967 §2.2',
    [15, '"txn": "734f', '"txn": "734e'],
    ({ claims: { txn }, payload }, all) =>
      txn === undefined || all.every((other) => other.claims.txn !== txn || other.payload.status === payload.status),
  ),
  tokenRule(
    'the version is an entity-tag',
    'RFC 9967 §2.2',
    [6, '"a330bc54f0671c9"', String.raw`"W/\"a330bc54f0671c9\""`],
    ({ payload: { version } }) =>
      version === undefined || (typeof version === 'string' && /^(W\/)?"[\x21\x23-\x7e]*"$/.test(version)),
  ),
  tokenRule(
    'the data is the command',
    'RFC 9967 §2.2',
    [6, '"op":"add"', '"op":"append"'],
    (token) =>
      !isFull(token) || validate(isOfResource(token) ? 'scim/user' : 'scim/patch-op', token.payload.data).valid,
  ),
  tokenRule(
    'the data of a create includes the id',
    'RFC 9967 §2.2',
    [4, '"userName"', '"id":"44f6142df96bd6ab61e7521d9","userName"'],
    (token) => !isEvent(token, eventUri.createFull) || 'id' in objectOf(token.payload.data),
  ),
  tokenRule(
    'attributes are named by their paths',
    'RFC 9967 §2.2',
    [7, '["members"]', '["members "]'],
    ({ payload: { attributes } }) =>
      attributes === undefined ||
      listOf(attributes).every((name) => /^(urn:[\w:.-]+:)?[a-z$][\w$-]*(\.[a-z$][\w$-]*)?$/i.test(String(name))),
  ),
  tokenRule(
    'full has data alone, notice attributes alone',
    'RFC 9967 §2.4',
    [7, '"attributes"', '"data": {}, "attributes"'],
    ({ uri, payload }) =>
      'data' in payload === uri.endsWith(':full') && 'attributes' in payload === uri.endsWith(':notice'),
  ),
  tokenRule(
    'the data is the final representation',
    'RFC 9967 §2.4',
    [8, '"userName"', '"id":"2819c223-7f76-453a-919d-413861904646","userName"'],
    (token) => {
      const { id, schemas } = objectOf(token.payload.data);
      return !isFull(token) || (typeof id === 'string' && !listOf(schemas).includes(urn.patchOp));
    },
  ),
  tokenRule(
    'a delete has no payload',
    'RFC 9967 §2.4.4',
    [10, ':delete": {}', ':delete": { "version": "a" }'],
    (token) => !isEvent(token, eventUri.delete) || Object.keys(token.payload).length === 0,
  ),
  tokenRule(
    'no feed:remove beside a delete',
    'RFC 9967 §2.4.4',
    [10, '"iat": 1458505044', '"iat": 1458505045'],
    (token, all) =>
      !isEvent(token, eventUri.delete, eventUri.feedRemove) ||
      !all.some(
        (other) =>
          isEvent(other, eventUri.delete, eventUri.feedRemove) &&
          other.uri !== token.uri &&
          other.subject.uri === token.subject.uri &&
          other.claims.iat === token.claims.iat,
      ),
  ),
  tokenRule(
    'the txn of a bulk operation counts from zero',
    'RFC 9967 §2.5.1.2',
    [16, ':1"', ':0"'],
    (token, all) =>
      !isBulkResult(token) ||
      token.claims.txn === `2d80e537a3f64622b0347b641ebc8f44:${all.filter(isBulkResult).indexOf(token)}`,
  ),
  tokenRule(
    'each bulk operation completes once',
    'RFC 9967 §2.5.1.2',
    [17, ':2"', ':1"'],
    (token, all) =>
      !isBulkResult(token) ||
      (all.filter(isBulkResult).length === 4 &&
        all.filter(({ claims }) => claims.txn === token.claims.txn).length === 1),
  ),
  tokenRule(
    'a result is a bulk response operation',
    'RFC 9967 §2.5.1.3',
    [16, '"bulkId"', '"bulk"'],
    (token) =>
      !isResult(token) ||
      (['POST', 'PUT', 'PATCH', 'DELETE'].includes(String(token.payload.method)) &&
        typeof token.payload.status === 'string' &&
        (token.payload.method !== 'POST' || typeof token.payload.bulkId === 'string')),
  ),
  tokenRule(
    'a result has its location',
    'RFC 9967 §2.5.1.3',
    [14, '"method"', '"location": "https://scim.example.com/Users/2819c223-7f76-453a-919d-413861904646", "method"'],
    (token) =>
      !isResult(token) ||
      typeof token.payload.location === 'string' ||
      (token.payload.method === 'POST' && !succeeded(token)),
  ),
  tokenRule(
    'a failed result has a SCIM error',
    'RFC 9967 §2.5.1.3',
    [15, '"status":"400"', '"state":"400"'],
    (token) => {
      const { response, status } = token.payload;
      if (!isResult(token) || succeeded(token)) return true;
      return validate('scim/error', response).valid && objectOf(response).status === status;
    },
  ),
  tokenRule(
    'the txn of a result is the Set-Txn of the 202',
    'RFC 9967 §2.5.1.3',
    [14, '"txn": "734f', '"txn": "734e'],
    (token, _, print) =>
      !isResult(token) ||
      isBulkResult(token) ||
      token.claims.txn === messageOfKind(print, 'response')?.headers.get('set-txn'),
  ),
  tokenRule(
    'a result is about the request',
    'RFC 9967 §2.5.1.3',
    [14, '"method": "PUT"', '"method": "PATCH"'],
    (token, _, print) => {
      const [method, target] = targetOf(print);
      const { payload, subject } = token;
      return !isResult(token) || isBulkResult(token) || (payload.method === method && subject.uri === target);
    },
  ),
  messageRule(
    'has a request line',
    'RFC 9112 §3',
    [12, '\nHost', ' HTTP/1.1\nHost'],
    ({ kind, startLine }) => kind === 'response' || /^[A-Z]+ \S+ HTTP\/1\.1$/.test(startLine),
  ),
  messageRule(
    'asks for an asynchronous answer',
    'RFC 9967 §2.5.1.1',
    [12, 'respond-async', 'respond-sync'],
    ({ kind, headers }) => kind === 'response' || headers.get('prefer') === respondAsync,
  ),
  messageRule('puts a user at its own path', 'RFC 7644 §3.5.1', [12, '"id":"2819', '"id":"2818'], (message, print) => {
    if (message.kind === 'response') return true;
    const body: unknown = isJson(message.body) ? JSON.parse(message.body) : undefined;
    return validate('scim/user', body).valid && `/Users/${String(objectOf(body).id)}` === targetOf(print)[1];
  }),
  messageRule(
    'is a 202 without a body',
    'RFC 9967 §2.5.1.1',
    [13, '\n\n', '\n\n{}'],
    ({ kind, startLine, body }) => kind === 'request' || (startLine === 'HTTP/1.1 202 Accepted' && body === ''),
  ),
  messageRule(
    'has Set-Txn',
    'RFC 9967 §3',
    [13, 'Set-Txn', 'Txn'],
    ({ kind, headers }) => kind === 'request' || /^\S+$/.test(headers.get('set-txn') ?? ''),
  ),
  messageRule(
    'has Preference-Applied',
    'RFC 9967 §2.5.1.1',
    [13, 'respond-async', 'respond-sync'],
    ({ kind, headers }) => kind === 'request' || headers.get('preference-applied') === respondAsync,
  ),
  messageRule(
    'Location is a URI reference',
    'RFC 9110 §10.2.2',
    [13, '"/Users/2819c223-7f76-453a-919d-413861904646"', '/Users/2819'],
    ({ kind, headers }) => kind === 'request' || /^[\w:/?#[\]@!$&'()*+,;=.~%-]+$/.test(headers.get('location') ?? ''),
  ),
  messageRule(
    'Location is the resource’s',
    'RFC 9967 §2.5.1.1',
    [13, '"/Users/2819c223-7f76-453a-919d-413861904646"', '/Users/2819c223-7f76-453a-919d-413861904646'],
    ({ kind, headers }, print) => kind === 'request' || headers.get('location') === targetOf(print)[1],
  ),
  messageRule(
    'its caption says what it is',
    'RFC 9967 §2.5.1.1',
    [13, 'Request with Prefer Header', 'Response'],
    ({ kind, title }) => title.includes(kind === 'request' ? 'Request' : 'Response'),
  ),
];

const asPrinted = print();

void t.test('every figure from 1 to 19 is present once, with its section and its title', (t) => {
  t.strictSame(
    figures.map(({ figure }) => figure),
    Array.from({ length: 19 }, (_, index) => index + 1),
  );
  for (const { figure, section, title } of figures) {
    t.match(section, /^2(\.\d)+$/, `figure ${figure}`);
    t.not(title, '', `figure ${figure}`);
  }
  t.strictSame([...asPrinted.messages.keys()], [12, 13], 'all but two are security event tokens');
  t.end();
});

void t.test('the text of the RFC contradicts the figures that are listed, and no others', (t) => {
  for (const { name, section, broken } of rules) {
    const listed = contradictions.filter(({ rule }) => rule === name);
    t.strictSame(broken(asPrinted), listed[0]?.figures ?? [], `${section}: ${name}`);
  }
  t.end();
});

void t.test('every contradiction is listed once, under a rule and its section, with a reason', (t) => {
  const sections = new Map(rules.map(({ name, section }) => [name, section]));
  t.equal(sections.size, rules.length, 'no two rules have one name');
  t.equal(new Set(contradictions.map(({ rule }) => rule)).size, contradictions.length);
  for (const { rule, contradicts, figures: listed, reason } of contradictions) {
    t.equal(sections.get(rule), contradicts, rule);
    t.ok(listed.length > 0 && reason !== '', rule);
  }
  t.end();
});

void t.test('every rule can say yes and no: one edit of a figure turns its verdict', (t) => {
  for (const { name, broken, flip } of rules) {
    const [figure, from, to] = flip;
    const edited = print((text, at) => (at === figure ? text.replace(from, () => to) : text));
    t.equal(broken(edited).includes(figure), !broken(asPrinted).includes(figure), `${name}: figure ${figure}`);
  }
  t.end();
});
