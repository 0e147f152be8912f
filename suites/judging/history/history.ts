/**
 * Reads a trace as a history, as Jepsen does: every write with the time in which it may have taken effect, and every read
 * with the value that it saw. Each write puts one word into all names of a user, so that a read shows which write it saw,
 * and whether it saw half of one.
 */
import { pathSegment, resolveLocation } from '../../bindings/locations.js';
import type { Exchange, Submission } from '../../../schemas/types.js';
import {
  isObject,
  type JsonObject,
  operationsIn,
  requestJson,
  responseHeader,
  responseObject,
} from '../../trace/message.js';
import { isAnswered, type Answered } from '../../trace/trace.js';
import { operationResults } from '../../bindings/operation-result.js';
import type { Completion, TraceView } from '../trace-view.js';
import { isCut, isThrottled } from '../../trace/answers.js';

export interface Write {
  readonly method: string;
  /** Path under the base URL; undefined for a create whose resource is unknown. */
  readonly resource: string | undefined;
  /** userName or displayName in the body. */
  readonly name: string | undefined;
  /** The word that it writes. */
  readonly word: string | undefined;
  readonly outcome: 'success' | 'failure' | 'unknown';
  /** HTTP status that was reported for it. */
  readonly status: string | undefined;
  /** The write took effect between these times (milliseconds from the start of the run); `end` may be Infinity. */
  readonly start: number;
  readonly end: number;
  readonly asked: Exchange;
  /** The poll that showed it completed. */
  readonly done?: Answered;
  readonly submission?: Submission;
  /** Place in its bulk request. */
  readonly index: number;
}

export interface Read {
  readonly resource: string;
  readonly present: boolean;
  /** The different words of its names; if there is more than one, the read saw half of a write. */
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly exchange: Answered;
}

/** The word that a name is, as it was written; undefined if it is none. A provider may keep it in another letter case. */
const wordIn = (name: unknown): string | undefined => {
  const letters = typeof name === 'string' ? /^\s*word([a-j]+)\s*$/i.exec(name)?.[1] : undefined;
  return letters === undefined ? undefined : `Word${letters.toLowerCase()}`;
};

/** The words in the names of a user. A name that the provider derives from others is not a word. */
export const wordsOf = (user: JsonObject): string[] => {
  const name = isObject(user.name) ? user.name : {};
  return [...new Set([user.displayName, name.givenName, name.familyName].flatMap((each) => wordIn(each) ?? []))];
};

const wordOfBody = (body: unknown): string | undefined => {
  if (!isObject(body)) return undefined;
  if (!Array.isArray(body.Operations)) return wordsOf(body)[0];
  return body.Operations.filter(isObject)
    .map(({ value }) => wordIn(value))
    .find((word) => word !== undefined);
};

const nameOfBody = (body: unknown): string | undefined =>
  isObject(body) && !Array.isArray(body.Operations)
    ? [body.userName, body.displayName].find((name): name is string => typeof name === 'string')
    : undefined;

const endOf = ({ at, took }: Exchange): number => at + took;

/** The path under the base URL of an absolute or relative URL from an answer; undefined if it is not under it. */
export const pathUnder = (location: string, requestUrl: string, baseUrl: string): string | undefined => {
  const href = resolveLocation(location, requestUrl);
  return href?.startsWith(`${baseUrl}/`) === true ? href.slice(baseUrl.length) : undefined;
};

/** A 202 does not show whether the write has taken effect. */
const outcomeOf = (status: string | undefined): Write['outcome'] => {
  const code = Number(status);
  if (code === 202) return 'unknown';
  if (status === undefined || !(code >= 200) || code >= 500) return 'unknown';
  return code < 300 ? 'success' : code >= 400 ? 'failure' : 'unknown';
};

const writePurposes: ReadonlySet<string> = new Set(['create', 'replace', 'patch', 'delete', 'meanwhile']);

/** The path of the resource that a POST created; undefined if the answer does not show it. */
const createdBy = (exchange: Exchange, baseUrl: string): string | undefined => {
  const { url } = exchange.request;
  const id = responseObject(exchange)?.id;
  if (typeof id === 'string') return `${pathUnder(url, url, baseUrl) ?? ''}/${pathSegment(id)}`;
  const location = exchange.response?.status === 201 ? responseHeader(exchange, 'location') : undefined;
  return location === undefined ? undefined : pathUnder(location, url, baseUrl);
};

