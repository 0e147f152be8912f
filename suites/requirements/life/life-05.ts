/**
 * LIFE-05. What is left of a failure shows in reads of the resource, in searches for its name, or in a name that
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

/** A create that was tried again with the name of an asynchronous write that failed. */
interface Again {
  readonly exchange: Answered;
  readonly failed: Write;
}

const isFailure = ({ outcome, submission }: Write): boolean => outcome === 'failure' && submission !== undefined;

const nameStaysTaken = (trace: TraceView, { exchange, failed }: Again): Finding<Code> | undefined => {
  const search = trace.answered('search').findLast(({ subject, n }) => subject === exchange.subject && n < exchange.n);
  if (exchange.response.status !== 409 || search === undefined || countFound(search) !== 0) return undefined;
  return {
    code: 'name-stays-taken',
    expected: `the name of a ${failed.method} that failed with ${failed.status ?? 'an error'} to be free`,
    actual: 'it is taken, though nobody has it',
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
    expected: `nothing of ${creation.name}, whose ${failed.method} failed with ${failed.status ?? 'an error'}`,
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
      'When an operation has failed, the client corrects it and tries again, or leaves everything as it was.',
      'Where half of it was done all the same, the account has values that nobody wanted, or its name is taken for good.',
    ],
    tested: [
      'Asynchronous writes are made that cannot succeed: a `userName` that is taken, `emails` and `active` of the wrong type, a PUT of a user that does not exist, a PATCH whose last operation cannot be applied, a group whose member leads to nothing; and bad operations beside good ones in a bulk request.',
      'Where such a write is refused, at once or in its result, reads and searches afterwards may show nothing of it.',
      'The name of a failed create has to be free: a create of it may not be answered 409 while nobody has it.',
      'A write that succeeds all the same is not judged here.',
    ],
    fix: [
      'Check everything before the first write, and make all writes of one operation in one transaction that an error rolls back.',
      'Apply a PATCH to a copy, and store the copy only when all its operations have succeeded.',
      'Give back what was reserved for the operation, such as the `userName`, when it fails.',
    ],
  },
  codes: {
    'name-stays-taken': 'the name of a create that failed cannot be taken, though nobody has it',
    'failed-write-applied': 'a write that is reported as failed was applied',
    'failed-create-exists': 'a resource exists whose creation is reported as failed',
  },
  from: [...effects, bulkMixed],
  judge: (trace) => {
    const failures = historyOf(trace).writes.filter(isFailure);
    const again = trace.variant(failedEffectsSteps.afterwards, 'create').flatMap((exchange): Again[] => {
      const failed = failures.find(({ name }) => name === exchange.subject);
      return failed === undefined ? [] : [{ exchange, failed }];
    });
    const creations = creationsOf(trace).flatMap((creation) => {
      const failed = creation.writes.find(isFailure);
      return failed === undefined ? [] : [{ creation, failed }];
    });
    return together(
      judgeEach(again, (each) => nameStaysTaken(trace, each)),
      { exercised: failures.length, findings: anomalies(trace, ['failure-applied']).map(failedWriteApplied) },
      judgeEach(creations, ({ creation, failed }) => failedCreateExists(creation, failed)),
    );
  },
});
