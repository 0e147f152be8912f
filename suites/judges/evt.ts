/** EVT-01 to EVT-06 and EVT-09: what security event tokens say, and whether they can be believed. */
import { eventUri, urn } from '../../schemas/names.js';
import type { ReceivedToken, Submission, SubmittedOperation } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import { countsFromOne } from '../bindings/respond-async.js';
import {
  completionOf,
  eventsOf,
  namesResource,
  readResultBody,
  subjectOf,
  suffixOf,
  txnOf,
} from '../security-events/security-event-token.js';
import { isObject, type JsonObject, textOf, withoutNulls } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from '../trace/trace-view.js';
import { isSamePath } from './bulk.js';
import { clip, describeViolations, shown } from './describe.js';
import { judgeEach, notApplicable, together, type Finding, type Judge, type Judgement } from './judge.js';

/** The exchanges that show a token: what asked for it, and what brought it. */
const shownBy = (trace: TraceView, { exchange, submission }: ReceivedToken): Finding['exchanges'] => {
  const of = trace.submissions().find(({ n }) => n === submission);
  return [...(of === undefined ? [] : [trace.asking(of)]), trace.exchangeAt(exchange)];
};

const noToken =
  'No security event token was seen: the target shows results in another form, and --set-poll or --set-push would bring tokens.';

/** Whether results were seen, and no token. */
const isBare = (trace: TraceView): boolean =>
  trace.tokens().length === 0 && trace.accepted().some(({ submission }) => trace.completion(submission) !== undefined);

