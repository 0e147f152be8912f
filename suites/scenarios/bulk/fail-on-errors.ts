/** Bulk requests that have to stop after `failOnErrors` errors (RFC 7644 §3.7.3). */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import type { SubmitPlan } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { stepFamily } from '../../trace/step.js';
import { completeBulk } from '../building-blocks/complete-bulk.js';
import { createUser } from '../building-blocks/create-user.js';
import { bulkPlan, createOperation, type BulkOperation } from '../building-blocks/bulk-plan.js';

/** Number of operations that fail in another request at the same time: the provider must not count them here. */
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

/** Number of valid operations at the end: so many that a provider with several workers cannot have begun all of them. */
const tail = 40;

const valid = (count: number): boolean[] => Array.from({ length: count }, () => true);

interface Case {
  readonly failOnErrors: number;
  /** Which operations are valid. */
  readonly operations: readonly boolean[];
  /** What is wrong with the invalid ones; if absent, they have no userName. */
  readonly wrong?: 'reference' | 'name that is taken' | 'resource that is not there';
}

const cases: Record<string, Case> = {
  'the first of many fails, 1 error is enough': { failOnErrors: 1, operations: [false, ...valid(tail)] },
  'two of three fail, 2 errors are enough': { failOnErrors: 2, operations: [false, true, false, ...valid(tail)] },
  'a reference leads to nothing, 1 error is enough': {
    failOnErrors: 1,
    operations: [false, ...valid(tail)],
    wrong: 'reference',
  },
  'a name is taken, 1 error is enough': {
    failOnErrors: 1,
    operations: [false, ...valid(tail)],
    wrong: 'name that is taken',
  },
  'a resource is not there, 1 error is enough': {
    failOnErrors: 1,
    operations: [false, ...valid(tail)],
    wrong: 'resource that is not there',
  },
  'one fails, 2 errors would be needed': { failOnErrors: 2, operations: [false, ...valid(4)] },
};

export const failOnErrorsSteps = {
  /** A request with `failOnErrors`; the value is the number. */
  limited: stepFamily('failOnErrors '),
};

export const failOnErrorsScenario = defineScenario({
  name: 'fail-on-errors',
  title: 'submits a bulk request that has to stop after some errors',
  needs: { capability: 'bulk' },
  eachBinding: true,
  inputs: ({ bulkRoom }) =>
    Object.keys(cases).filter((name) => (cases[name]?.operations.length ?? 0) <= (bulkRoom ?? Infinity)),
  exercise: async (name, session) => {
    const { failOnErrors, operations, wrong }: Case = cases[name] ?? { failOnErrors: 1, operations: [] };
    // A user who is there, or who was deleted.
    const taken = wrong === undefined || wrong === 'reference' ? undefined : await createUser(session);
    if (taken !== undefined && wrong === 'resource that is not there')
      await session.send({ method: 'DELETE', url: taken.url, purpose: 'delete', subject: taken.userName });
    const plan = bulkPlan(
      operations.map((isValid, index): BulkOperation => {
        const own = session.userName();
        const about = { bulkId: `b${index}`, expected: 'failure' } as const;
        if (isValid || wrong === undefined) return createOperation(about.bulkId, own, isValid);
        if (wrong === 'name that is taken')
          return { method: 'POST', path: '/Users', ...about, status: '409', data: plainUser(taken?.userName ?? own) };
        const path = wrong === 'reference' ? '/Users/bulkId:nowhere' : (taken?.path ?? '/Users/none');
        return { method: 'PUT', path, ...about, data: plainUser(own) };
      }),
      { failOnErrors },
    );
    const variant = failOnErrorsSteps.limited.of(String(failOnErrors));
    const results = await completeBulk(session, { ...plan, variant }, async () => {
      const other = await session.submit(anotherRequest());
      if (other.submission.accepted) await session.settle(other);
    });
    if (results === undefined) return;
    // The first and the last operation that were not run must have no effect.
    const isDone = (place: number): boolean =>
      results.some(({ index, status }) => index === place && Number(status) < 400);
    // A synchronous answer may leave out the results of what was not run (RFC 7644 §3.7.3).
    const names = plan.operations.flatMap(({ userName }, place) =>
      userName === undefined || isDone(place) ? [] : [userName],
    );
    for (const userName of new Set([...names.slice(0, 1), ...names.slice(-1)])) await session.find(userName);
  },
});
