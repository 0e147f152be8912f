/** Many asynchronous creates in flight at a time: each has to complete, once, with its own result. */
import { plainGroup, wordedUser } from '../../generators/worded.js';
import type { Endpoint } from '../../leftovers/cleanup.js';
import type { SubmitPlan } from '../../session/session.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { pathOfResult, readBack, searchFor } from '../building-blocks/look-again.js';

/** More than twice the forty of which a provider that loses a job now and then may lose one: others run beside it. */
const count = 96;

interface Plan {
  readonly name: string;
  /** What is written to a user. */
  readonly word?: string;
  readonly endpoint: Endpoint;
  readonly plan: SubmitPlan;
}

export const manyAtOnce = defineScenario({
  name: 'many-at-once',
  title: `submits ${count} asynchronous creates at a time`,
  needs: { binding: 'any' },
  exercise: async (_input, session) => {
    const { capabilities } = session.facts;
    const plans = Array.from({ length: count }, (_, index): Plan => {
      // Of groups there may be two of one name: what is created twice shows.
      if (capabilities.groups && index % 6 === 5) {
        const name = session.groupName();
        const operation = { method: 'POST', path: '/Groups', expected: 'success', userName: name } as const;
        const body = plainGroup(name);
        return {
          name,
          endpoint: 'Groups',
          plan: { method: 'POST', url: '/Groups', subject: name, body, operations: [operation] },
        };
      }
      const name = session.userName();
      const word = session.word();
      return { name, word, endpoint: 'Users', plan: asyncCreate(name, { body: wordedUser(name, word) }) };
    });
    await Promise.all(
      plans.map(async ({ name, word, endpoint, plan }, index) => {
        const submitted = await session.submit(plan);
        if (!submitted.submission.accepted) return;
        const { outcome, results } = await session.settle(submitted);
        const [result] = results;
        const path = pathOfResult(session, result);
        if (path !== undefined) await readBack(session, path, 'at the location of the result', word);
        // Searches are dear: every group, every eighth user, and whatever is not clear.
        const isClear = outcome === 'completed' && result?.status === '201';
        if (endpoint === 'Groups' || index % 8 === 0 || !isClear) {
          await searchFor(session, name, result?.status === '201' ? 1 : 0, endpoint);
        }
        if (index % 8 === 0 && submitted.submission.location !== undefined) await session.look(submitted.submission);
      }),
    );
  },
});
