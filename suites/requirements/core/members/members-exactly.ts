/** The rules of CORE-10 for writes one after another: what a read shows after each is compared with the read before it. */
import { type Ambiguity, type Finding, judgeEach, type Judgement } from '../../../judging/judge.js';
import { memberIds } from '../../../judging/members.js';
import { idsWrittenBy, memberEditsOf, membersAfter, type MemberSet } from '../../../judging/member-sets.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { plainMemberWrite } from '../../../scenarios/building-blocks/plain-member-writes.js';
import { memberFormsSteps } from '../../../scenarios/synchronous/member-forms.js';
import { membersInRoundsSteps } from '../../../scenarios/synchronous/members-in-rounds.js';
import { isUnavailable, succeeded } from '../../../trace/answers.js';
import { isStep } from '../../../trace/step.js';
import { changesOf, exchangesOf, keptNames, type Change } from '../changes/changes.js';

export const exactCodes = {
  'member-not-added': 'a member is missing that a write added',
  'member-not-removed': 'a member is still there that a write removed',
  'other-member-lost': 'a write loses a member that it leaves alone',
  'other-member-added': 'a write adds a member that it does not name as one to add',
  'refused-write-done': 'a write that is refused changes the members',
  'member-twice': 'a member that a request names twice is in the group twice',
};

type Code = keyof typeof exactCodes;

/** Members above which a provider may leave `members` out of every read. */
const large = 50;

interface Difference {
  readonly code: Exclude<Code, 'refused-write-done' | 'member-twice'>;
  readonly id: string;
}

const shownIn = (group: unknown): MemberSet => new Set(memberIds(group));

/** The first id in which what is shown differs from what is wanted. `optional`: ids that may be there or not. */
const differenceOf = (change: Change, wanted: MemberSet, optional: MemberSet): Difference | undefined => {
  const [was, is] = [shownIn(change.was), shownIn(change.is)];
  const missing = [...wanted].find((id) => !is.has(id) && !optional.has(id));
  if (missing !== undefined) return { code: was.has(missing) ? 'other-member-lost' : 'member-not-added', id: missing };
  const extra = [...is].find((id) => !wanted.has(id) && !optional.has(id));
  return extra === undefined
    ? undefined
    : { code: was.has(extra) ? 'member-not-removed' : 'other-member-added', id: extra };
};

/** Whether the answer says if the write was done: a 202 is left to MODE-02, and a 5xx to ERR-09. */
const isClear = ({ write }: Change): boolean =>
  !isUnavailable(write) && write.response.status !== 202 && write.response.status >= 200 && write.response.status < 500;

const isPlain = ({ write }: Change): boolean => isStep(write, plainMemberWrite, memberFormsSteps.grown);

/** What a provider makes of a write, compared with what the text allows. */
type Outcome =
  | { readonly kind: 'right' }
  | { readonly kind: 'removes all' }
  | { readonly kind: 'wrong'; readonly finding: Finding<Code> };

const inWords: Readonly<Record<Difference['code'], { readonly expected: string; readonly actual: string }>> = {
  'member-not-added': { expected: 'the member to be there', actual: 'is missing' },
  'member-not-removed': { expected: 'the member to be gone', actual: 'is still there' },
  'other-member-lost': { expected: 'the other members to stay', actual: 'is missing' },
  'other-member-added': { expected: 'no other member to be added', actual: 'is there' },
};

const wrong = (change: Change, { code, id }: Difference): Outcome => {
  const { method } = change.write.request;
  const { status } = change.write.response;
  const { expected, actual } = inWords[code];
  const finding = succeeded(change.write)
    ? { code, expected: `${expected} after the ${method}`, actual: `${id} ${actual}` }
    : {
        code: 'refused-write-done' as const,
        expected: `the members as before, because the ${method} was answered ${status}`,
        actual: `${id} ${actual}`,
      };
  return { kind: 'wrong', finding: { ...finding, exchanges: exchangesOf(change) } };
};

/** That a value is there once is only recommended (RFC 7643 §2.4). */
const twice = (change: Change): Outcome => {
  const written = idsWrittenBy(change.write);
  const shown = memberIds(change.is);
  const id = shown.find(
    (each, place) => shown.indexOf(each) < place && written.indexOf(each) < written.lastIndexOf(each),
  );
  if (id === undefined) return { kind: 'right' };
  const finding = {
    code: 'member-twice' as const,
    level: 'SHOULD' as const,
    expected: 'the member to be there once (RFC 7643 §2.4)',
    actual: `${id} is there twice`,
    exchanges: exchangesOf(change),
  };
  return { kind: 'wrong', finding };
};

