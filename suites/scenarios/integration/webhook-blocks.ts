/** Registers webhooks for scenarios, and waits for what is delivered to them. */
import type { Exchange } from '../../../schemas/types.js';
import { resolveLocation } from '../../bindings/locations.js';
import { Blocked } from '../../errors/errors.js';
import { plainUser } from '../../generators/user.js';
import type { WebhookAddress } from '../../session/observe/webhook-receiver.js';
import type { Session } from '../../session/session.js';
import { responseHeader, responseObject } from '../../trace/message.js';
import { step, type Step } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

/** What is sent to the endpoints of webhooks. */
export const webhookSteps = {
  register: step('register'),
  /** GET of the Location of a registration. */
  read: step('read the registration'),
  /** GET of all registrations. */
  list: step('list the registrations'),
  /** A registration that lacks something, with a secret. */
  registerInvalid: step('register something invalid'),
  remove: step('remove'),
  /** The same, when the deadline passed before the delivery that was waited for came again. */
  removeAfterWaiting: step('remove after waiting in vain'),
};

/** The endpoint of the paper («Integration Patterns»), under the base URL. */
export const webhookPath = '/integration/webhook';

/** The event type of the paper: the only one that every provider has. */
export const userCreated = 'user.created';

/** The attributes of the paper's example. */
export const chosenAttributes = ['id', 'userName', 'active'] as const;

export interface RegisteredWebhook {
  readonly address: WebhookAddress;
  /** URL of the registration. */
  readonly url: string;
}

const refusals = [400, 403, 422];

/** Whether a provider that delivers only over TLS and into the public Internet would take this endpoint. */
export const isPublicEndpoint = (endpoint: string): boolean =>
  URL.canParse(endpoint) &&
  new URL(endpoint).protocol === 'https:' &&
  !/^(?:localhost|127\.|10\.|192\.168\.|\[)/.test(new URL(endpoint).hostname);

/** Whether a provider may have refused a registration because it does not deliver to such endpoints. */
export const mayRefuse = ({ request, response }: Answered): boolean =>
  refusals.includes(response.status) && !isPublicEndpoint(endpointIn(request.body));

const endpointIn = (body: string | undefined): string => /"endpoint":"([^"]*)"/.exec(body ?? '')?.[1] ?? '';

/** Registers a webhook for new users. Throws Blocked if the target does not register it. */
export const registerWebhook = async (session: Session): Promise<RegisteredWebhook> => {
  const address = session.webhookAddress();
  const body = {
    eventType: userCreated,
    endpoint: address.url,
    attributes: [...chosenAttributes],
    secret: address.secret,
  };
  const answer = await session.send({
    method: 'POST',
    url: webhookPath,
    purpose: 'webhook',
    variant: webhookSteps.register,
    body,
  });
  const location = responseHeader(answer, 'location');
  const id = responseObject(answer)?.id;
  const url =
    location === undefined
      ? typeof id === 'string'
        ? `${answer.request.url}/${encodeURIComponent(id)}`
        : undefined
      : resolveLocation(location, answer.request.url);
  if (answer.response.status >= 300 || url === undefined)
    throw new Blocked(
      'webhook-refused',
      `The registration of a webhook was answered ${answer.response.status}${url === undefined ? ' without a Location and an id' : ''}. A provider may deliver only to https URLs on the public Internet: give one that leads to the port of --webhook-port with --webhook-url.`,
    );
  return { address, url };
};

/** Removes a webhook. */
export const removeWebhook = async (
  session: Session,
  { url }: RegisteredWebhook,
  variant: Step = webhookSteps.remove,
): Promise<void> => {
  await session.attempt({ method: 'DELETE', url, purpose: 'webhook', variant });
};

const isAbout = ({ request }: Exchange, text: string): boolean => request.body?.includes(text) === true;

/** Creates the user of this name synchronously, so that a delivery can be told by the name before the answer comes. */
export const createNamed = async (session: Session, userName: string): Promise<void> => {
  const answer = await session.send({
    method: 'POST',
    url: '/Users',
    purpose: 'create',
    subject: userName,
    body: plainUser(userName),
  });
  if (answer.response.status !== 201)
    throw new Blocked(
      'not-created',
      `The scenario needs a user, but POST /Users was answered ${answer.response.status}.`,
    );
};

/** Waits until so many deliveries hold this text, or the time (in milliseconds) is over. Returns whether they came. */
export const awaitDeliveries = async (
  session: Session,
  { address }: RegisteredWebhook,
  { about, count, within }: { readonly about: string; readonly count: number; readonly within: number },
): Promise<boolean> => {
  const until = session.elapsed + within;
  const areThere = (): boolean => address.deliveries.filter((each) => isAbout(each, about)).length >= count;
  while (!areThere() && session.elapsed < until) await address.arrival(until - session.elapsed);
  return areThere();
};

/** Throws Blocked: nothing was delivered, and the reason may be the network. */
export const unreached = (): never => {
  throw new Blocked(
    'webhook-unreached',
    'Nothing was delivered to the webhook. Check that the provider reaches the URL that the suite registers (--webhook-url).',
  );
};
