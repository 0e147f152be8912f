/** Creates a user asynchronously, polls the status resource until it is completed, and reads it once more. */
import fc from 'fast-check';
import { buildUser, userAttributes } from '../../generators/user.js';
import { requestIds } from '../../generators/request-id.js';
import { readLater, watchClosely } from '../building-blocks/watch-closely.js';
import { defineScenario } from '../../definitions/scenario.js';
import { asyncCreate } from '../../session/async-create.js';
import { isNotFound } from '../../trace/answers.js';
import { step } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';
import { statusAt } from './status-url.js';

export const asyncCreateSteps = {
  /** A read of the user at the location of its result. */
  afterCreate: step('after create'),
};

export const asyncCreateScenario = defineScenario({
  name: 'async-create',
  title: 'creates a user asynchronously and polls its status to the end',
  needs: { binding: 'request-mode' },
  inputs: () => fc.record({ user: userAttributes, requestId: fc.option(requestIds.usual, { nil: undefined }) }),
  exercise: async ({ user, requestId }, session) => {
    const userName = session.userName();
    const submitted = await session.submit(
      asyncCreate(userName, {
        body: buildUser(userName, user),
        ...(requestId === undefined ? {} : { requestId: session.requestId(requestId) }),
      }),
    );
    const { submission } = submitted;
    if (!submission.accepted) return;
    await watchClosely(session, submission);
    const { last, results } = await session.settle(submitted);
    await session.readStatus(submission);
    for (const [purpose, url] of statusAt(session.facts, submission, last)) {
      const answer = await session.attempt({ method: 'GET', url, purpose, submission: submission.n });
      // A status does not have to be kept: then its Location does not lead to it any more either.
      if (isAnswered(answer) && isNotFound(answer)) await session.readStatus(submission);
    }
    const created = results[0]?.location;
    if (created !== undefined && URL.canParse(created, submission.location)) {
      const url = new URL(created, submission.location).href;
      await session.attempt({
        method: 'GET',
        url,
        purpose: 'read',
        variant: asyncCreateSteps.afterCreate,
        subject: userName,
      });
    }
    await readLater(session, submission);
  },
});