/**
 * Whether a PUT without members leaves them as they were: an empty list is as none (RFC 7643 §2.5), and a provider may keep
 * what is left out (RFC 7644 §3.5.1).
 */
const isDefaulted = ({ write, was, is }: Change): boolean => {
  const [before, after] = [shownIn(was), shownIn(is)];
  return (
    write.request.method === 'PUT' &&
    idsWrittenBy(write).length === 0 &&
    before.size === after.size &&
    [...before].every((id) => after.has(id))
  );
};

/** Undefined if it says nothing. */
const outcomeOf = (change: Change, optional: MemberSet): Outcome | undefined => {
  if (succeeded(change.write) && isDefaulted(change)) return undefined;
  const was = shownIn(change.was);
  const wanted = succeeded(change.write) ? membersAfter(was, change.write, 'those in the list') : was;
  if (wanted === undefined) return undefined;
  const difference = differenceOf(change, wanted, optional);
  if (difference === undefined) return succeeded(change.write) ? twice(change) : { kind: 'right' };
  const other = succeeded(change.write) ? membersAfter(was, change.write, 'all') : undefined;
  return other !== undefined && differenceOf(change, other, optional) === undefined
    ? { kind: 'removes all' }
    : wrong(change, difference);
};

/** Whether the provider never shows so many members, so that a read says nothing about them. */
const isOmitted = ({ was, is, seen }: Change): boolean =>
  !('members' in is) && memberIds(was).length <= large && !seen.some((shown) => memberIds(shown).length > large);

const namesMany = ({ write }: Change): boolean => idsWrittenBy(write).length > large;

const openRemove: Ambiguity = {
  point: 'what `remove` of `members` without a filter removes if it has a list of members as its value',
  readings: [
    'the members in the list, as widely used clients mean it',
    'all members, because no filter is specified (RFC 7644 §3.5.2.2)',
  ],
  seen: 'removes all members',
};

/**
 * The kinds of writes (`PUT` or an `op`) that go wrong already when they are plain, and so are left to CORE-03; `size` if
 * groups do not become large.
 */
const leftToCore03 = (changes: readonly Change[]): ReadonlySet<string> =>
  new Set(
    changes
      .filter(isPlain)
      .filter((change) => outcomeOf(change, new Set())?.kind === 'wrong')
      .flatMap(({ write }) => (isStep(write, memberFormsSteps.grown) ? ['size'] : memberEditsOf(write))),
  );

/** The PUTs and PATCHes of groups with reads directly before and after them. */
export const memberChanges = (trace: TraceView): Change[] =>
  changesOf(trace, 'replace', 'patch').filter(
    (change) =>
      !isStep(change.write, membersInRoundsSteps.adding, membersInRoundsSteps.mixed) &&
      isClear(change) &&
      memberEditsOf(change.write).length > 0 &&
      keptNames(change).includes('members'),
  );

export const plainKindsWrong = (trace: TraceView): ReadonlySet<string> => leftToCore03(memberChanges(trace));

export const judgeExactMembers = (trace: TraceView): Judgement<Code> => {
  const changes = memberChanges(trace);
  const left = leftToCore03(changes);
  const grown = changes.find(({ write }) => isStep(write, memberFormsSteps.grown));
  const optional = new Set(
    trace
      .answered('patch')
      .filter((each) => isStep(each, memberFormsSteps.optional, memberFormsSteps.nested))
      .flatMap(idsWrittenBy),
  );
  const judged = changes
    .filter((change) => !isPlain(change) && !memberEditsOf(change.write).some((kind) => left.has(kind)))
    .filter((change) => !left.has('size') || grown === undefined || change.write.n < grown.write.n)
    .filter((change) => !(namesMany(change) && isOmitted(change)))
    .flatMap((change) => {
      const outcome = outcomeOf(change, optional);
      return outcome === undefined ? [] : [outcome];
    });
  const judgement = judgeEach(judged, (outcome) => (outcome.kind === 'wrong' ? outcome.finding : undefined));
  return judged.some(({ kind }) => kind === 'removes all') ? { ...judgement, ambiguities: [openRemove] } : judgement;
};