/** Judges each token that was seen; where results came without tokens, it does not apply. */
const eachToken = (
  trace: TraceView,
  rule: (token: ReceivedToken) => Pick<Finding, 'expected' | 'actual'> | undefined,
): Judgement => {
  if (isBare(trace)) return notApplicable(noToken);
  return judgeEach(trace.tokens(), (token) => {
    const wrong = rule(token);
    return wrong === undefined ? undefined : { ...wrong, exchanges: shownBy(trace, token) };
  });
};

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** Each SET has iss, iat, jti, events; jti never repeats. */
export const evt01: Judge = (trace) => {
  const first = new Map<unknown, ReceivedToken>();
  return eachToken(trace, (token) => {
    const { jwt, claims, key } = token;
    if (jwt === undefined)
      return { expected: 'a security event token as a JWT (RFC 8417 §2)', actual: 'it is plain JSON' };
    // That the body of a push is no token is EVT-08's.
    if (claims === undefined && token.via === 'push') return undefined;
    if (claims === undefined) return { expected: 'a JWT whose claims are a JSON object', actual: `it is ${clip(jwt)}` };
    const { iss, iat, jti, events } = claims;
    const missing = [
      ...(isText(iss) ? [] : ['iss']),
      ...(typeof iat === 'number' ? [] : ['iat']),
      ...(isText(jti) ? [] : ['jti']),
      ...(isObject(events) && Object.keys(events).length > 0 ? [] : ['events']),
    ];
    if (missing.length > 0)
      return {
        expected: 'iss, iat, jti and events in a SET',
        actual: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing or of another type`,
      };
    if (key !== undefined && key !== jti)
      return { expected: 'a SET under its jti', actual: `it is under «${key}», and its jti is «${textOf(jti)}»` };
    const earlier = first.get(jti);
    first.set(jti, earlier ?? token);
    // The same SET may come again, by another way or because it was not acknowledged.
    return earlier === undefined || JSON.stringify(earlier.claims) === JSON.stringify(claims)
      ? undefined
      : { expected: 'a jti of its own for each SET', actual: `two have «${textOf(jti)}»` };
  });
};

/** Finds the operation that a token is about; where operations are counted from is found out once for each request. */
const findingOperations = (trace: TraceView): ((token: ReceivedToken) => SubmittedOperation | undefined) => {
  const firsts = new Map<Submission, number>();
  const firstOf = (submission: Submission, txn: string): number => {
    const known = firsts.get(submission);
    if (known !== undefined) return known;
    const suffixes = completions(trace, submission).map(({ claims }) => suffixOf(txnOf(claims), txn));
    // Counted from 1 they are EVT-03's, and mean what they mean.
    const first = countsFromOne(suffixes, submission.operations.length) ? 1 : 0;
    firsts.set(submission, first);
    return first;
  };
  return (token) => {
    const submission = trace.submissions().find(({ n }) => n === token.submission);
    if (submission === undefined || submission.shape === 'single') return submission?.operations[0];
    const { txn, operations } = submission;
    const suffix = txn === undefined ? undefined : suffixOf(txnOf(token.claims), txn);
    return suffix === undefined || txn === undefined ? undefined : operations[suffix - firstOf(submission, txn)];
  };
};

/** sub_id has format scim and a relative uri, at the top level; there is no sub. */
export const evt02: Judge = (trace) => {
  const operationOf = findingOperations(trace);
  return eachToken(trace, (token) => {
    const { claims } = token;
    if (claims === undefined) return undefined;
    if (claims.sub !== undefined)
      return { expected: 'no sub in a SET', actual: `it is ${clip(JSON.stringify(claims.sub))}` };
    const inside = eventsOf(claims).find(([, payload]) => isObject(payload) && payload.sub_id !== undefined);
    if (inside !== undefined)
      return { expected: 'sub_id at the top level only', actual: `it is in the payload of ${inside[0]}` };
    const { sub_id: subject } = claims;
    const uri = subjectOf(claims);
    if (!isObject(subject) || subject.format !== 'scim' || uri === undefined)
      return {
        expected: 'sub_id with format scim and a uri',
        actual: `it is ${shown(subject)}`,
      };
    if (!/^\/(?!\/)/.test(uri))
      return { expected: 'a relative sub_id.uri that begins with a slash', actual: `it is «${uri}»` };
    const payload = completionOf(claims);
    const operation = operationOf(token);
    if (operation === undefined || !isObject(payload) || Number(textOf(payload.status)) >= 300) return undefined;
    const { method, path } = operation;
    // Of what an operation is about, its request knows the path, save where it creates or refers to what is created.
    const isKnown = method !== 'POST' && !path.includes('bulkId:');
    if (isKnown ? isSamePath(uri, path) : namesResource(uri)) return undefined;
    return {
      expected: `sub_id.uri ${isKnown ? path : `of the resource that ${method} ${path} has created`}`,
      actual: `it is «${uri}»`,
    };
  });
};

/** Completion events of one submission. */
const completions = (trace: TraceView, submission: Submission): ReceivedToken[] =>
  trace.tokens(submission).filter(({ claims }) => completionOf(claims) !== undefined);

/** txn equals Set-Txn; for bulk it is Set-Txn, a colon and the zero-based index. */
export const evt03: Judge = (trace) => {
  const strays = trace
    .tokens()
    .filter(({ claims, submission }) => submission === undefined && completionOf(claims) !== undefined);
  const awaited = trace.submissions().filter((submission) => trace.settlement(submission)?.outcome === 'deadline');
  const judgements = trace.accepted().map(({ submission }) => judgeTxns(trace, submission));
  return together(
    isBare(trace) ? notApplicable(noToken) : together(),
    judgeEach(awaited.length === 0 ? [] : strays, (token) => ({
      expected: 'completion events whose txn is the Set-Txn of a 202',
      actual: `one has «${txnOf(token.claims) ?? ''}», which nobody was told`,
      exchanges: [
        ...awaited.slice(0, 1).map((submission) => trace.asking(submission)),
        trace.exchangeAt(token.exchange),
      ],
    })),
    ...judgements,
  );
};

const judgeTxns = (trace: TraceView, submission: Submission): Judgement => {
  const { txn, shape, operations } = submission;
  if (txn === undefined) return together();
  const events = completions(trace, submission);
  const suffixes = events.map(({ claims }) => suffixOf(txnOf(claims), txn));
  const fromOne = shape === 'bulk' && countsFromOne(suffixes, operations.length);
  return judgeEach(events, (token, place): Finding | undefined => {
    const named = txnOf(token.claims);
    const fail = (expected: string, actual: string): Finding => ({
      expected,
      actual,
      exchanges: shownBy(trace, token),
    });
    if (shape === 'single') {
      return named === txn
        ? undefined
        : fail(`txn «${txn}», the Set-Txn of the 202`, `it is ${named === undefined ? 'absent' : `«${named}»`}`);
    }
    const suffix = suffixes[place];
    const expected = `txn «${txn}:» and the place of the operation, counted from 0`;
    if (fromOne) {
      return fail(
        expected,
        `they count from 1 («${named ?? ''}»): so do figures 16 to 19 of RFC 9967, but its §2.5.1.2 says zero-based, and the text binds (profile D12)`,
      );
    }
    if (suffix === undefined || suffix >= operations.length) return fail(expected, `it is «${named ?? 'absent'}»`);
    const payload = completionOf(token.claims);
    const operation = operations[suffix];
    if (!isObject(payload) || operation === undefined) return undefined;
    const isOther =
      (typeof payload.bulkId === 'string' && operation.bulkId !== undefined && payload.bulkId !== operation.bulkId) ||
      (typeof payload.method === 'string' && payload.method.toUpperCase() !== operation.method);
    return isOther
      ? fail(
          `«${named ?? ''}» on the event of operation ${suffix}, ${operation.method} ${operation.bulkId ?? operation.path}`,
          `it is on that of ${textOf(payload.method)} ${textOf(payload.bulkId)}`,
        )
      : undefined;
  });
};

/** One completion event for each operation of a bulk. */
export const evt04: Judge = (trace) =>
  judgeEach(
    trace.accepted().filter(({ submission }) => {
      const isSettled = trace.settlement(submission) !== undefined;
      // Where nothing came at all, it is LIFE-01's.
      const some = trace.completion(submission) !== undefined || resultsSeen(trace, submission).count > 0;
      return submission.shape === 'bulk' && isSettled && some;
    }),
    ({ submission, exchange }) => {
      const { count, last } = resultsSeen(trace, submission);
      const wanted = submission.operations.length;
      return count === wanted
        ? undefined
        : {
            expected: `${wanted} completion events, one for each operation`,
            actual: `there are ${count}`,
            exchanges: [exchange, ...(last === undefined ? [] : [last])],
          };
    },
  );

/** For how many operations there was a completion event, or a result without a token, and what brought the last. */
const resultsSeen = (trace: TraceView, submission: Submission): { count: number; last?: Answered } => {
  const events = completions(trace, submission);
  if (events.length > 0) {
    const last = trace.exchangeAt(events.at(-1)?.exchange ?? -1) as Answered;
    // A token that is issued again for the same operation has the same txn (RFC 9967 §2.2).
    const different = new Set(
      events.map(({ claims }) => {
        const payload = completionOf(claims);
        return `${txnOf(claims) ?? ''} ${isObject(payload) ? textOf(payload.bulkId) : ''}`;
      }),
    );
    return { count: different.size, last };
  }
  const last = trace.statusReads(submission).findLast(({ response }) => response.status === 200);
  return last === undefined ? { count: 0 } : { count: readResultBody(last.response.body).operations.length, last };
};

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** What is wrong with a bulk-response operation (RFC 7644 §3.7.3), as a clause; undefined where nothing is. */
const wrongOperation = (operation: unknown): Pick<Finding, 'expected' | 'actual'> | undefined => {
  const expected = 'a bulk-response operation as the payload';
  if (!isObject(operation)) return { expected, actual: `it is ${clip(JSON.stringify(operation))}` };
  const { method, status, response } = operation;
  if (typeof method !== 'string' || !methods.includes(method.toUpperCase()))
    return { expected: `${expected}, with its method`, actual: `method is ${shown(method)}` };
  if (typeof status !== 'string' || !/^[1-5]\d\d$/.test(status))
    return {
      expected: `${expected}, with the HTTP status as a string`,
      actual: `status is ${shown(status)}`,
    };
  if (Number(status) < 400) return undefined;
  const validation = validate('scim/error', withoutNulls(response));
  return validation.valid
    ? undefined
    : {
        expected: `the SCIM error (${urn.error}) in the response of an operation that failed`,
        actual: response === undefined ? 'there is none' : describeViolations(validation.violations),
      };
};

/** The payload is a bulk-response operation; on error it has response with a SCIM error. */
export const evt05: Judge = (trace) =>
  together(
    judgeEach(
      trace.tokens().filter(({ claims }) => completionOf(claims) !== undefined),
      (token) => {
        const wrong = wrongOperation(completionOf(token.claims));
        return wrong === undefined ? undefined : { ...wrong, exchanges: shownBy(trace, token) };
      },
    ),
    judgeEach(bareResults(trace), ({ operation, submission, read }) => {
      const wrong = wrongOperation(operation);
      return wrong === undefined ? undefined : { ...wrong, exchanges: [trace.asking(submission), read] };
    }),
  );

/** Results that came without a token. */
const bareResults = (trace: TraceView): { operation: JsonObject; submission: Submission; read: Answered }[] =>
  trace.accepted().flatMap(({ submission }) => {
    const read = trace.statusReads(submission).findLast(({ response }) => response.status === 200);
    return read === undefined
      ? []
      : readResultBody(read.response.body).operations.map((operation) => ({ operation, submission, read }));
  });

/** Provisioning events that have neither data nor attributes (RFC 9967 §2.4.4 to §2.4.6; profile §7, clarification 4). */
const withoutPayload: readonly string[] = [eventUri.delete, eventUri.activate, eventUri.deactivate];

/** Provisioning events: exactly one of data (:full) and attributes (:notice). */
export const evt06: Judge = (trace) => {
  const events = trace.tokens().flatMap((token) =>
    eventsOf(token.claims)
      .filter(([uri]) => uri.startsWith(`${eventUri.prefix}prov:`) && !withoutPayload.includes(uri))
      .map(([uri, payload]) => ({ token, uri, payload })),
  );
  if (events.length === 0) return noProvisioning(trace);
  return judgeEach(events, ({ token, uri, payload }): Finding | undefined => {
    const { data, attributes } = isObject(payload) ? payload : {};
    const fail = (expected: string): Finding => ({
      expected,
      actual: `it is ${clip(JSON.stringify(payload))}`,
      exchanges: shownBy(trace, token),
    });
    if (uri.endsWith(':full'))
      return isObject(data) && attributes === undefined ? undefined : fail(`data, and no attributes, in ${uri}`);
    const isNames = Array.isArray(attributes) && attributes.every((name) => typeof name === 'string');
    if (uri.endsWith(':notice'))
      return isNames && data === undefined ? undefined : fail(`attributes, a list of names, and no data, in ${uri}`);
    return fail(`${uri} to end with :full or :notice`);
  });
};

const noProvisioning = ({ target }: TraceView): Judgement => {
  const { securityEvents, deliveries = [] } = target;
  const uris: unknown[] =
    isObject(securityEvents) && Array.isArray(securityEvents.eventUris) ? securityEvents.eventUris : [];
  if (!uris.some((uri) => typeof uri === 'string' && uri.startsWith(`${eventUri.prefix}prov:`)))
    return notApplicable('securityEvents.eventUris lists no provisioning events.');
  return deliveries.length > 0
    ? together()
    : notApplicable('Provisioning events come by poll or push only: --set-poll or --set-push would bring them.');
};

/** A signed SET verifies with the published keys. */
export const evt09: Judge = (trace) => {
  const tokens = trace.tokens();
  const judged = tokens.filter(({ signature }) => signature === 'verified' || signature === 'invalid');
  const why = tokens.find(({ note }) => note !== undefined)?.note;
  if (judged.length === 0 && tokens.length > 0) return notApplicable(trace.target.noSigningKeys ?? why ?? noToken);
  if (isBare(trace)) return notApplicable(noToken);
  return judgeEach(judged, (token) =>
    token.signature === 'verified'
      ? undefined
      : {
          expected: `a signature that verifies with ${trace.target.signingKeys ?? 'the keys'}`,
          actual: `it does not: ${token.note ?? ''}`,
          exchanges: shownBy(trace, token),
        },
  );
};
