/**
 * Some providers demand `If-Match` of every write to a resource, and answer 428 without it (RFC 6585 §3). As soon as one
 * does, each write that says nothing else carries the tag that the resource has just before. Scenarios need not know that.
 */
import { header } from '../../../schemas/names.js';
import type { HttpAnswer } from '../../client/transport.js';
import { inParallel } from '../../concurrency/in-parallel.js';
import { statusOf as statusInResult } from '../../bindings/operation-result.js';
import { readJson } from '../../trace/json.js';
import { isObject, type JsonObject, operationsIn } from '../../trace/message.js';
import { withUsualNames } from '../../trace/spelling.js';
import type { RunContext } from '../run-context.js';
import type { Outgoing, Send, Sent, Stage } from './stage.js';

/** How often a write is sent that others overtake: then its tag is not the current one any more (412). */
const attempts = 4;

/** Reads of tags at a time, for one bulk request. */
const readsAtOnce = 4;

/** Fits whatever tag a resource has (RFC 9110 §13.1.1), where the tag cannot be known yet. */
const anyTag = '*';

const writes: readonly string[] = ['PUT', 'PATCH', 'DELETE'];

const resource = /\/(Users|Groups)\/(bulkId:[^/?#]+|[^/?#:]+)$/i;

const isWrite = (method: unknown, path: unknown): path is string =>
  typeof method === 'string' &&
  writes.includes(method.toUpperCase()) &&
  typeof path === 'string' &&
  resource.test(path);

const fieldOf = (answer: HttpAnswer, name: string): string | undefined =>
  answer.type === 'response'
    ? answer.headers.find(([field]) => field.toLowerCase() === name.toLowerCase())?.[1].trim()
    : undefined;

const statusOf = ({ answer }: Sent): number | undefined => (answer.type === 'response' ? answer.status : undefined);

const bodyOf = ({ body }: { readonly body: string }): unknown => withUsualNames(readJson(body));

/** The tag in an answer to GET: its ETag, or `meta.version` (RFC 7644 §3.14). */
const tagIn = (answer: HttpAnswer): string => {
  const body = answer.type === 'response' && answer.status === 200 ? bodyOf(answer) : undefined;
  const meta = isObject(body) ? body.meta : undefined;
  const version = isObject(meta) ? meta.version : undefined;
  return fieldOf(answer, header.etag) ?? (typeof version === 'string' ? version : anyTag);
};

/** Whether an operation in this answer, to a bulk request or of a status resource, failed because it had no tag. */
const showsDemand = (answer: HttpAnswer): boolean => {
  if (answer.type === 'failure') return false;
  if (answer.status === 428) return true;
  if (!answer.body.includes('428')) return false;
  return operationsIn(bodyOf(answer)).some((each) => isObject(each) && statusInResult(each.status) === '428');
};

const readTag = async (next: Send, { plan, credential, target }: Outgoing, url: string): Promise<string> => {
  const read = { method: 'GET', url, purpose: plan.purpose === 'cleanup' ? ('cleanup' as const) : ('probe' as const) };
  return tagIn((await next({ plan: read, credential, url, headers: [], target })).answer);
};

const hasOwn = ({ plan: { headers = [] } }: Outgoing): boolean =>
  headers.some(([name]) =>
    [header.ifMatch, header.ifNoneMatch].some((own) => own.toLowerCase() === name.toLowerCase()),
  );

const withTag = async (next: Send, outgoing: Outgoing): Promise<Outgoing> => {
  const { plan } = outgoing;
  const tag = await readTag(next, outgoing, plan.url);
  return { ...outgoing, plan: { ...plan, headers: [...(plan.headers ?? []), [header.ifMatch, tag]] } };
};

/** The operations of a bulk request; undefined if it is none. */
const operationsOf = ({ plan: { method, url, body } }: Outgoing): readonly unknown[] | undefined =>
  method === 'POST' && url.endsWith('/Bulk') && isObject(body) && Array.isArray(body.Operations)
    ? body.Operations
    : undefined;

const demandsVersion = (operation: unknown): operation is JsonObject & { path: string } =>
  isObject(operation) && operation.version === undefined && isWrite(operation.method, operation.path);

const requestIdOf = ({ plan: { headers = [] } }: Outgoing): string | undefined =>
  headers.find(([name]) => name.toLowerCase() === header.requestId.toLowerCase())?.[1];

/** The current tags of these resources, or those that the first request with this X-Request-ID was sent with. */
const tagsOf = async (
  next: Send,
  outgoing: Outgoing,
  paths: readonly string[],
  { preconditions, signal }: Pick<RunContext, 'preconditions' | 'signal'>,
): Promise<ReadonlyMap<string, string>> => {
  const requestId = requestIdOf(outgoing);
  const sent = requestId === undefined ? undefined : preconditions.sentTags.get(requestId);
  if (sent !== undefined && paths.every((path) => sent.has(path))) return sent;
  const tags = new Map<string, string>();
  await inParallel(
    paths,
    readsAtOnce,
    async (path) => {
      // What the request itself creates has no tag yet.
      tags.set(path, path.includes('bulkId:') ? anyTag : await readTag(next, outgoing, path));
    },
    signal,
  );
  if (requestId !== undefined) preconditions.sentTags.set(requestId, tags);
  return tags;
};

/** The bulk request with the `version` of each resource that it writes (RFC 7644 §3.7); a second write cannot know its own. */
const withVersions = async (
  next: Send,
  outgoing: Outgoing,
  operations: readonly unknown[],
  context: Pick<RunContext, 'preconditions' | 'signal'>,
): Promise<Outgoing> => {
  const paths = [...new Set(operations.filter(demandsVersion).map(({ path }) => path))];
  if (paths.length === 0) return outgoing;
  const tags = await tagsOf(next, outgoing, paths, context);
  const used = new Set<string>();
  const versioned = operations.map((operation) => {
    if (!demandsVersion(operation)) return operation;
    const version = used.has(operation.path) ? anyTag : (tags.get(operation.path) ?? anyTag);
    used.add(operation.path);
    return { ...operation, version };
  });
  const { plan } = outgoing;
  return { ...outgoing, plan: { ...plan, body: { ...(plan.body as JsonObject), Operations: versioned } } };
};

export const sendTags: Stage = (context, next) => async (outgoing) => {
  const { preconditions, signal } = context;
  const send: Send = async (each) => {
    const sent = await next(each);
    if (showsDemand(sent.answer)) preconditions.areDemanded = true;
    return sent;
  };
  const operations = operationsOf(outgoing);
  if (operations !== undefined)
    return send(preconditions.areDemanded ? await withVersions(next, outgoing, operations, context) : outgoing);
  if (!isWrite(outgoing.plan.method, outgoing.plan.url) || hasOwn(outgoing)) return send(outgoing);
  if (!preconditions.areDemanded) {
    const sent = await send(outgoing);
    if (statusOf(sent) !== 428) return sent;
  }
  for (let attempt = 1; ; attempt += 1) {
    const sent = await send(await withTag(next, outgoing));
    if (statusOf(sent) !== 412 || attempt === attempts || signal.aborted) return sent;
  }
};
