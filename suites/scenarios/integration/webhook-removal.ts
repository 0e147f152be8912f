/** Removes a webhook while a delivery to it is being repeated, and creates another user afterwards. */
import { defineScenario } from '../../definitions/scenario.js';
import { awaitDeliveries, createNamed, registerWebhook, removeWebhook, unreached } from './webhook-blocks.js';

/**
 * In milliseconds: how long to wait for a second try, so that the time between tries is known, and how long to look for
 * deliveries after the removal: so many times the time between the tries, but within these limits.
 */
const patience = { secondTry: 15_000, times: 4, least: 2000, longest: 30_000 };

export const webhookRemoval = defineScenario({
  name: 'webhook-removal',
  title: 'removes a webhook, and looks for deliveries to it afterwards',
  needs: { binding: 'request-mode', feature: 'webhooks', delivery: 'webhook' },
  alone: true,
  exercise: async (_input, session) => {
    const registered = await registerWebhook(session);
    const { address } = registered;
    let isRemoved = false;
    try {
      const within = session.deadlineMs;
      const [first, about, last] = [session.userName(), session.userName(), session.userName()];
      address.answerBy((body) => (body.includes(about) ? 503 : 200));
      await createNamed(session, first);
      if (!(await awaitDeliveries(session, registered, { about: first, count: 1, within }))) unreached();
      await createNamed(session, about);
      await awaitDeliveries(session, registered, { about, count: 1, within });
      const tried = session.elapsed;
      await awaitDeliveries(session, registered, { about, count: 2, within: Math.min(within, patience.secondTry) });
      const gap = session.elapsed - tried;
      isRemoved = true;
      await removeWebhook(session, registered);
      await createNamed(session, last);
      await session.pause(Math.min(Math.max(gap * patience.times, patience.least), patience.longest));
    } finally {
      if (!isRemoved) await removeWebhook(session, registered);
      address.close();
    }
  },
});
