/**
 * Writes recorded exchanges as the text of an example. It leaves out unimportant details and replaces everything that
 * differs between runs (hosts, names, ids, times), so that the same run gives the same text.
 */
import { Buffer } from 'node:buffer';
import { httpLines } from '../dist/reports/text/http-text.js';

const droppedFields =
  /^(user-agent|accept-encoding|connection|keep-alive|content-length|date|host|transfer-encoding|vary)$/i;

/** Header fields that are shown only for the requirements that are about them. */
const special = [
  [/^ratelimit/i, /^RATE-08$/],
  [/^etag$/i, /^STAT-13$/],
  [/^cache-control$/i, /^SEC-09$/],
  [/^x-request-id$/i, /^(ACC-05|SEC-04|IDEM-..)$/],
  [/^accept$/i, /^(STAT-07|PREF-06)$/],
  [/^content-type$/i, /^(CORE-04|ACC-02|STAT-07|ERR-..|EVT-08|RATE-01)$/],
];

/** Maximum number of characters of a line, of a string and of a body that is not JSON. */
const longest = { line: 100, text: 160, plain: 300 };

const credentials = [
  [/\{\{primary\}\}/g, '<token>'],
  [/\{\{second\}\}/g, '<token of the second client>'],
  [/\{\{invalid\}\}|scim-conformance-invalid-credential/g, '<bad token>'],
  [/\{\{status-token-\d+\}\}/g, '<status token>'],
];

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The claims of a compact JWT; undefined if it is none. */
const claimsOf = (text) => {
  if (!/^[\w-]+\.[\w-]*\.[\w-]*$/.test(text.trim())) return undefined;
  try {
    return JSON.parse(Buffer.from(text.trim().split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Replaces tokens by their claims. */
const decoded = (value) => {
  if (typeof value === 'string') return claimsOf(value) ?? value;
  if (Array.isArray(value)) return value.map(decoded);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, decoded(member)]));
  return value;
};

/** Placeholder for items that are left out. */
class More {
  constructor(count) {
    this.count = count;
  }
}

/** Placeholder for members that are left out. */
const rest = '…';

const without = (value, ...names) => {
  const kept = Object.entries(value).filter(([name]) => !names.includes(name));
  return kept.length === Object.keys(value).length ? value : { ...Object.fromEntries(kept), [rest]: rest };
};

/** Requirements whose examples need `meta`, which all other examples leave out. */
const aboutMeta = ['CORE-02', 'STAT-01', 'STAT-14', 'ACC-02', 'SEC-07'];

const configMembers = ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag', 'authenticationSchemes', 'meta'];

const isWorded = ({ displayName }) => /^(Word|Side)/.test(displayName);

/** Removes unimportant members that are in every body. */
const plainer = (value, id) => {
  if (Array.isArray(value)) return value.map((item) => plainer(item, id));
  if (!isObject(value)) return value;
  const names = [];
  if (value.authenticationSchemes !== undefined)
    names.push(
      ...(id.startsWith('CORE') ? Object.keys(value).filter((name) => /^(urn:|securityE)/.test(name)) : configMembers),
    );
  else if (value.meta !== undefined && !aboutMeta.includes(id)) names.push('meta');
  if (value.emails !== undefined && Array.isArray(value.emails) && id !== 'LIFE-04') {
    names.push('emails', 'active');
    if (id !== 'LIFE-08') names.push('name');
    if (id === 'CORE-03') names.splice(names.indexOf('active'), 1);
  }
  if (value.version !== undefined && id !== 'LIFE-03') names.push('version');
  if (isObject(value.data) && value.data.schemas !== undefined && value.method !== undefined) {
    const { data } = value;
    const short = without(data, 'schemas', ...(isWorded(data) || data.members !== undefined ? [] : ['displayName']));
    return without({ ...value, data: plainer(short, id) }, ...names);
  }
  const members = Object.entries(without(value, ...names));
  return Object.fromEntries(members.map(([name, member]) => [name, plainer(member, id)]));
};

/** Cuts long lists and long strings. A list is cut only if at least two items are left out. */
const shortened = (value, keep) => {
  if (typeof value === 'string') return value.length > longest.text ? `${value.slice(0, longest.text)}…` : value;
  if (Array.isArray(value)) {
    const items = value.length > keep + 1 ? [...value.slice(0, keep), new More(value.length - keep)] : value;
    return items.map((item) => (item instanceof More ? item : shortened(item, keep)));
  }
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member, keep)]));
  return value;
};

