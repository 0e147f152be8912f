/** Answers the first tries of a delivery with 503 or not at all, and then accepts it. */
import { defineScenario } from '../../definitions/scenario.js';
import type { WebhookAnswer } from '../../session/observe/webhook-receiver.js';
import {
  awaitDeliveries,
  createNamed,
  registerWebhook,
  removeWebhook,
  unreached,
  webhookSteps,
} from './webhook-blocks.js';

/** Numbers of tries that fail, of two deliveries: the first shows the waits, the second is told apart from it. */
const failing = { first: 3, second: 1 };

const ways = { 'service unavailable': 503, 'no answer': 'none' } as const satisfies Record<string, WebhookAnswer>;

type Way = keyof typeof ways;

export const webhookRetries = defineScenario({
  name: 'webhook-retries',
  title: 'fails the first tries of deliveries to a webhook',
  needs: { binding: 'request-mode', feature: 'webhooks', delivery: 'webhook' },
  alone: true,
  inputs: () => Object.keys(ways) as Way[],
  exercise: async (way, session) => {
    const registered = await registerWebhook(session);
    const { address } = registered;
    let isInVain = false;
    try {
      const within = session.deadlineMs;
      for (const fails of [failing.first, failing.second]) {
        let tries = 0;
        const about = session.userName();
        address.answerBy((body) => {
          if (!body.includes(about)) return 200;
          tries += 1;
          return tries <= fails ? ways[way] : 200;
        });
        await createNamed(session, about);
        if (!(await awaitDeliveries(session, registered, { about, count: 1, within }))) unreached();
        if (await awaitDeliveries(session, registered, { about, count: fails + 1, within })) continue;
        isInVain = true;
        break;
      }
    } finally {
      await removeWebhook(session, registered, isInVain ? webhookSteps.removeAfterWaiting : webhookSteps.remove);
      address.close();
    }
  },
});
