/**
 * The first exchanges of a run: they show whether the target is a SCIM provider and accepts the credential, what it
 * advertises, and which bindings it serves.
 */
import type { BindingName } from '../contract/binding-name.js';
import type { TargetFacts } from '../../schemas/types.js';
import { plainGroup } from '../generators/worded.js';
import { EventPoller, eventPollHeaders, maxEvents } from '../session/observe/event-poller.js';
import { setsIn } from '../security-events/security-event-token.js';
import { createSender } from '../session/pipeline/pipeline.js';
import { templateBytes } from '../session/pipeline/resource-templates.js';
import { isOfRun, type RunContext } from '../session/run-context.js';
import { Session } from '../session/session.js';
import { preflight, readConfig, secondPreflight } from '../provider/discover.js';
import { servedBindings } from '../provider/served-bindings.js';
import { responseObject } from '../trace/message.js';
import { findBindings, type BindingWishes, type FoundBindings } from './find-bindings.js';
import { findSigningKeys, type KeySource } from './find-signing-keys.js';
import { fetchFirstTokens } from './fetch-first-tokens.js';
import { learnPreconditions } from './learn-preconditions.js';
import { learnTemplates } from './learn-templates.js';
import type { ResourceTemplates } from '../provider/target.js';
import { SelectionError } from '../errors/errors.js';
import type { Scope } from './scope.js';

export interface Meeting {
  readonly facts: TargetFacts;
  /** The binding for exercises that name none; undefined if the target serves none. */
  readonly binding: BindingName | undefined;
  /** Whether the target may serve a binding that was not found. */
  readonly isUnsure: boolean;
  /** Attributes that the target demands, from the user or learnt. */
  readonly resources: ResourceTemplates | undefined;
}

export interface MeetingWishes extends BindingWishes {
  /** `sync`: no binding is looked for. */
  readonly scope?: Scope;
  /** Optional features that the target has according to the user. */
  readonly features?: readonly string[];
  /** The source of the keys; if undefined, the metadata of the provider. */
  readonly jwks: KeySource | undefined;
}

/**
 * Rejects with Unreachable if there is nothing to test, and with SelectionError if the user has to change the options. At
 * this time `context.facts` holds only the base URL and the credentials.
 */
export const meetTarget = async (context: RunContext, wishes: MeetingWishes): Promise<Meeting> => {
  await fetchFirstTokens(context);
  const session = new Session(context, undefined);
  const config = await session.attempt({ method: 'GET', url: '/ServiceProviderConfig', purpose: 'discover' });
  const users = await session.attempt({ method: 'GET', url: '/Users?count=1', purpose: 'probe' });
  preflight(config, users, context.facts);
  if (context.facts.authenticated && users.response?.status === 200) context.admission.accept('primary');
  if (context.facts.secondCredential) {
    const seconds = await session.attempt({
      method: 'GET',
      url: '/Users?count=1',
      purpose: 'probe',
      credential: 'second',
    });
    secondPreflight(seconds, context.facts);
    if (seconds.response?.status === 200) context.admission.accept('second');
  }
  if (context.events.pollUrl !== undefined) await demandRoom(session, context.events.pollUrl);
  const learned = await learnTemplates(context);
  const groups = await session.attempt({ method: 'GET', url: '/Groups?count=1', purpose: 'probe' });
  // No scenario can use groups that can be read but not created.
  const createdGroup =
    groups.response?.status === 200 && !context.readOnly
      ? await new Session(learned, undefined).attempt({
          method: 'POST',
          url: '/Groups',
          purpose: 'probe',
          body: plainGroup(session.groupName()),
        })
      : undefined;
  const capabilities = {
    ...context.facts.capabilities,
    groups: context.readOnly ? groups.response?.status === 200 : createdGroup?.response?.status === 201,
  };
  const deliveries = deliveriesOf(context);
  const given = readConfig(config, { ...learned.facts, capabilities }, templateBytes(learned.target.resources));
  const features = [...new Set([...given.features, ...(wishes.features ?? [])])];
  const known: RunContext = {
    ...learned,
    facts: { ...given, features, ...(deliveries.length === 0 ? {} : { deliveries }) },
  };
  startPolling(known);
  const { facts: found, isUnsure } =
    wishes.scope === 'sync' ? withoutBindings(known.facts) : await findBindings(known, wishes);
  const [binding] = servedBindings(found);
  if (binding !== undefined) await learnPreconditions({ ...known, facts: found });
  const facts = servedBindings(found).includes('respond-async')
    ? await withKeys({ ...known, facts: found }, wishes)
    : found;
  return { facts, binding, isUnsure, resources: learned.target.resources };
};

/** How tokens and webhooks can reach the suite. */
const deliveriesOf = ({ events }: RunContext): NonNullable<TargetFacts['deliveries']> => [
  ...(events.pollUrl === undefined ? [] : ['poll' as const]),
  ...(events.receiver === undefined ? [] : ['push' as const]),
  ...(events.webhooks === undefined ? [] : ['webhook' as const]),
];

const withoutBindings = (facts: TargetFacts): FoundBindings => ({
  facts: { ...facts, bindings: {}, bindingNote: 'asynchronous bindings were not looked for (--scope sync)' },
  isUnsure: false,
});

/**
 * The suite does not acknowledge tokens for other receivers, so these come again with every poll. If they fill a whole
 * answer, the tokens of this run would never be seen. Throws SelectionError.
 */
const demandRoom = async (session: Session, url: string): Promise<void> => {
  const body = { returnImmediately: true, maxEvents };
  const answer = await session.attempt({ method: 'POST', url, purpose: 'event-poll', headers: eventPollHeaders, body });
  const found = responseObject(answer);
  if (answer.response?.status !== 200 || found?.moreAvailable !== true) return;
  const count = setsIn(found).length;
  throw new SelectionError(
    'event-stream-full',
    `--set-poll ${url} holds more security event tokens for other receivers than fit into one answer (${count}, and more are available). The suite does not acknowledge them, so the tokens of this run would never come: give the suite its own stream, or empty this one.`,
  );
};

/** Creates the poller if there is a poll URL: it polls whenever a session waits for a token. */
const startPolling = (context: RunContext): void => {
  const { events, clock } = context;
  if (events.pollUrl === undefined) return;
  events.poller = new EventPoller({
    url: events.pollUrl,
    send: createSender(context, { record: (exchange) => ({ ...exchange, n: 0 }), remember: () => undefined }),
    inbox: events.inbox,
    isOfRun: (token) => isOfRun(context, token),
    clock,
    bodies: context.bodies,
  });
};

const withKeys = async (context: RunContext, { jwks }: MeetingWishes): Promise<TargetFacts> => {
  const { check, from, why } = await findSigningKeys(context, jwks);
  context.events.checkBy(check);
  return {
    ...context.facts,
    ...(from === undefined ? {} : { signingKeys: from }),
    ...(why === undefined ? {} : { noSigningKeys: why }),
  };
};
