/**
 * LIFE-05. An effect of a failed operation shows in reads of the resource, in searches for its name, or in a name that
 * stays taken.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Anomaly, type Creation, creationsOf } from '../../judging/history/anomalies.js';
import { historyOf, type Write } from '../../judging/history/history.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import { bulkMixed } from '../../scenarios/bulk/bulk-mixed.js';
import { failedEffectsSteps } from '../../scenarios/lifecycle/failed-effects.js';
import type { TraceView } from '../../judging/trace-view.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';
import { effects } from '../../scenarios/scenario-sets.js';
import { anomalies, evidence, shown } from '../../judging/history/effects.js';

type Code = 'name-stays-taken' | 'failed-write-applied' | 'failed-create-exists';

/** A create with the name of an asynchronous write that failed. */
interface SecondCreate {
  readonly exchange: Answered;
  readonly failed: Write;
}

const isFailure = ({ outcome, submission }: Write): boolean => outcome === 'failure' && submission !== undefined;

const nameStaysTaken = (trace: TraceView, { exchange, failed }: SecondCreate): Finding<Code> | undefined => {
  const search = trace.answered('search').findLast(({ subject, n }) => subject === exchange.subject && n < exchange.n);
  if (exchange.response.status !== 409 || search === undefined || countFound(search) !== 0) return undefined;
  return {
    code: 'name-stays-taken',
    expected: `the name of a ${failed.method} that failed with ${failed.status ?? 'an error'} to be free`,
    actual: 'a create with it is answered 409, although a search finds no such user',
    exchanges: [failed.asked, search, exchange],
  };
};

const failedWriteApplied = (anomaly: Anomaly): Finding<Code> => ({
  code: 'failed-write-applied',
  expected: `no effect of the ${anomaly.write?.method ?? 'operation'} that failed with ${anomaly.write?.status ?? 'an error'}`,
  actual: `${shown(anomaly)} afterwards`,
  exchanges: evidence(anomaly),
});

const failedCreateExists = (creation: Creation, failed: Write): Finding<Code> | undefined => {
  const search = creation.searches.find(({ count, exchange }) => count > 0 && exchange.at >= failed.end);
  if (search === undefined) return undefined;
  const others = creation.writes.filter(({ outcome, start }) => outcome !== 'failure' && start <= search.exchange.at);
  if (others.length > 0) return undefined;
  return {
    code: 'failed-create-exists',
    expected: `no user ${creation.name}, because its ${failed.method} failed with ${failed.status ?? 'an error'}`,
    actual: 'it exists',
    exchanges: [failed.asked, ...(failed.done === undefined ? [] : [failed.done]), search.exchange],
  };
};

export const life05 = defineRequirement({
  id: 'LIFE-05',
  since: '1.0',
  level: 'MUST',
  title: 'a failed operation has no effect',
  source: cite('P-D'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'When an operation has failed, the client corrects it and tries again, or gives up.',
      'If half of the operation was done, the account has values that nobody wanted, or its name stays taken.',
    ],
    tested: [
      'Asynchronous writes are made that cannot succeed: a `userName` that is taken, `emails` and `active` of the wrong type, a PUT of a user that does not exist, a PATCH whose last operation cannot be applied, a group whose member does not exist; and invalid operations together with valid ones in a bulk request, among them creates of a `userName` that is taken, after which the user who has it is read.',
      'If such a write is refused, at once or in its result, reads and searches afterwards must show no effect of it.',
      'The name of a failed create has to be free: a create with it must not be answered 409 while no user has the name.',
      'Such a write that succeeds is not judged here.',
    ],
    fix: [
      'Check everything before the first write, and make all writes of one operation in one transaction that is rolled back on an error.',
      'Apply a PATCH to a copy, and store the copy only when all its operations have succeeded.',
      'When an operation fails, release everything that was reserved for it, such as the `userName`.',
    ],
  },
  codes: {
    'name-stays-taken': 'the name of a failed create cannot be used, although no user has it',
    'failed-write-applied': 'a write that is reported as failed was applied',
    'failed-create-exists': 'a resource exists whose creation is reported as failed',
  },
  from: [...effects, bulkMixed],
  judge: (trace) => {
    const failures = historyOf(trace).writes.filter(isFailure);
    const secondCreates = trace.variant(failedEffectsSteps.afterwards, 'create').flatMap((exchange): SecondCreate[] => {
      const failed = failures.find(({ name }) => name === exchange.subject);
      return failed === undefined ? [] : [{ exchange, failed }];
    });
    const creations = creationsOf(trace).flatMap((creation) => {
      const failed = creation.writes.find(isFailure);
      return failed === undefined ? [] : [{ creation, failed }];
    });
    return together(
      judgeEach(secondCreates, (create) => nameStaysTaken(trace, create)),
      { exercised: failures.length, findings: anomalies(trace, ['failure-applied']).map(failedWriteApplied) },
      judgeEach(creations, ({ creation, failed }) => failedCreateExists(creation, failed)),
    );
  },
});
