/** Many asynchronous creates in flight at a time: each has to complete, once, with its own result. */
import { wordedUser } from '../../generators/worded.js';
import { pathUnder } from '../../history/history.js';
import type { Settled } from '../../session/session.js';
import { asyncCreate } from '../request-mode/async-user.js';
import { defineScenario } from '../scenario.js';
import { readBack, searchFor } from './look-again.js';

/** More than the forty of which a provider that loses a job now and then may lose one. */
const count = 48;

export const manyAtOnce = defineScenario({
  name: 'many-at-once',
  title: `submits ${count} asynchronous creates at a time`,
  needs: { binding: 'any' },
  exercise: async (_input, session) => {
    const { baseUrl } = session.facts;
    const userNames = Array.from({ length: count }, () => session.userName());
    const submissions = await Promise.all(
      userNames.map((userName) =>
        session.submit(asyncCreate(userName, { body: wordedUser(userName, session.word()) })),
      ),
    );
    const settled = await Promise.all(
      submissions.map((submitted): Promise<Settled | undefined> =>
        submitted.submission.accepted ? session.settle(submitted) : Promise.resolve(undefined),
      ),
    );
    await Promise.all(
      settled.map(async (each, index) => {
        const result = each?.results[0];
        const path = pathUnder(result?.location ?? '', `${baseUrl}/`, baseUrl);
        if (path !== undefined && path !== '/') await readBack(session, path, 'at the location of the result');
        // Searches are dear: every eighth, and whatever is not clear.
        if (index % 8 === 0 || each?.outcome !== 'completed' || result?.status !== '201') {
          await searchFor(session, userNames[index] ?? '', result?.status === '201' ? 1 : 0);
        }
        const submission = submissions[index]?.submission;
        if (index % 8 === 0 && submission?.accepted === true) await session.look(submission);
      }),
    );
  },
});
