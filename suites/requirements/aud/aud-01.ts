/** AUD-01. The profile names no place for the trail: it is judged where `auditEndpoint` says where it is read. */
import { validate } from '../../../schemas/validators.js';
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, notApplicable, together } from '../../judging/judge.js';
import { sentPasswords } from '../../judging/sent-passwords.js';
import type { TraceView } from '../../judging/trace-view.js';
import { auditSteps, auditTrail } from '../../scenarios/integration/audit-trail.js';
import { isObject, responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'trail-unreadable': 'the audit trail cannot be read where auditEndpoint says',
  'entry-incomplete': 'an entry of the audit trail lacks its time, client, action, request or outcome',
  'read-missing': 'a read of a status is not in the audit trail',
  'change-missing': 'the acceptance or the end of a request is not in the audit trail',
  'outcome-wrong': 'the audit trail shows another end of a request than its status',
  'secret-in-trail': 'the audit trail holds a password or a credential',
};

type Code = keyof typeof codes;

type Entry = Record<string, unknown>;

/** Names of members are read without regard to case (RFC 7643 §2.1). */
const inLowerCase = (entry: Entry): Entry =>
  Object.fromEntries(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value]));

const entriesOf = (read: Answered): Entry[] => {
  const listed = responseObject(read)?.Resources;
  return Array.isArray(listed) ? listed.filter(isObject).map(inLowerCase) : [];
};

const ends = ['completed', 'failed'];

const isChange = (entry: Entry, ...states: string[]): boolean =>
  entry.action === 'state.changed' && typeof entry.state === 'string' && states.includes(entry.state.toLowerCase());

/** The last read of each trail: earlier ones may have come before it was written. */
const lastReads = (trace: TraceView): Answered[] => {
  const reads = trace.variant(auditSteps.trail, 'audit');
  return [...new Map(reads.map((read) => [read.submission, read])).values()];
};

const judgeTrail = (trace: TraceView, read: Answered): readonly Finding<Code>[] => {
  const submission = trace.submissions().find(({ n }) => n === read.submission);
  if (read.response.status !== 200 || !Array.isArray(responseObject(read)?.Resources)) {
    const expected = 'a ListResponse with the entries of the audit trail';
    const actual =
      read.response.status === 200 ? `it comes ${describeBody(read)}` : `the answer is ${read.response.status}`;
    return [{ code: 'trail-unreadable', expected, actual, exchanges: [read] }];
  }
  const all = entriesOf(read);
  const finding = (code: Code, expected: string, actual: string, ...others: Exchange[]): Finding<Code> => ({
    code,
    expected,
    actual,
    exchanges: [...others, read],
  });
  const [broken] = all.flatMap((entry) => {
    const result = validate('async/audit-entry', entry);
    return result.valid ? [] : [`${result.violations[0]?.path ?? ''} ${result.violations[0]?.message ?? ''}`.trim()];
  });
  if (broken !== undefined)
    return [finding('entry-incomplete', 'entries with time, client, action, request and outcome', broken)];
  if (submission === undefined) return [];
  const seen = trace.statusReads(submission).filter(({ n, request }) => n < read.n && request.method === 'GET');
  const shown = all.filter(({ action }) => action === 'status.read').length;
  const [last] = seen.slice(-1);
  const completion = trace.completion(submission);
  const end = completion === undefined ? undefined : all.find((entry) => isChange(entry, ...ends));
  const hasFailed = completion?.results.some(({ status }) => Number(status) >= 400) === true;
  const right = hasFailed ? 'failed' : 'completed';
  return [
    ...(shown < seen.length && last !== undefined
      ? [finding('read-missing', `an entry for each of ${seen.length} reads of the status`, `there are ${shown}`, last)]
      : []),
    ...(all.some((entry) => isChange(entry, 'initiated', 'queued', 'processing'))
      ? []
      : [
          finding(
            'change-missing',
            'an entry for the acceptance of the request',
            'there is none',
            trace.exchangeOf(submission),
          ),
        ]),
    ...(completion !== undefined && end === undefined
      ? [finding('change-missing', 'an entry for the end of the request', 'there is none', completion.poll)]
      : []),
    ...(completion !== undefined && end !== undefined && !isChange(end, right)
      ? [finding('outcome-wrong', `the state ${right} as the end of the request`, 'it is another', completion.poll)]
      : []),
  ];
};

const judgeSecrets = (trace: TraceView): Judgement<Code> => {
  const passwords = sentPasswords(trace);
  return judgeEach(trace.answered('audit'), (read): Finding<Code> | undefined =>
    passwords.some(({ password }) => read.response.body.includes(password)) || /\{\{[\w-]+\}\}/.test(read.response.body)
      ? {
          code: 'secret-in-trail',
          expected: 'no password and no credential in the audit trail',
          actual: 'it holds one',
          exchanges: [read],
        }
      : undefined,
  );
};

export const aud01 = defineRequirement({
  id: 'AUD-01',
  since: '1.0',
  level: 'SHOULD',
  title:
    'every status read and every state change is in the audit trail, with client, time and outcome, and no secrets',
  source: cite('P-D, P-Sec C'),
  needs: { binding: 'request-mode', feature: 'audit' },
  guide: {
    why: [
      'Months later, somebody has to find out who asked for what, and when.',
      'A trail that holds passwords or tokens is read by more people than the accounts should be.',
    ],
    tested: [
      'The profile names no place for the trail. It is read where `auditEndpoint` of the async extension of ServiceProviderConfig says: a template with `{id}`, for which the `id` of the status is put in. Without it the requirement is skipped.',
      'The answer has to be a ListResponse with entries of `schemas/async/audit-entry.json`: `time`, `client`, `action`, `request` and `outcome`.',
      'Asynchronous creates with a password are submitted, one that succeeds and one that fails, and their status is read. Each read needs an entry `status.read`; the acceptance (`queued` or `processing`) and the end (`completed` or `failed`) need an entry `state.changed`.',
      'The trail is read up to ten times in five seconds, because it may be written later. It must not hold the password or the credential.',
    ],
    fix: [
      'Write an entry with client, time and outcome for each status read and each change of state; write changes in the transaction that makes them.',
      'Put names of clients and ids of requests into entries, and neither bodies nor header fields.',
    ],
  },
  codes,
  from: [auditTrail],
  judge: (trace) => {
    const { asyncExtension } = trace.target;
    if (!isObject(asyncExtension) || typeof asyncExtension.auditEndpoint !== 'string')
      return notApplicable('ServiceProviderConfig does not say where the audit trail is read (auditEndpoint).');
    return together<Code>(
      judgeEach(lastReads(trace), (read) => judgeTrail(trace, read)),
      judgeSecrets(trace),
    );
  },
});
