/** Submits many asynchronous creates at a time, because jobs are lost, doubled or mixed up mostly under load. */
import { plainGroup, wordedUser } from '../../generators/worded.js';
import type { Endpoint } from '../../leftovers/cleanup.js';
import type { SubmitPlan } from '../../session/session.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { pathOfResult, readBack, searchFor, withWord } from '../building-blocks/look-again.js';

/**
 * Creates at a time, over the first binding and over another one, which usually has the same jobs. A provider that loses one
 * job in forty has to show it here, even if other scenarios run at the same time.
 */
const most = { first: 96, other: 48 };

interface Plan {
  readonly name: string;
  /** The word that is written to a user. */
  readonly word?: string;
  readonly endpoint: Endpoint;
  readonly plan: SubmitPlan;
}

export const manyAtOnce = defineScenario({
  name: 'many-at-once',
  title: `submits up to ${most.first} asynchronous creates at a time`,
  needs: { binding: 'any' },
  inputs: (_facts, { isFirst }) => [isFirst ? most.first : most.other],
  exercise: async (count, session) => {
    const { capabilities } = session.facts;
    const plans = Array.from({ length: count }, (_, index): Plan => {
      // Two groups may have the same name, so a create that is done twice shows.
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
        if (path !== undefined) await readBack(session, path, 'at the location of the result', withWord(word));
        // Searches are slow, so only groups, every eighth user, and users without a clear result are searched for.
        const isClear = outcome === 'completed' && result?.status === '201';
        if (endpoint === 'Groups' || index % 8 === 0 || !isClear) {
          await searchFor(session, name, result?.status === '201' ? 1 : 0, endpoint);
        }
        if (index % 8 === 0 && submitted.submission.location !== undefined)
          await session.readStatus(submitted.submission);
      }),
    );
  },
});
