/**
 * Makes asynchronous requests that a provider may refuse at once, and checks that a refused request has no status and no
 * effect. If the target serves no asynchronous binding, it makes synchronous bulk requests (profile 1.1).
 */
import { header } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { responseHeader } from '../../trace/message.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { expectNothing } from '../building-blocks/fence.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const refusedAtOnceSteps = {
  /** The GET of the Location of a refusal, if the refusal has one. */
  locationOfRefusal: step('Location of a refusal'),
};

const refusals = ['cut short', 'content type', 'wrong attribute type'] as const;

/** A synchronous bulk request of one create. */
const refuseBulk = async (
  session: Session,
  { userName, refusal, data }: { userName: string; refusal: (typeof refusals)[number]; data: unknown },
): Promise<void> => {
  const create = { method: 'POST', path: '/Users', bulkId: 'a', expected: 'failure', data } as const;
  const { body } = bulkPlan([create]);
  const { response } = await session.send({
    method: 'POST',
    url: '/Bulk',
    purpose: 'refusal',
    subject: userName,
    body: refusal === 'cut short' ? JSON.stringify(body).slice(0, -1) : body,
    headers: refusal === 'content type' ? [[header.contentType, 'text/plain']] : [],
    variant: step(`synchronous bulk, ${refusal}`),
  });
  if (response.status >= 400 && response.status < 500) await expectNothing(session, userName);
};

export const refusedAtOnce = defineScenario({
  name: 'refused-at-once',
  title: 'makes asynchronous requests that are refused at once',
  eachBinding: true,
  inputs: ({ capabilities }, { binding }) => (binding === undefined && !capabilities.bulk ? [] : refusals),
  exercise: async (refusal, session) => {
    const userName = session.userName();
    const user = plainUser(userName);
    const body =
      refusal === 'cut short'
        ? JSON.stringify(user).slice(0, -1)
        : refusal === 'wrong attribute type'
          ? { ...user, name: 'not a complex value', active: ['not a boolean'] }
          : user;
    if (session.binding === undefined) {
      await refuseBulk(session, { userName, refusal, data: typeof body === 'string' ? user : body });
      return;
    }
    const submitted = await session.submit(
      asyncCreate(userName, {
        body: body as Record<string, unknown>,
        purpose: 'refusal',
        variant: step(`asynchronous, ${refusal}`),
        headers: refusal === 'content type' ? [[header.contentType, 'text/plain']] : [],
      }),
    );
    if (submitted.submission.accepted) {
      await session.settle(submitted);
      return;
    }
    const { response, request } = submitted.exchange;
    if (response.status < 400 || response.status > 499) return;
    const location = responseHeader(submitted.exchange, header.location);
    if (location !== undefined && URL.canParse(location, request.url)) {
      const url = new URL(location, request.url).href;
      await session.attempt({ method: 'GET', url, purpose: 'probe', variant: refusedAtOnceSteps.locationOfRefusal });
    }
    await expectNothing(session, userName);
  },
});
