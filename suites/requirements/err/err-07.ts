/** ERR-07. A deleted user or group is unknown to every method; a second DELETE of it must not succeed. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { unknownResource, unknownResourceSteps } from '../../scenarios/errors/unknown-resource.js';
import { isStep } from '../../trace/step.js';
import { isDone, outcomeOf, type OperationOutcome, outcomes } from './operation-outcome.js';

const codes = {
  'unknown-resource-read': 'a GET of a resource that is not there succeeds',
  'unknown-resource-replaced': 'a PUT of a resource that is not there succeeds',
  'unknown-resource-patched': 'a PATCH of a resource that is not there succeeds',
  'unknown-resource-deleted': 'a DELETE of a resource that is not there succeeds',
  'deleted-twice': 'of two asynchronous DELETEs of one user that are sent at once, both succeed',
  'refused-otherwise-than-404': 'an operation on a resource that is not there fails, but not with 404',
};

type Code = keyof typeof codes;

const codeOfMethod: Readonly<Record<string, Code>> = {
  GET: 'unknown-resource-read',
  PUT: 'unknown-resource-replaced',
  PATCH: 'unknown-resource-patched',
  DELETE: 'unknown-resource-deleted',
};

const codeOf = (outcome: OperationOutcome): Code => {
  const done = codeOfMethod[outcome.exchanges[0].request.method];
  return isDone(outcome) && done !== undefined ? done : 'refused-otherwise-than-404';
};

/**
 * Whichever DELETE runs second finds nothing. How it is refused is not judged: its user was there when it was accepted. A
 * provider that answers both with one status resource has taken them for one request (ACC-04).
 */
const judgeTwice = (trace: TraceView): Judgement<Code> => {
  const both = trace
    .submissions()
    .filter((submission) => isStep(trace.exchangeOf(submission), unknownResourceSteps.atOnce));
  const ends = both.flatMap((submission) => outcomeOf(trace, submission) ?? []);
  const locations = new Set(both.map(({ n, location }) => location ?? n));
  const isKnown = both.length === 2 && ends.length === 2 && locations.size === 2;
  return judgeEach(isKnown ? [ends] : [], (outcomes): Finding<Code> | undefined =>
    outcomes.every(isDone)
      ? {
          code: 'deleted-twice',
          expected: '404 to one of two DELETEs of the same user',
          actual: 'both are reported as done',
          exchanges: outcomes.flatMap(({ exchanges }) => exchanges),
        }
      : undefined,
  );
};

export const err07 = defineRequirement({
  id: 'ERR-07',
  since: '1.0',
  level: 'MUST',
  title: "an operation on an unknown resource fails with 404, at once or in the operation's result",
  source: cite('RFC 7644 §3.12'),
  needs: {},
  guide: {
    why: [
      'From 404 a client learns that the account is gone, and removes it from its own list.',
      'If the answer is a success, the client believes that it has changed or deleted something; if it is a 500, the client retries forever.',
    ],
    tested: [
      'A user and, where groups are served, a group are created and deleted; then each is read, replaced, patched (where advertised) and deleted again, synchronously and, except for reads, asynchronously.',
      'Each has to end with 404: at once, or in the result of the operation.',
      'Two asynchronous DELETEs of one user are sent at once: not both may succeed.',
      'An operation that the provider does not implement (501) is not judged.',
    ],
    fix: [
      'Check that the write has found a record: a DELETE or UPDATE of zero rows is not a success, and 204 to a DELETE of nothing is wrong in SCIM.',
      'A PUT must not create the resource.',
      'Look for the record when a DELETE runs, in the transaction that removes it, and not only when the request is accepted.',
      'Treat records that are only marked as deleted as absent, for writes as well as for reads.',
    ],
  },
  codes,
  from: [unknownResource],
  judge: (trace) =>
    together(
      judgeTwice(trace),
      judgeEach(outcomes(trace, 'unknown-resource'), (outcome) => {
        const { status, exchanges } = outcome;
        if (status === '404') return undefined;
        return {
          code: codeOf(outcome),
          expected: `404 to ${exchanges[0].request.method} of a resource that is not there, at once or in the operation’s result`,
          actual: `it is ${status ?? 'unknown'}`,
          exchanges,
        };
      }),
    ),
});
