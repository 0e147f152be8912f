/** Gives an exercise an address for a webhook, if the suite can receive deliveries at all. */
import type { Exchange } from '../../../schemas/types.js';
import { Blocked } from '../../errors/errors.js';
import type { RunContext } from '../run-context.js';
import type { WebhookAddress } from './webhook-receiver.js';

export type { WebhookAddress } from './webhook-receiver.js';

/** Throws Blocked if the suite takes no deliveries. */
export const openWebhookAddress = (
  { events, signal }: RunContext,
  name: string,
  record: (exchange: Omit<Exchange, 'n'>) => Exchange,
): WebhookAddress => {
  if (events.webhooks === undefined)
    throw new Blocked('webhook-refused', 'The suite takes no deliveries to webhooks (--webhook-port).');
  return events.webhooks.addressFor(name, record, signal);
};
