/** Creates users in every way that the provider serves, and a group, while a webhook for new users is registered. */
import type { OperationResult } from '../../bindings/binding.js';
import { lastSegment } from '../../bindings/locations.js';
import { wordedUser } from '../../generators/worded.js';
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { asyncCreate } from '../../session/async-create.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { createGroup } from '../building-blocks/create-group.js';
import { createUser } from '../building-blocks/create-user.js';
import {
  awaitDeliveries,
  registerWebhook,
  removeWebhook,
  unreached,
  type RegisteredWebhook,
} from './webhook-blocks.js';

/** Milliseconds in which other deliveries may follow those that were waited for. */
const laterMs = 1000;

/** Creates users: one synchronously, one asynchronously, and two in a bulk request. Returns their names. */
const createUsers = async (session: Session, { address }: RegisteredWebhook): Promise<string[]> => {
  const word = session.word();
  const body = (userName: string): Record<string, unknown> => wordedUser(userName, word);
  const claimAll = ({ results }: { readonly results: readonly OperationResult[] }): void => {
    for (const { location } of results) if (location !== undefined) address.claim(lastSegment(location));
  };
  const first = await createUser(session, body);
  const id = responseObject(first.answer)?.id;
  if (typeof id === 'string') address.claim(id);
  const second = session.userName();
  claimAll(await session.complete(asyncCreate(second, { body: body(second) })));
  if (!session.facts.capabilities.bulk) return [first.userName, second];
  const others = [session.userName(), session.userName()];
  const bulk = await session.complete(
    bulkPlan(
      others.map((userName, index) => ({
        method: 'POST',
        path: '/Users',
        bulkId: `w${index}`,
        expected: 'success',
        userName,
        data: body(userName),
      })),
    ),
  );
  claimAll(bulk);
  return [first.userName, second, ...others];
};

const exercise = async (session: Session, registered: RegisteredWebhook): Promise<void> => {
  const names = await createUsers(session, registered);
  if (session.facts.capabilities.groups)
    // No event of the type that is registered.
    registered.address.claim(lastSegment((await createGroup(session, [])).path));
  const begun = session.elapsed;
  for (const about of names) {
    const within = Math.max(0, begun + session.deadlineMs - session.elapsed);
    await awaitDeliveries(session, registered, { about, count: 1, within });
  }
  if (registered.address.deliveries.length === 0) unreached();
  await session.pause(laterMs);
};

export const webhookDeliveries = defineScenario({
  name: 'webhook-deliveries',
  title: 'creates users while a webhook for new users is registered',
  needs: { binding: 'request-mode', feature: 'webhooks', delivery: 'webhook' },
  // Users that other exercises create would be delivered, too.
  alone: true,
  exercise: async (_input, session) => {
    const registered = await registerWebhook(session);
    try {
      await exercise(session, registered);
    } finally {
      await removeWebhook(session, registered);
      registered.address.close();
    }
  },
});
