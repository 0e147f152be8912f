/** A request and its answer, where a draft shows both: what the answer has to have, and values that both have to share. */
import { fieldOf, type Field, type RequestExample, type ResponseExample } from '../examples/http-message.js';
import { isObject, type JsonObject } from '../json-object.js';
import type { FoundAt } from './finding.js';

const jsonOf = ({ body }: RequestExample | ResponseExample): JsonObject | undefined =>
  body?.kind === 'json' && isObject(body.value) ? body.value : undefined;

/** A quoted value is found to be wrong on its own; what is in the quotes is still compared. */
const plain = (value: string): string => value.replaceAll(/^"|"$/g, '');

const pathOf = (uri: string): string =>
  plain(uri)
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
    .replace(/[?#].*$/, '');

const isPlaceholder = (value: string): boolean => /\.\.\.|…|[{}<>]/.test(value);

/** The id in a path such as `/v2/Users/2819c223`; undefined for an endpoint. */
const idIn = (path: string): string | undefined => {
  const id = /\/(?:Users|Groups)\/([^/]+)$/.exec(path)?.[1];
  return id === undefined || isPlaceholder(id) ? undefined : id;
};

const differ = (one: string | undefined, other: unknown): boolean =>
  one !== undefined && typeof other === 'string' && !isPlaceholder(other) && one !== other;

/** `wanted`: the value, and where it stands. */
const changed = (field: Field, name: string, wanted: string, source: string): FoundAt => ({
  code: 'value-changes',
  line: field.line,
  expected: `${name} to be ${wanted}`,
  actual: `it is «${field.value}»`,
  source,
});

const hasStatusWithoutBody = ({ status }: ResponseExample): boolean => status < 200 || status === 204 || status === 304;

const checkNoBody = (response: ResponseExample): FoundAt[] => {
  const { body, status } = response;
  const isAsynchronous = status === 202 && /respond-async/i.test(fieldOf(response, 'Preference-Applied')?.value ?? '');
  if (body === undefined || !(hasStatusWithoutBody(response) || isAsynchronous)) return [];
  return [
    {
      code: 'body-not-permitted',
      line: body.line,
      expected: `no body, because the status is ${status}`,
      actual: 'there is one',
      source: isAsynchronous ? 'RFC 9967 §2.5.1.1' : 'RFC 9110 §6.4.1',
    },
  ];
};

/** The answer to a create says where the resource is (RFC 7644 §3.3). */
const checkCreated = ({ method, target }: RequestExample, response: ResponseExample): FoundAt[] => {
  const location = fieldOf(response, 'Location');
  const isCreate = method === 'POST' && /\/(?:Users|Groups)\/?$/.test(pathOf(target)) && response.status === 201;
  if (isCreate && location === undefined && response.fields.length > 0) {
    const expected = 'a Location with the URI of what was created';
    return [
      {
        code: 'created-without-location',
        line: response.line,
        expected,
        actual: 'there is none',
        source: 'RFC 7644 §3.3',
      },
    ];
  }
  return [];
};

const checkAsynchronous = (request: RequestExample, response: ResponseExample): FoundAt[] => {
  const isAsked = /(?:^|[,\s])respond-async\b/i.test(fieldOf(request, 'Prefer')?.value ?? '');
  if (!isAsked || response.status !== 202) return [];
  return ['Set-Txn', 'Preference-Applied']
    .filter((name) => fieldOf(response, name) === undefined)
    .map((name) => ({
      code: 'asynchronous-answer-incomplete',
      line: response.line,
      expected: `${name} in a 202 to «Prefer: respond-async»`,
      actual: 'there is none',
      source: name === 'Set-Txn' ? 'RFC 9967 §3' : 'RFC 7240 §3',
    }));
};

/** Ids and locations that the request, the fields of the answer and its body have to share. */
const checkIdentity = ({ method, target }: RequestExample, response: ResponseExample): FoundAt[] => {
  const location = fieldOf(response, 'Location');
  const isWhole = method !== 'DELETE' && [200, 201, 202].includes(response.status);
  const asked = idIn(pathOf(target));
  const found: FoundAt[] = [];
  const located = location === undefined ? undefined : idIn(pathOf(location.value));
  if (isWhole && location !== undefined && asked !== undefined && differ(asked, located))
    found.push(changed(location, 'the id in Location', `«${asked}»`, 'RFC 7644 §3.1'));
  const json = jsonOf(response);
  const wanted = asked ?? located;
  if (json === undefined || wanted === undefined || response.body === undefined || !isWhole) return found;
  if (differ(wanted, json.id))
    found.push({
      code: 'value-changes',
      line: response.body.line,
      expected: `the id of the resource to be «${wanted}», as in the ${asked === undefined ? 'Location' : 'request'}`,
      actual: `it is «${String(json.id)}»`,
      source: 'RFC 7643 §3.1',
    });
  return found;
};

/** `meta.location` and `meta.version` repeat Location and ETag (RFC 7643 §3.1). */
const checkMeta = (response: ResponseExample): FoundAt[] => {
  const json = jsonOf(response);
  const meta = isObject(json?.meta) ? json.meta : {};
  const pairs = [
    ['Location', meta.location, 'meta.location'],
    ['ETag', meta.version, 'meta.version'],
  ] as const;
  return pairs.flatMap(([name, member, label]) => {
    const field = fieldOf(response, name);
    if (field === undefined || typeof member !== 'string' || isPlaceholder(field.value + member)) return [];
    // Quotes belong to an entity tag; around a Location they are another finding.
    const shown = name === 'Location' ? plain(field.value) : field.value;
    return shown.replaceAll(/\s/g, '') === member.replaceAll(/\s/g, '')
      ? []
      : [changed(field, name, `«${member}», as ${label}`, 'RFC 7643 §3.1')];
  });
};

const checkEcho = (request: RequestExample, response: ResponseExample): FoundAt[] => {
  const [sent, answered] = [fieldOf(request, 'X-Request-ID'), fieldOf(response, 'X-Request-ID')];
  return sent !== undefined &&
    answered !== undefined &&
    differ(sent.value, answered.value) &&
    !isPlaceholder(sent.value)
    ? [changed(answered, 'X-Request-ID', `«${sent.value}»`, 'profile ACC-05')]
    : [];
};

/** What an answer shows without its request. */
export const checkResponse = (response: ResponseExample): FoundAt[] => [
  ...checkNoBody(response),
  ...checkMeta(response),
];

export const checkExchange = (request: RequestExample, response: ResponseExample): FoundAt[] => [
  ...checkCreated(request, response),
  ...checkAsynchronous(request, response),
  ...checkIdentity(request, response),
  ...checkEcho(request, response),
];
