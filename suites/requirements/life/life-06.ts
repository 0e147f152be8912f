/**
 * LIFE-06. Judged by the history of each resource, by counting the resources that creates have made, and by rules that
 * need no history (life-applied.ts).
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Anomaly, type Creation, creationsOf, storiesOf } from '../../judging/history/anomalies.js';
import { historyOf } from '../../judging/history/history.js';
import { type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { requestIdShared } from '../../scenarios/features/request-id-reused.js';
import { eachEffect } from '../../scenarios/lifecycle/each-effect.js';
import { patchesBesideEachOther } from '../../scenarios/lifecycle/patches-beside-each-other.js';
import { sameAsSynchronous } from '../../scenarios/lifecycle/same-as-synchronous.js';
import { membersAtATime } from '../../scenarios/synchronous/members-at-a-time.js';
import type { Answered } from '../../trace/trace.js';
import { created, effects } from '../../scenarios/scenario-sets.js';
import { judgeMembersAtTheSameTime, judgePatchesAtTheSameTime, judgeUnapplied } from './life-applied.js';
import { anomalies, creates, evidence, isAsynchronous, shown, written } from '../../judging/history/effects.js';

type Code =
  'write-lost' | 'write-applied-twice' | 'order-unexplained' | 'created-more-than-once' | 'created-and-not-there';

type AnyCode = Code | 'accepted-write-fails';

/** Whether a resource of this name may have been deleted: then a search without a match proves nothing. */
const mayBeDeleted = (trace: TraceView, creation: Creation): boolean =>
  historyOf(trace).writes.some(
    ({ method, resource, outcome }) =>
      method === 'DELETE' && outcome !== 'failure' && creation.writes.some((write) => write.resource === resource),
  );

const findWrongNumber = (
  creation: Creation,
  lastSearch: { exchange: Answered; count: number },
): Finding<Code> | undefined => {
  const made = creates(creation, 'success');
  const [write] = made;
  if (write === undefined) return undefined;
  const exchanges = [write.asked, ...(write.done === undefined ? [] : [write.done]), lastSearch.exchange];
  const expected = `one resource named ${creation.name}`;
  if (lastSearch.count > made.length)
    return { code: 'created-more-than-once', expected, actual: `${lastSearch.count} are found`, exchanges };
  return lastSearch.count === 0
    ? {
        code: 'created-and-not-there',
        expected,
        actual: 'none is found, although its creation is reported as done',
        exchanges,
      }
    : undefined;
};

const judgeHistory: Judge<Code> = (trace) => {
  // Of a write whose end was not seen, reads cannot show that it was applied once.
  const told = storiesOf(trace).filter(({ writes }) =>
    writes.some((write) => isAsynchronous(write) && write.outcome !== 'unknown'),
  );
  const found = anomalies(trace, ['lost', 'twice', 'unexplained']);
  const expectationOf = ({ kind }: Anomaly): { code: Code; clause: string } => {
    if (kind === 'lost') return { code: 'write-lost', clause: 'to be applied' };
    if (kind === 'twice') return { code: 'write-applied-twice', clause: 'to be applied once' };
    return { code: 'order-unexplained', clause: 'and all other writes to be applied once each, in some order' };
  };
  return together(
    {
      exercised: Math.max(told.length, found.length),
      findings: found.map((anomaly): Finding<Code> => ({
        code: expectationOf(anomaly).code,
        expected: `${written(anomaly.write)}, ${expectationOf(anomaly).clause}`,
        actual: shown(anomaly),
        exchanges: evidence(anomaly),
      })),
    },
    judgeEach(
      creationsOf(trace)
        .filter((creation) => creates(creation, 'success').some(isAsynchronous) && !mayBeDeleted(trace, creation))
        .flatMap((creation) => {
          const after = creation.searches.filter(({ exchange }) =>
            creation.writes.every(({ end }) => end <= exchange.at),
          );
          const lastSearch = after.at(-1);
          return lastSearch === undefined ? [] : [{ creation, lastSearch }];
        }),
      ({ creation, lastSearch }) => findWrongNumber(creation, lastSearch),
    ),
  );
};

export const life06 = defineRequirement({
  id: 'LIFE-06',
  since: '1.0',
  level: 'MUST',
  title: 'an accepted operation is applied exactly once',
  source: cite('Fig1, D6'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'A create that is done twice leaves two accounts, one that is lost leaves none, and a lost update restores old rights.',
      'The status says success in each case, so nobody checks.',
    ],
    tested: [
      'Random writes, reads and polls of several clients run at the same time, as well as 96 creates at a time; every write has different values.',
      'The suite searches for an order of all writes, each applied once between its request and the answer that shows its completion, that explains every read; if there is none, a write was lost, done twice or done out of order.',
      'A search by name has to find a user whose create is reported as done exactly once.',
      'Two PATCHes of different attributes of one user at the same time, one of them asynchronous, must both have an effect, and so must PATCHes that add members to one group at the same time; a valid write that works synchronously must not fail asynchronously, alone or in a bulk request.',
    ],
    fix: [
      'Done twice: recognise a job that is delivered again (a visibility timeout, a retry after a lost answer); store its id in the transaction that makes the effect.',
      'Lost: acknowledge the job only after that transaction is committed, and report success only then.',
      'Undone by another write: read, change and write in one transaction or with a version check, when the operation runs and not when it was accepted.',
      'Fails only asynchronously: the worker lacks something that the request had, often the body, the tenant or the client.',
    ],
  },
  codes: {
    'write-lost': 'no read shows the effect of a write that is reported as done',
    'write-applied-twice': 'the effect of a write comes back after a later write',
    'order-unexplained': 'no order of the writes, each applied once, explains what reads show',
    'created-more-than-once': 'more resources with a name exist than were created',
    'created-and-not-there': 'a resource does not exist although its creation is reported as done',
    'accepted-write-fails': 'an accepted write fails, although the same write works synchronously',
    'member-lost': 'a PATCH of a group loses the member that another one adds at the same time',
    'patch-undone': 'a PATCH is undone by a PATCH of another attribute at the same time',
  },
  from: [...effects, ...created, patchesBesideEachOther, membersAtATime, sameAsSynchronous, requestIdShared],
  judge: (trace) => {
    if (trace.isOf(patchesBesideEachOther)) return judgePatchesAtTheSameTime(trace);
    if (trace.isOf(membersAtATime)) return judgeMembersAtTheSameTime(trace);
    if (trace.isOf(sameAsSynchronous)) return judgeUnapplied(trace);
    return trace.isOf(eachEffect) ? together<AnyCode>(judgeHistory(trace), judgeUnapplied(trace)) : judgeHistory(trace);
  },
});
