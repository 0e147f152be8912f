/** When tags are there, when they change, and in which form (RFC 9110 §8.8.3, RFC 7644 §3.14). */
import { header } from '../../../../schemas/names.js';
import { without } from '../../../../mock/faults/answers.js';
import { isJson, type Json } from '../../../../mock/json.js';
import { eachResource, translating, withFields, withoutHeader } from '../answers.js';
import { inTurn } from '../schema-changes.js';
import { changing, type Parts, type Variant } from '../variant.js';

const withoutVersion = (resource: Json): Json =>
  isJson(resource.meta) ? { ...resource, meta: without(resource.meta, 'version') } : resource;

/** Weak tags of the mock, as they are in a field and, with escaped quotes, in a body. */
const tagInField = /W\/"([^"]*)"/g;
const tagInBody = /"W\/\\"([^"\\]*)\\""/g;

const idIn = (path: unknown): string => /\/(?:Users|Groups)\/([^/?]+)$/.exec(String(path))?.[1] ?? '';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Someone logs in with the account when it is read the fourth time, which changes its tag although nobody wrote to it. */
const withLogin = (): Parts => {
  const reads = new Map<string, number>();
  const mark = '-logged-in';
  const isLoggedIn = (id: string): boolean => (reads.get(id) ?? 0) >= 4;
  const marked = (id: string, tag: string): string => (isLoggedIn(id) ? tag.replace(/"$/, `${mark}"`) : tag);
  const plain = (id: string, tag: string): string => {
    if (tag.includes(mark)) return tag.replace(mark, '');
    return isLoggedIn(id) ? tag.replaceAll(/(?<=W\/"[^"]*)"/g, '-outdated"') : tag;
  };
  const inOperations = (text: string): string => {
    const body = parsed(text);
    // A body without versions stays as it is, because its size may matter.
    if (!isJson(body) || !Array.isArray(body.Operations) || !text.includes('"version"')) return text;
    const Operations = body.Operations.map((each: unknown) =>
      isJson(each) && typeof each.version === 'string'
        ? { ...each, version: plain(idIn(each.path), each.version) }
        : each,
    );
    return JSON.stringify({ ...body, Operations });
  };
  const ofResource = eachResource((resource) => {
    const { id, meta } = resource;
    return isJson(meta) && typeof meta.version === 'string'
      ? { ...resource, meta: { ...meta, version: marked(String(id), meta.version) } }
      : resource;
  });
  return {
    change: (answer, request) => {
      const tag = answer.headers[header.etag];
      const id = idIn(request.path);
      const tagged = tag === undefined || id === '' ? answer : withFields(answer, { [header.etag]: marked(id, tag) });
      return ofResource(tagged, request);
    },
    wire: (next) => (request) => {
      const id = idIn(request.url);
      if (request.method === 'GET' && id !== '') reads.set(id, (reads.get(id) ?? 0) + 1);
      const headers = request.headers.map(([name, value]): [string, string] =>
        /^if-(none-)?match$/i.test(name) ? [name, plain(id, value)] : [name, value],
      );
      const isBulk = request.body !== undefined && /\/Bulk$/.test(request.url);
      return next({ ...request, headers, ...(isBulk ? { body: inOperations(request.body ?? '') } : {}) });
    },
  };
};

/** Tags without `W/`, also in what the client sends. */
const strong = (): ReturnType<typeof translating> => {
  const weakened = (value: string): string => value.replaceAll(/(?<!W\/)"[^"]*"/g, (tag) => `W/${tag}`);
  return translating(
    (request) => ({
      ...request,
      headers: request.headers.map(([name, value]) =>
        /^if-(none-)?match$/i.test(name) ? [name, weakened(value)] : [name, value],
      ),
      ...(request.body === undefined ? {} : { body: request.body.replaceAll(/"version":"\\"/g, '"version":"W/\\"') }),
    }),
    (reply) => ({
      ...reply,
      headers: reply.headers.map(([name, value]) =>
        name.toLowerCase() === 'etag' ? [name, value.replaceAll(tagInField, '"$1"')] : [name, value],
      ),
      body: reply.body.replaceAll(tagInBody, '"\\"$1\\""'),
    }),
  );
};

export const tagFormVariants: readonly Variant[] = [
  {
    name: 'strong-tags-everywhere',
    source: 'RFC 9110 §8.8.1, §8.8.3; RFC 7644 §3.14',
    make: () => ({ wire: strong() }),
    needs: ['etags'],
    only: ['preconditions', 'version'],
    // What is signed cannot be changed.
    binding: 'request-mode',
  },
  {
    name: 'tags-that-change-with-a-login',
    source: 'RFC 9110 §8.8.1 (a validator may change whenever the representation does); RFC 7644 §3.14',
    make: withLogin,
    needs: ['etags'],
    only: ['preconditions', 'version'],
  },
  {
    name: 'no-tags-in-answers-to-writes',
    source: 'RFC 9110 §8.8.3 (ETag is optional), RFC 7643 §3.1 (`version` is optional)',
    make: changing((answer, request) =>
      request.method === 'GET'
        ? answer
        : inTurn(eachResource(withoutVersion), withoutHeader(header.etag))(answer, request),
    ),
    needs: ['etags'],
    only: ['version'],
  },
  {
    name: 'no-tags-in-lists',
    source: 'RFC 7643 §3.1 (`version` is optional), RFC 7644 §3.14',
    make: changing((answer, request) =>
      isJson(answer.body) && Array.isArray(answer.body.Resources)
        ? eachResource(withoutVersion)(answer, request)
        : answer,
    ),
    needs: ['etags'],
    only: ['version'],
  },
];
