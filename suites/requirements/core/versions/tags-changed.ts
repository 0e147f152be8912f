/** The rules of CORE-12 for tags: a write that changes a resource changes its tag, and the answer to the write has the new one. */
import type { Exchange } from '../../../../schemas/types.js';
import { type Finding, judgeEach, type Judgement, together } from '../../../judging/judge.js';
import { stateIn } from '../../../judging/shown-state.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { resourceVersionsSteps as steps } from '../../../scenarios/synchronous/resource-versions.js';
import { succeeded } from '../../../trace/answers.js';
import { isSameTag, isWeak, tagIn } from '../../../trace/entity-tags.js';
import { isStep } from '../../../trace/step.js';
import { isAnswered, type Answered } from '../../../trace/trace.js';

export const tagCodes = {
  'tag-unchanged': 'the tag stays the same when a PUT or PATCH changes the resource',
  'tag-unchanged-by-bulk': 'the tag stays the same when a bulk request changes the resource',
  'tag-unchanged-by-asynchronous-write': 'the tag stays the same when an asynchronous request changes the resource',
  'tag-unchanged-within-a-second': 'the tag stays the same when a second write follows at once',
  'old-tag-in-answer': 'the answer to a PUT or PATCH has the tag from before the write',
};

export type TagCode = keyof typeof tagCodes;

type Found = Finding<TagCode>;

/** Two reads, one after the other, and what wrote the resource between them. */
interface Step {
  readonly before: Answered;
  readonly after: Answered;
  readonly old: string;
  readonly current: string;
  readonly writes: readonly Exchange[];
}

/** The reads of the state of what the exercise writes: there is one such resource in each. */
export const statesIn = (trace: TraceView): Answered[] =>
  trace
    .answered('read')
    .filter((read) => isStep(read, steps.state, steps.stateAtOnce) && [200, 404, 410].includes(read.response.status));

const isWrite = ({ request, purpose }: Exchange): boolean =>
  request.method !== 'GET' && ['replace', 'patch', 'bulk', 'submit'].includes(purpose);

/** Steps with a change: a write without an effect may change the tag or not. Whatever else changes a resource is not ours. */
const changesIn = (trace: TraceView): Step[] => {
  const states = statesIn(trace);
  return states.flatMap((after, place): Step[] => {
    const before = states[place - 1];
    if (before === undefined || before.response.status !== 200 || after.response.status !== 200) return [];
    const [old, current] = [tagIn(before), tagIn(after)];
    const writes = trace.all().filter((each) => isWrite(each) && each.n > before.n && each.n < after.n);
    return old === undefined || current === undefined || writes.length === 0 || stateIn(before) === stateIn(after)
      ? []
      : [{ before, after, old, current, writes }];
  });
};

/** A weak tag may stay for changes that the provider does not call significant (RFC 9110 §8.8.1). */
const codeOf = ({ after, writes }: Step): TagCode => {
  if (isStep(after, steps.stateAtOnce)) return 'tag-unchanged-within-a-second';
  if (writes.some(({ purpose }) => purpose === 'submit')) return 'tag-unchanged-by-asynchronous-write';
  return writes.some(({ purpose }) => purpose === 'bulk') ? 'tag-unchanged-by-bulk' : 'tag-unchanged';
};

const findUnchanged = (change: Step): Found | undefined => {
  const { before, after, old, current, writes } = change;
  if (!isSameTag(old, current)) return undefined;
  const code = codeOf(change);
  return {
    code,
    ...(code === 'tag-unchanged-within-a-second' && isWeak(current) ? { level: 'SHOULD' as const } : {}),
    expected: 'another tag when the resource has changed',
    actual: `it is ${current} before and after`,
    exchanges: [before, ...writes, after],
  };
};

/** The answer shows the resource after the write, so that its tag has to be the new one (RFC 9110 §9.3.4, §8.8). */
const findOldInAnswer = ({ before, after, old, current, writes }: Step): Found | undefined => {
  const [only, ...others] = writes;
  if (only === undefined || others.length > 0 || !isAnswered(only)) return undefined;
  if (!['replace', 'patch'].includes(only.purpose) || !succeeded(only) || only.response.status === 202)
    return undefined;
  const shown = tagIn(only);
  return shown === undefined || isSameTag(old, current) || !isSameTag(shown, old)
    ? undefined
    : {
        code: 'old-tag-in-answer',
        expected: `the answer to have the tag ${current}, which the resource has after the write`,
        actual: `it has ${shown}, which is that of the version before`,
        exchanges: [before, only, after],
      };
};

export const judgeTags = (trace: TraceView): Judgement<TagCode> => {
  const changes = changesIn(trace);
  return together(judgeEach(changes, findUnchanged), {
    exercised: 0,
    findings: changes.flatMap((change) => findOldInAnswer(change) ?? []),
  });
};
