/** EVT-01, EVT-02, EVT-06 and EVT-09: what security event tokens say, and whether they can be believed. */
import { eventUri } from '../../schemas/names.js';
import type { ReceivedToken, Submission, SubmittedOperation } from '../../schemas/types.js';
import { countsFromOne } from '../bindings/respond-async.js';
import {
  completionOf,
  eventsOf,
  namesResource,
  subjectOf,
  suffixOf,
  txnOf,
} from '../security-events/security-event-token.js';
import { isObject, textOf } from '../trace/message.js';
import type { TraceView } from '../trace/trace-view.js';
import { isSamePath } from './bulk.js';
import { clip, shown } from './describe.js';
import { completions, eachToken, isBare, noToken, shownBy } from './evt-tokens.js';
import { judgeEach, notApplicable, together, type Finding, type Judge, type Judgement } from './judge.js';

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