/** Writes JSON on as few lines as possible. */
const laidOut = (value, indent = '') => {
  if (value instanceof More) return `… ${value.count} more`;
  if (!Array.isArray(value) && !isObject(value)) return JSON.stringify(value);
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => laidOut(item, inner))
    : Object.entries(value).map(([name, member]) =>
        name === rest ? rest : `${JSON.stringify(name)}: ${laidOut(member, inner)}`,
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (parts.length === 0) return open + close;
  const one = Array.isArray(value) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  if (!one.includes('\n') && indent.length + one.length <= longest.line) return one;
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(',\n')}\n${indent}${close}`;
};

const bodyText = (body, { id, keep }) => {
  if (body === undefined || body === '') return body;
  const token = claimsOf(body);
  if (token !== undefined) return `(the claims of a JWT)\n${laidOut(plainer(token, id))}`;
  let value;
  try {
    value = JSON.parse(body);
  } catch {
    return body.length > longest.plain ? `${body.slice(0, longest.plain)}… (${body.length} characters)` : body;
  }
  if (!isObject(value)) return body.length > longest.plain ? `${body.slice(0, 60)}… (${body.length} characters)` : body;
  const text = laidOut(shortened(plainer(decoded(value), id), keep));
  // The spaces that fill a body up to a limit are not shown.
  const filler = body.length - body.trimEnd().length;
  if (filler > 0) return `${text} … and ${filler} spaces`;
  return body.includes('"eyJ') ? `(tokens are shown by their claims)\n${text}` : text;
};

/**
 * Replaces everything that differs between runs: hosts, names of users and groups, words, ids and times. One normaliser
 * replaces the same value by the same text in all examples.
 */
export const createNormaliser = ({ origin, run }) => {
  const known = new Map();
  const counts = new Map();
  const replaced = (kind, value, make) => {
    const key = `${kind} ${value}`;
    if (!known.has(key)) {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      known.set(key, make(count));
    }
    return known.get(key);
  };
  const uuid = (count) => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
  return (text) => {
    let result = text.replaceAll(origin, 'https://host');
    for (const [pattern, value] of credentials) result = result.replace(pattern, value);
    return (
      result
        .replace(/http:\/\/127\.0\.0\.1(:\d+)?/g, 'https://receiver.example')
        .replace(new RegExp(`scimc-${run}-(\\d+)`, 'gi'), (whole, number) => {
          const name = replaced('name', number, (count) => `user-${count}`);
          return whole === whole.toUpperCase() ? name.toUpperCase() : name;
        })
        .replace(new RegExp(`(?<=-9d5c-)${run}-\\d+`, 'g'), '000000000000')
        // The part of request ids that is different in each run.
        .replace(new RegExp(`${run}-\\d+`, 'gi'), '')
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => replaced('id', id, uuid))
        .replace(/\b(Word|Side)[a-j]+\b/g, (word) =>
          replaced('word', word, (count) => `Word${'ABCDEFGHIJ'[count - 1] ?? count}`),
        )
        .replace(/\/webhooks\/(?:[\w-]{22}|\{\{webhook-path\}\})\//g, '/webhooks/')
        .replace(/\b[0-9a-f]{64}\b/g, '…')
        .replace(/("expiresAt": ")[^"]+/g, '$12026-01-01T00:05:00.000Z')
        .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, (time) =>
          time.startsWith('2026-01-01T00:05') ? time : '2026-01-01T00:00:00.000Z',
        )
        .replace(/("totalResults": )\d{2,}/g, '$160')
        .replace(/\d of its (\d)/g, '$1 of its $1')
        .replace(
          /(provision\/|"id": ")(\d+)(?=[/"])/g,
          (_, before, number) => before + replaced('number', number, (count) => 100 + count),
        )
        .replace(/they are: [\d, ]+…/, 'they are: 101, 102, 103…')
        .replace(/\d+ ms\b/g, '… ms')
        .replace(/still pending after \d\.\d s/g, 'still pending after 60.0 s')
        .replace(/0\.\d s after it was asked/g, '0.1 s after it was asked')
        .replace(/("iat": )\d+/g, '$11767225600')
        .replace(/(retry-after: )0$/gim, '$11')
        .replace(/\b(t|reset)=\d+/g, '$1=1')
        .replace(/\b(r|remaining)=\d+/g, '$1=100')
    );
  };
};

/** One exchange as HTTP text, request first. `note` is added to the response. */
export const exampleText = (exchange, normalise, { id, keep, note }) => {
  const shown = (headers) =>
    headers.filter(
      ([name]) => !droppedFields.test(name) && special.every(([field, of]) => !field.test(name) || of.test(id)),
    );
  const { request, response } = exchange;
  const lines = httpLines({
    ...exchange,
    request: {
      ...request,
      url: request.url.length > 300 ? `${request.url.slice(0, 120)}… (${request.url.length} characters)` : request.url,
      headers: shown(request.headers),
      ...(request.body === undefined ? {} : { body: bodyText(request.body, { id, keep }) }),
    },
    ...(response === undefined
      ? {}
      : { response: { ...response, headers: shown(response.headers), body: bodyText(response.body, { id, keep }) } }),
  });
  return normalise([...lines, ...(note === undefined ? [] : [`< ${note}`])].join('\n'));
};
