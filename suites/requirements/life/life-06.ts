/**
 * LIFE-06. Judged as a history of each resource, by counting what creates have made, and by what needs no history
 * (life-applied.ts).
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Anomaly, type Creation, creationsOf, storiesOf } from '../../judging/history/anomalies.js';
import { historyOf } from '../../judging/history/history.js';
import { except, type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { requestIdShared } from '../../scenarios/features/safe-retry.js';
import { eachEffect } from '../../scenarios/lifecycle/each-effect.js';
import { patchesBesideEachOther } from '../../scenarios/lifecycle/patches-beside-each-other.js';
import { sameAsSynchronous } from '../../scenarios/lifecycle/same-as-synchronous.js';
import type { Answered } from '../../trace/trace.js';
import { created, effects } from '../../scenarios/scenario-sets.js';
import { appliedAtAll, besideEachOther } from './life-applied.js';
import { anomalies, creates, evidence, isAsynchronous, shown, written } from '../../judging/history/effects.js';

type Code =
  'write-lost' | 'write-applied-twice' | 'order-unexplained' | 'created-more-than-once' | 'created-and-not-there';

/** Whether something of this name may have been deleted: what is not found then says nothing. */
const mayBeDeleted = (trace: TraceView, creation: Creation): boolean =>
  historyOf(trace).writes.some(
    ({ method, resource, outcome }) =>
      method === 'DELETE' && outcome !== 'failure' && creation.writes.some((write) => write.resource === resource),
  );

const howOften = (creation: Creation, lastSearch: { exchange: Answered; count: number }): Finding<Code> | undefined => {
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
        actual: 'none is found, though its creation is reported as done',
        exchanges,
      }
    : undefined;
};

const usual: Judge<Code> = (trace) => {
  const stories = storiesOf(trace).filter(({ writes }) => writes.some(isAsynchronous));
  const expectationOf = ({ kind }: Anomaly): { code: Code; what: string } => {
    if (kind === 'lost') return { code: 'write-lost', what: 'to be applied' };
    if (kind === 'twice') return { code: 'write-applied-twice', what: 'to be applied once' };
    return { code: 'order-unexplained', what: 'and all other writes to be applied once each, in some order' };
  };
  return together(
    {
      exercised: stories.length,
      findings: anomalies(trace, ['lost', 'twice', 'unexplained']).map((anomaly): Finding<Code> => ({
        code: expectationOf(anomaly).code,
        expected: `${written(anomaly.write)}, ${expectationOf(anomaly).what}`,
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
      ({ creation, lastSearch }) => howOften(creation, lastSearch),
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
      'A create that is done twice leaves two accounts, one that is lost leaves none, and a lost update brings old rights back.',
      'The status says success in each case, so that nobody looks.',
    ],
    tested: [
      'Random writes, reads and polls of several clients run beside each other, as well as 48 creates at a time; every write has values of its own.',
      'The suite looks for any order of all writes, each applied once between its request and the sight of its completion, that explains every read; where there is none, something was lost, done twice or out of order.',
      'A create that is reported as done has to be found exactly once by its name.',
      'Two PATCHes of different attributes of one user at the same time, one of them asynchronous, both have to stand; and a valid write that works synchronously may not fail asynchronously.',
    ],
    fix: [
      'Twice: a job that is delivered again (a visibility timeout, a retry after a lost answer) has to be recognised; store its id in the transaction that makes the effect.',
      'Lost: acknowledge the job only after that transaction is committed, and report success only then.',
      'Undone by a neighbour: read, change and write in one transaction or with a version check, when the operation runs and not when it was accepted.',
      'Fails only asynchronously: the worker lacks something that the request had, often the body, the tenant or the client.',
    ],
  },
  codes: {
    'write-lost': 'a write that is reported as done is in no read',
    'write-applied-twice': 'a write comes back after another one that followed it',
    'order-unexplained': 'no order of the writes, each applied once, explains what reads show',
    'created-more-than-once': 'more resources of a name exist than were created',
    'created-and-not-there': 'a resource does not exist whose creation is reported as done',
    'accepted-write-fails': 'an accepted write fails that works synchronously',
    'patch-undone': 'a PATCH is undone by a PATCH of another attribute beside it',
  },
  from: [...effects, ...created, patchesBesideEachOther, sameAsSynchronous, requestIdShared],
  judge: except(
    patchesBesideEachOther,
    besideEachOther,
    except(
      sameAsSynchronous,
      appliedAtAll,
      except(eachEffect, (trace) => together(usual(trace), appliedAtAll(trace)), usual),
    ),
  ),
});
