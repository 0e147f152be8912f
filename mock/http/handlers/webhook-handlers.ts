/** Handlers for the registration of webhooks (profile HOOK). No answer holds a secret. */
import { header, urn } from '../../../schemas/names.js';
import { validate } from '../../../schemas/validators.js';
import { whyRefused } from '../../integration/webhooks/endpoint-guard.js';
import { eventTypes, type EventType, type Hook } from '../../hook.js';
import type { Json } from '../../json.js';
import { Problem } from '../../problem.js';
import { emptyAnswer, scimAnswer, type Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';

/** Largest number of webhooks of one client. */
const most = 100;

const uncached = { [header.cacheControl]: 'no-store' };

const urlOf = ({ id }: Hook, baseUrl: string): string => `${baseUrl}/integration/webhook/${id}`;

const view = (hook: Hook, baseUrl: string): Json => ({
  id: hook.id,
  eventType: hook.eventType,
  endpoint: hook.endpoint,
  attributes: [...hook.attributes],
  meta: {
    resourceType: 'Webhook',
    created: new Date(hook.created).toISOString(),
    lastModified: new Date(hook.created).toISOString(),
    location: urlOf(hook, baseUrl),
  },
});

const isEventType = (text: string): text is EventType => eventTypes.some((each) => each === text);

/** Rejects with a Problem of 400 if the registration is not valid, or of 409 if the client has too many webhooks. */
export const registerWebhook = async (
  body: unknown,
  client: string,
  { ports, clock, guard, newId, baseUrl }: HandlerContext,
): Promise<Answer> => {
  const validation = validate('async/webhook-registration', body);
  if (!validation.valid) {
    const [first] = validation.violations;
    throw new Problem(400, `Not a valid webhook: ${first?.path ?? ''} ${first?.message ?? ''}.`, 'invalidValue');
  }
  const { eventType, endpoint, attributes = ['id'], secret } = validation.value;
  if (!isEventType(eventType)) throw new Problem(400, `eventType is one of ${eventTypes.join(', ')}.`, 'invalidValue');
  const refusal = whyRefused(endpoint, guard);
  if (refusal !== undefined) throw new Problem(400, refusal, 'invalidValue');
  if ((await ports.hooks.list(client)).length >= most) throw new Problem(409, `A client has at most ${most} webhooks.`);
  const hook: Hook = { id: newId(), client, eventType, endpoint, attributes, secret, created: clock.now() };
  await ports.hooks.add(hook);
  return scimAnswer(201, view(hook, baseUrl), { ...uncached, [header.location]: urlOf(hook, baseUrl) });
};

/** Rejects with a Problem of 404 if this client has no such webhook. */
const demandOwn = async (id: string, client: string, { ports }: HandlerContext): Promise<Hook> => {
  const hook = await ports.hooks.find(id);
  if (hook?.client !== client) throw new Problem(404, 'There is no webhook of this id.');
  return hook;
};

export const answerWebhook = async (id: string, client: string, context: HandlerContext): Promise<Answer> =>
  scimAnswer(200, view(await demandOwn(id, client, context), context.baseUrl), uncached);

export const answerWebhooks = async (client: string, { ports, baseUrl }: HandlerContext): Promise<Answer> => {
  const hooks = await ports.hooks.list(client);
  const body = {
    schemas: [urn.listResponse],
    totalResults: hooks.length,
    startIndex: 1,
    itemsPerPage: hooks.length,
    Resources: hooks.map((hook) => view(hook, baseUrl)),
  };
  return scimAnswer(200, body, uncached);
};

export const answerWebhookRemoval = async (id: string, client: string, context: HandlerContext): Promise<Answer> => {
  await demandOwn(id, client, context);
  await context.seams.removeHook(id, context.ports.hooks);
  return emptyAnswer(204);
};
