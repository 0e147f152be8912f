/** The rule of CORE-10 for PATCHes of one group at the same time: some order of them explains the members afterwards. */
import { isReachable, type MemberEvent } from '../../../judging/history/member-orders.js';
import { judgeEach, type Judgement, together } from '../../../judging/judge.js';
import { memberIds } from '../../../judging/members.js';
import { membersAfter, type MemberSet } from '../../../judging/member-sets.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { membersInRoundsSteps } from '../../../scenarios/synchronous/members-in-rounds.js';
import { succeeded } from '../../../trace/answers.js';
import { responseObject } from '../../../trace/message.js';
import { isStep } from '../../../trace/step.js';
import { isAnswered, type Answered } from '../../../trace/trace.js';
import type { Exchange } from '../../../../schemas/types.js';
import { plainKindsWrong } from './members-exactly.js';

export const roundCodes = {
  'no-order-explains-members':
    'after PATCHes of a group at the same time, it has other members than any order of them leaves',
};

const { adding, mixed } = membersInRoundsSteps;

/** PATCHes at the same time, with the reads before and after them. */
interface Round {
  readonly isAdding: boolean;
  readonly before: Answered;
  readonly patches: readonly Exchange[];
  readonly after: Answered;
}

const isOfRound = (exchange: Exchange): boolean => isStep(exchange, adding, mixed);

const roundsOf = (trace: TraceView): Round[] => {
  const reads = trace.answered('read').filter(({ response }) => response.status === 200);
  const group = trace.all().find(isOfRound)?.subject;
  const own = trace.all().filter(({ subject }) => subject === group);
  const looks = reads.filter(({ subject }) => subject === group);
  return looks.flatMap((after, place): Round[] => {
    const before = looks[place - 1];
    const patches = own.filter(
      (each) => before !== undefined && each.n > before.n && each.n < after.n && isOfRound(each),
    );
    return before === undefined || patches.length === 0
      ? []
      : [{ isAdding: patches.every((each) => isStep(each, adding)), before, patches, after }];
  });
};

const isRefused = (patch: Exchange): boolean =>
  isAnswered(patch) && patch.response.status >= 400 && patch.response.status < 500;

const eventOf = (patch: Exchange): MemberEvent[] =>
  isRefused(patch)
    ? []
    : [
        {
          start: patch.at,
          end: patch.at + patch.took,
          optional: !isAnswered(patch) || !succeeded(patch) || patch.response.status === 202,
          after: (members) => membersAfter(members, patch, 'those in the list') ?? members,
        },
      ];

const shownBy = (read: Answered): MemberSet => new Set(memberIds(responseObject(read)));

const isExplained = ({ before, patches, after }: Round): boolean =>
  isReachable(shownBy(before), patches.flatMap(eventOf), shownBy(after));

const listed = (members: MemberSet): string => JSON.stringify([...members].sort());

/** Where adds alone get lost, CORE-03 judges it. */
export const judgeRounds = (trace: TraceView): Judgement<keyof typeof roundCodes> => {
  const rounds = roundsOf(trace);
  const wrong = plainKindsWrong(trace);
  const isLeft =
    rounds.some((round) => round.isAdding && !isExplained(round)) || wrong.has('add') || wrong.has('remove');
  if (isLeft || rounds.every(({ before, after }) => shownBy(before).size + shownBy(after).size === 0))
    return together();
  return judgeEach(rounds, (round) =>
    isExplained(round)
      ? undefined
      : {
          code: 'no-order-explains-members',
          expected: `members that some order of ${round.patches.length} PATCHes at the same time leaves, from ${listed(shownBy(round.before))}`,
          actual: `they are ${listed(shownBy(round.after))}`,
          exchanges: [round.before, ...round.patches, round.after],
        },
  );
};