const synchronousWrite = (exchange: Exchange, baseUrl: string): Write => {
  const { method, url } = exchange.request;
  const status = exchange.response === undefined ? undefined : String(exchange.response.status);
  const body = requestJson(exchange);
  const path = pathUnder(url, url, baseUrl);
  return {
    method,
    resource: method === 'POST' ? createdBy(exchange, baseUrl) : path,
    name: nameOfBody(body),
    word: wordOfBody(body),
    outcome: outcomeOf(status),
    status,
    start: exchange.at,
    end: isAnswered(exchange) && outcomeOf(status) !== 'unknown' ? endOf(exchange) : Infinity,
    asked: exchange,
    index: 0,
  };
};

/** The data of each operation, as it was sent. */
const sentData = (submission: Submission, asked: Exchange): unknown[] => {
  const body = requestJson(asked);
  if (submission.shape === 'single') return [body];
  return operationsIn(body).map((operation) => (isObject(operation) ? operation.data : undefined));
};

const asynchronousWrites = (trace: TraceView, submission: Submission): Write[] => {
  const asked = trace.exchangeOf(submission);
  const { baseUrl } = trace.target;
  // If two requests share a status (ACC-04 judges that), it is unknown to which of them it belongs.
  const isShared = trace
    .submissions()
    .some((other) => other !== submission && other.accepted && other.location === submission.location);
  const completion: Completion | undefined = isShared ? undefined : trace.completion(submission);
  const data = sentData(submission, asked);
  // If the answer to a synchronous bulk request was too long to be kept, its outcome is unknown.
  const isUnknown = submission.shape === 'bulk' && !submission.accepted && isCut(asked);
  const atOnce =
    submission.accepted || asked.response.status !== 200 ? [] : operationResults(responseObject(asked) ?? {});
  return submission.operations.map((operation, index): Write => {
    const results = completion?.results ?? atOnce;
    const result = results.length === submission.operations.length ? results[index] : undefined;
    const isResult = submission.accepted || atOnce.length > 0;
    const status = isUnknown ? undefined : isResult ? result?.status : String(asked.response.status);
    const location = isResult ? result?.location : responseHeader(asked, 'location');
    const created = location === undefined ? undefined : pathUnder(location, asked.request.url, baseUrl);
    const isRefused = submission.shape === 'bulk' && !isResult && asked.response.status >= 400;
    const outcome = isRefused ? 'failure' : outcomeOf(status);
    return {
      method: operation.method,
      resource:
        operation.method === 'POST'
          ? outcome === 'success'
            ? created
            : undefined
          : operation.path.includes('bulkId:')
            ? created
            : operation.path,
      name: nameOfBody(data[index]),
      word: wordOfBody(data[index]),
      outcome,
      status,
      start: asked.at,
      end: outcome === 'unknown' ? Infinity : submission.accepted ? endOf(completion?.poll ?? asked) : endOf(asked),
      asked,
      submission,
      index,
      ...(completion === undefined ? {} : { done: completion.poll }),
    };
  });
};

export interface History {
  readonly writes: readonly Write[];
  readonly reads: readonly Read[];
}

const histories = new WeakMap<TraceView, History>();

/** All writes and reads of a trace, in the order of its entries. */
export const historyOf = (trace: TraceView): History => {
  const known = histories.get(trace);
  if (known !== undefined) return known;
  const { baseUrl } = trace.target;
  const synchronous = trace
    .all()
    .filter((exchange) => writePurposes.has(exchange.purpose) && exchange.request.method !== 'GET')
    .filter((exchange) => !(isAnswered(exchange) && isThrottled(exchange)))
    .map((exchange) => synchronousWrite(exchange, baseUrl));
  const asynchronous = trace.submissions().flatMap((submission) => asynchronousWrites(trace, submission));
  const reads = trace.answered('read').flatMap((exchange): Read[] => {
    const { status } = exchange.response;
    const resource = pathUnder(exchange.request.url, exchange.request.url, baseUrl);
    if (resource === undefined || (status !== 200 && status !== 404)) return [];
    const words = status === 200 ? wordsOf(responseObject(exchange) ?? {}) : [];
    return [{ resource, present: status === 200, words, start: exchange.at, end: endOf(exchange), exchange }];
  });
  const history = { writes: [...synchronous, ...asynchronous], reads };
  histories.set(trace, history);
  return history;
};
