/**
 * Handlers for writes: synchronous, asynchronous with a status resource (profile §2), asynchronous with events (RFC
 * 9967).
 */
import { header, urn } from '../../../schemas/names.js';
import type { BulkOptions } from '../../../schemas/types.js';
import type { Job } from '../../job.js';
import type { Submission } from '../../jobs/submission.js';
import type { Principal } from '../../policy/principal.js';
import type { Rights } from '../../policy/rights.js';
import { Problem } from '../../problem.js';
import { failed, type Applied, type AttributeBounds, type Operation, type WriteMethod } from '../../operation.js';
import { acceptResource } from '../../resources/accept.js';
import { locate } from '../../resources/apply.js';
import { seen } from '../../resources/bounds.js';
import { preparePatch } from '../../resources/patch.js';
import { projectionOf, type Projection } from '../../resources/projection.js';
import { pathOf, represent } from '../../resources/representation.js';
import { resourceTypes, typeOfPath } from '../../resources/resource-type.js';
import { etagOf, matchesEtag } from '../../stored.js';
import { emptyAnswer, scimAnswer, type Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';
import { isAsynchronous, readBulk, requestIdOf } from '../write-request.js';
import { finishedOrPromised, waitOf } from './respond-async.js';
import { acceptedAnswer } from './status-handlers.js';

export interface WriteRequest {
  readonly method: WriteMethod;
  /** Under the base URL, without query. */
  readonly path: string;
  readonly principal: Principal;
  readonly body: unknown;
  /** Value of a request field; undefined if it is absent. */
  readonly field: (name: string) => string | undefined;
  readonly projection: Projection;
  /** Its span; undefined if it is not traced. */
  readonly traceparent: string | undefined;
}

/** Size of the body; a chunked request does not say it. */
const bytesOf = ({ body, field }: WriteRequest): number =>
  Number(field('Content-Length') ?? Buffer.byteLength(JSON.stringify(body ?? '')));

/** Rejects with a Problem for errors that can be found before the operation runs (profile D8). */
const checkAtOnce = async ({ method, path, data }: Operation, { clock }: HandlerContext): Promise<void> => {
  const { type, id } = locate(path);
  if (method === 'POST' || method === 'PUT') acceptResource(type, data);
  if (method === 'PATCH') await preparePatch(type, data, () => clock.sleep(0), id);
};

/** How a client sees a resource. */
interface View {
  readonly baseUrl: string;
  readonly projection: Projection;
  readonly bounds: AttributeBounds | undefined;
}

/** The answer to a successful write (RFC 7644 §3.3, §3.5, §3.6). */
const writtenAnswer = ({ status, stored }: Applied, { baseUrl, projection, bounds }: View): Answer =>
  stored === undefined
    ? emptyAnswer(status)
    : scimAnswer(
        status,
        projectionOf(resourceTypes[stored.type], projection)(represent(seen(stored, bounds), baseUrl)),
        {
          [header.location]: `${baseUrl}${pathOf(stored)}`,
          [header.etag]: etagOf(stored),
        },
      );

/** The answer to a completed job of one operation; the same as to a synchronous write. */
const settledAnswer = ({ outcomes }: Job, view: View): Answer => {
  const [outcome] = outcomes ?? [];
  if (outcome === undefined) throw new Error('the request has no result');
  const { result, written } = outcome;
  if (failed(result)) return scimAnswer(Number(result.status), result.response);
  return written === undefined ? emptyAnswer(Number(result.status)) : writtenAnswer(written, view);
};

const bulkAnswer = ({ outcomes = [] }: Job): Answer =>
  scimAnswer(200, {
    schemas: [urn.bulkResponse],
    Operations: outcomes.map(({ result }) => result).filter(({ status }) => status !== '424'),
  });

/**
 * Rejects with a Problem of 412 if the resource has a tag that If-None-Match names; `*` names any (RFC 9110 §13.1.2). A
 * client sends it with a PUT that must not overwrite anything.
 */
const refuseIfThere = async ({ method, path, field }: WriteRequest, { ports }: HandlerContext): Promise<void> => {
  const ifNoneMatch = field(header.ifNoneMatch);
  if (ifNoneMatch === undefined || method === 'POST') return;
  const { type, id } = locate(path);
  const etag = etagOf(await ports.store.get(type.name, id ?? ''));
  if (matchesEtag(ifNoneMatch, etag))
    throw new Problem(412, 'The resource is there already.', undefined, { [header.etag]: etag });
};

/** Rejects with a Problem if the write fails or is not accepted. */
export const answerWrite = async (request: WriteRequest, context: HandlerContext): Promise<Answer> => {
  const { method, path, body, principal, field, projection } = request;
  const { settings, clock, baseUrl, intake, rights } = context;
  const { client } = principal;
  const bounds = rights.boundsOf(principal);
  const view: View = { baseUrl, projection, bounds };
  const asynchronous = isAsynchronous(field(header.requestMode));
  const requestId = requestIdOf(field(header.requestId));
  await refuseIfThere(request, context);
  const version = field(header.ifMatch);
  const operation: Operation = {
    method,
    path,
    ...(body === undefined ? {} : { data: body }),
    ...(version === undefined ? {} : { version }),
  };
  const submission: Submission = {
    client,
    requestId,
    method,
    path,
    body,
    bytes: bytesOf(request),
    operations: [operation],
    isBulk: false,
    mode: field(header.requestMode) ?? '',
    failOnErrors: undefined,
    options: {},
    bounds,
    traceparent: request.traceparent,
  };
  if (asynchronous) {
    await checkAtOnce(operation, context);
    return acceptedAnswer(await intake.accept(submission), client, context);
  }
  const wait = waitOf(field, context);
  if (wait !== undefined) {
    if (wait.isPreferred) await checkAtOnce(operation, context);
    const job = await intake.run(submission);
    return finishedOrPromised(job, wait, (done) => settledAnswer(done, view), context);
  }
  if (settings.operationMillis > 0) await clock.sleep(settings.operationMillis);
  const own = bounds === undefined ? operation : { ...operation, bounds };
  return writtenAnswer(await context.write(own), view);
};

/** Why the policy refuses an operation of a bulk request. One without an endpoint fails by itself. */
const whyRefused = (
  { method, path }: Operation,
  { onConflict }: BulkOptions,
  principal: Principal,
  rights: Rights,
): Problem | undefined => {
  const type = typeOfPath(path);
  if (type === undefined) return undefined;
  const endpoint = type.endpoint.slice(1);
  const hasId = (path.split('/')[2] ?? '') !== '';
  const problem =
    rights.whyRefused(principal, { method, segments: hasId ? [endpoint, '*'] : [endpoint] }) ??
    // Such a create replaces the resource if it is there.
    (method === 'POST' && onConflict === 'overwrite'
      ? rights.whyRefused(principal, { method: 'PUT', segments: [endpoint, '*'] })
      : undefined);
  // An answer of 401 is for the request, and never for a part of it.
  return problem && new Problem(403, problem.message);
};

/** Rejects with a Problem if the request is not accepted. A failed operation is part of the result. */
export const answerBulk = async (request: WriteRequest, context: HandlerContext): Promise<Answer> => {
  const { body, principal, path, field } = request;
  const { intake, ports, settings, rights } = context;
  const { client } = principal;
  const asynchronous = isAsynchronous(field(header.requestMode));
  const requestId = requestIdOf(field(header.requestId));
  const { operations, failOnErrors, options } = readBulk(body, settings);
  if (options.transform !== undefined) await context.checkRules(options.transform);
  const submission: Submission = {
    client,
    requestId,
    method: 'POST',
    path,
    body,
    bytes: bytesOf(request),
    operations,
    isBulk: true,
    mode: field(header.requestMode) ?? '',
    failOnErrors,
    options,
    bounds: rights.boundsOf(principal),
    whyRefused: (operation) => whyRefused(operation, options, principal, rights),
    traceparent: request.traceparent,
  };
  if (asynchronous) return acceptedAnswer(await intake.accept(submission), client, context);
  const wait = waitOf(field, context);
  // A synchronous bulk request runs in the same queue; the answer waits for it.
  const job = await intake.run(submission);
  if (wait !== undefined) return finishedOrPromised(job, wait, bulkAnswer, context);
  const done = await ports.jobs.completed(job.id, new AbortController().signal);
  await ports.jobs.forget(job.id);
  return bulkAnswer(done ?? job);
};
