/** Bulk requests that are to stop after so many errors (RFC 7644 §3.7.3). */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import type { SubmitPlan } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { stepFamily } from '../../trace/step.js';
import { bulkPlan, type BulkOperation } from '../building-blocks/bulk-plan.js';

/** Operations that fail in another request at the same time: its errors are not those of this one. */
const foreignErrors = 6;

const anotherRequest = (): SubmitPlan =>
  bulkPlan(
    Array.from({ length: foreignErrors }, (_, index): BulkOperation => ({
      method: 'POST',
      path: '/Users',
      bulkId: `f${index}`,
      expected: 'failure',
      status: '400',
      data: { schemas: [urn.user] },
    })),
  );

/** Valid operations at the end: so many that a provider that works on several at a time has not begun them all. */
const tail = 40;

const valid = (count: number): boolean[] => Array.from({ length: count }, () => true);

interface Case {
  readonly failOnErrors: number;
  /** Which operations are valid. */
  readonly operations: readonly boolean[];
  /** What is wrong with the others; a missing userName where absent. */
  readonly wrong?: 'reference';
}

const cases: Record<string, Case> = {
  'the first of many fails, 1 error is enough': { failOnErrors: 1, operations: [false, ...valid(tail)] },
  'two of three fail, 2 errors are enough': { failOnErrors: 2, operations: [false, true, false, ...valid(tail)] },
  'a reference leads to nothing, 1 error is enough': {
    failOnErrors: 1,
    operations: [false, ...valid(tail)],
    wrong: 'reference',
  },
  'one fails, 2 errors would be needed': { failOnErrors: 2, operations: [false, ...valid(4)] },
};

export const failOnErrorsSteps = {
  /** A request with `failOnErrors`; the value is the number. */
  limited: stepFamily('failOnErrors '),
};

export const failOnErrorsScenario = defineScenario({
  name: 'fail-on-errors',
  title: 'submits a bulk request that is to stop after some errors',
  needs: { binding: 'any', capability: 'bulk' },
  inputs: ({ bulkRoom }) =>
    Object.keys(cases).filter((name) => (cases[name]?.operations.length ?? 0) <= (bulkRoom ?? Infinity)),
  exercise: async (name, session) => {
    const { failOnErrors, operations, wrong }: Case = cases[name] ?? { failOnErrors: 1, operations: [] };
    const plan = bulkPlan(
      operations.map((isValid, index): BulkOperation => {
        const own = session.userName();
        const { userName, ...rest } = plainUser(own);
        if (!isValid && wrong === 'reference') {
          const path = '/Users/bulkId:nowhere';
          return { method: 'PUT', path, bulkId: `b${index}`, expected: 'failure', data: plainUser(own) };
        }
        return {
          method: 'POST',
          path: '/Users',
          bulkId: `b${index}`,
          ...(isValid
            ? { expected: 'success', userName: own, data: { userName, ...rest } }
            : { expected: 'failure', status: '400', data: rest }),
        };
      }),
      { failOnErrors },
    );
    const submitted = await session.submit({ ...plan, variant: failOnErrorsSteps.limited.of(String(failOnErrors)) });
    if (!submitted.submission.accepted) return;
    const beside = await session.submit(anotherRequest());
    if (beside.submission.accepted) await session.settle(beside);
    const { results } = await session.settle(submitted);
    // What was not run must not be there: the first and the last of those tell.
    const notRun = results.filter(({ status }) => Number(status) >= 400);
    const names = notRun.flatMap(({ index }) => plan.operations[index]?.userName ?? []);
    for (const userName of new Set([...names.slice(0, 1), ...names.slice(-1)])) await session.find(userName);
  },
});
