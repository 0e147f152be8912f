/** EVT-02. The operation that a token is about determines which resource the token has to name. */
import type { ReceivedToken, Submission, SubmittedOperation } from '../../../schemas/types.js';
import { countsFromOne } from '../../bindings/respond-async.js';
import { statusOf } from '../../bindings/operation-result.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip, shown } from '../../judging/describe.js';
import type { TraceView } from '../../judging/trace-view.js';
import {
  completionOf,
  eventsOf,
  namesResource,
  subjectOf,
  subjectPathOf,
  suffixOf,
  txnOf,
} from '../../security-events/security-event-token.js';
import { isObject, type JsonObject } from '../../trace/message.js';
import { isSamePath } from '../../judging/same-path.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { completions, eachToken, type TokenFault } from './each-token.js';

/** Returns a function that finds the operation of a token. Whether a request counts from 0 or 1 is determined only once. */
const operationFinder = (trace: TraceView): ((token: ReceivedToken) => SubmittedOperation | undefined) => {
  const firsts = new Map<Submission, number>();
  const firstOf = (submission: Submission, txn: string): number => {
    const known = firsts.get(submission);
    if (known !== undefined) return known;
    const suffixes = completions(trace, submission).map(({ claims }) => suffixOf(txnOf(claims), txn));
    // EVT-03 judges that a provider counts from 1; here only the meant operation matters.
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

type Code =
  | 'sub-present'
  | 'sub-id-in-payload'
  | 'sub-id-missing'
  | 'sub-id-malformed'
  | 'uri-not-relative'
  | 'uri-of-another-resource'
  | 'uri-names-no-resource';

/** A scheme or a host at the beginning of a URI reference (RFC 3986 §4.2). */
const isAbsolute = /^(?:\/\/|[a-z][a-z\d+.-]*:)/i;

/** What is wrong with the subject of a token, whatever the token is about. */
const wrongForm = (claims: JsonObject): TokenFault<Code> | undefined => {
  if (claims.sub !== undefined)
    return { code: 'sub-present', expected: 'no sub in a SET', actual: `it is ${clip(JSON.stringify(claims.sub))}` };
  const inside = eventsOf(claims).find(([, payload]) => isObject(payload) && payload.sub_id !== undefined);
  if (inside !== undefined)
    return {
      code: 'sub-id-in-payload',
      expected: 'sub_id at the top level only',
      actual: `it is in the payload of ${inside[0]}`,
    };
  const { sub_id: subject } = claims;
  const uri = subjectOf(claims);
  if (!isObject(subject) || subject.format !== 'scim' || uri === undefined)
    return {
      code: subject === undefined ? 'sub-id-missing' : 'sub-id-malformed',
      expected: 'sub_id with format scim and a uri',
      actual: `it is ${shown(subject)}`,
    };
  return uri === '' || isAbsolute.test(uri)
    ? { code: 'uri-not-relative', expected: 'a relative path as sub_id.uri', actual: `it is «${uri}»` }
    : undefined;
};

/** Whether a token of a successful operation names the resource that the operation was about. */
const wrongSubject = (
  { claims }: ReceivedToken,
  operation: SubmittedOperation | undefined,
): TokenFault<Code> | undefined => {
  const payload = completionOf(claims);
  const [uri, subject] = [subjectOf(claims), subjectPathOf(claims)];
  if (operation === undefined || uri === undefined || subject === undefined || !isObject(payload)) return undefined;
  if (Number(statusOf(payload.status)) >= 300) return undefined;
  const { method, path } = operation;
  // The request names the path of its resource, except when it creates it or refers to it by bulkId.
  if (method !== 'POST' && !path.includes('bulkId:'))
    return isSamePath(subject, path)
      ? undefined
      : { code: 'uri-of-another-resource', expected: `sub_id.uri ${path}`, actual: `it is «${uri}»` };
  // A bulkId is a name within its request: it says nothing to a receiver (RFC 7644 §3.7.2).
  return namesResource(subject) && !/\/bulkId:/i.test(subject)
    ? undefined
    : {
        code: 'uri-names-no-resource',
        expected: `sub_id.uri of the resource that ${method} ${path} has written`,
        actual: `it is «${uri}»`,
      };
};

export const evt02 = defineRequirement({
  id: 'EVT-02',
  since: '1.0',
  level: 'MUST',
  title: '`sub_id` has format `scim` and a relative `uri`, at the top level; there is no `sub`',
  source: cite('RFC 9967 §2.1'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      '`sub_id` says which resource an event is about.',
      'If it is an endpoint, an absolute URL or somewhere else in the token, the receiver cannot find the user that was created.',
    ],
    tested: [
      'Every token that is seen has to have `sub_id` at its top level, with `"format": "scim"` and a `uri` that is a relative path, with or without a slash before it, and no `sub`; no payload may hold a `sub_id`.',
      'For a successful PUT, PATCH or DELETE the `uri` has to be the path of the operation, and for a successful create a path that names a resource, such as `/Users/42`. A `bulkId:` in it names no resource.',
      'For a failed create it may be the endpoint. Skipped if results come without tokens.',
    ],
    fix: [
      'Fill `sub_id.uri` when the operation is done, with the path under the SCIM base URL: `/Users/42`, not `https://host/scim/v2/Users/42` and not `/Users` or `/Bulk`.',
      'If the path of a bulk operation is a reference such as `/Users/bulkId:a`, put the id that it was resolved to into `sub_id.uri`.',
      'Remove `sub`: JWT libraries often set it.',
      'Put `sub_id` next to `events`, not inside it.',
    ],
  },
  codes: {
    'sub-present': 'a security event token has sub',
    'sub-id-in-payload': 'the payload of an event has sub_id',
    'sub-id-missing': 'a security event token has no sub_id at its top level',
    'sub-id-malformed': 'the format of the sub_id of a security event token is not scim, or the sub_id has no uri',
    'uri-not-relative': 'the uri of sub_id is empty, or has a scheme or a host',
    'uri-of-another-resource': 'the uri of sub_id is not the path of the operation that the event is about',
    'uri-names-no-resource':
      'the uri of sub_id does not name the resource that was written: it is an endpoint or holds a bulkId',
  },
  from: answered,
  judge: (trace) => {
    const operationOf = operationFinder(trace);
    return eachToken(trace, (token) =>
      token.claims === undefined ? undefined : (wrongForm(token.claims) ?? wrongSubject(token, operationOf(token))),
    );
  },
});
