/** Registers a webhook, and looks at it in every way that shows a secret if the provider does not hide it. */
import { defineScenario } from '../../definitions/scenario.js';
import { registerWebhook, removeWebhook, userCreated, webhookPath, webhookSteps } from './webhook-blocks.js';

export const webhookRegistration = defineScenario({
  name: 'webhook-registration',
  title: 'registers a webhook, reads it, and sends invalid registrations',
  needs: { binding: 'request-mode', feature: 'webhooks', delivery: 'webhook' },
  exercise: async (_input, session) => {
    const registered = await registerWebhook(session);
    const { address, url } = registered;
    const about = { purpose: 'webhook' } as const;
    try {
      await session.attempt({ method: 'GET', url, ...about, variant: webhookSteps.read });
      await session.attempt({ method: 'GET', url: webhookPath, ...about, variant: webhookSteps.list });
      const { secret } = address;
      const invalid = [
        { eventType: userCreated, secret },
        { eventType: userCreated, endpoint: 'no URL', attributes: ['id'], secret },
        { eventType: userCreated, endpoint: address.url, attributes: ['id'], secret: { value: secret } },
      ];
      for (const body of invalid)
        await session.attempt({
          method: 'POST',
          url: webhookPath,
          ...about,
          variant: webhookSteps.registerInvalid,
          isUnusual: true,
          body,
        });
    } finally {
      await removeWebhook(session, registered);
      address.close();
    }
  },
});
