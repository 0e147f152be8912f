/** The first exchanges of a run: is it a SCIM provider, does it let us in, what does it advertise, what does it serve? */
import type { BindingName } from '../contract/binding-name.js';
import type { TargetFacts } from '../../schemas/types.js';
import { plainGroup } from '../generators/worded.js';
import { EventPoller, eventPollHeaders, maxEvents } from '../session/observe/event-poller.js';
import { setsIn } from '../security-events/security-event-token.js';
import { createSender } from '../session/pipeline/pipeline.js';
import { templateBytes } from '../session/pipeline/resource-templates.js';
import { isOurs, type RunContext } from '../session/run-context.js';
import { Session } from '../session/session.js';
import { preflight, readConfig, secondPreflight } from '../provider/discover.js';
import { servedBindings } from '../provider/served-bindings.js';
import { responseObject } from '../trace/message.js';
import { findBindings, type BindingWishes } from './find-bindings.js';
import { findSigningKeys, type KeySource } from './find-signing-keys.js';
import { letIn } from './let-in.js';
import { SelectionError } from '../errors/errors.js';

export interface Meeting {
  readonly facts: TargetFacts;
  /** The binding of what is about none in particular; undefined where the target serves none. */
  readonly binding: BindingName | undefined;
}

export interface MeetingWishes extends BindingWishes {
  /** Optional features that the target has, as the user says. */
  readonly features?: readonly string[];
  /** Where the keys come from; undefined: the provider's metadata. */
  readonly jwks: KeySource | undefined;
}

/** Throws Unreachable where there is nothing to test, and SelectionError where the user has to say something else. `context.facts` holds only the base URL and the credentials yet. */
export const meetTarget = async (context: RunContext, wishes: MeetingWishes): Promise<Meeting> => {
  await letIn(context);
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
    secondPreflight(seconds);
    if (seconds.response?.status === 200) context.admission.accept('second');
  }
  if (context.events.pollUrl !== undefined) await demandRoom(session, context.events.pollUrl);
  const groups = await session.attempt({ method: 'GET', url: '/Groups?count=1', purpose: 'probe' });
  // Groups that can be read and not made are of no use to any scenario.
  const made =
    groups.response?.status === 200 && !context.readOnly
      ? await session.attempt({
          method: 'POST',
          url: '/Groups',
          purpose: 'probe',
          body: plainGroup(session.groupName()),
        })
      : undefined;
  const capabilities = {
    ...context.facts.capabilities,
    groups: context.readOnly ? groups.response?.status === 200 : made?.response?.status === 201,
  };
  const { events } = context;
  const deliveries = [
    ...(events.pollUrl === undefined ? [] : ['poll' as const]),
    ...(events.receiver === undefined ? [] : ['push' as const]),
  ];
  const given = readConfig(config, { ...context.facts, capabilities }, templateBytes(context.target.resources));
  const features = [...new Set([...given.features, ...(wishes.features ?? [])])];
  const known: RunContext = {
    ...context,
    facts: { ...given, features, ...(deliveries.length === 0 ? {} : { deliveries }) },
  };
  startPolling(known);
  const found = await findBindings(known, wishes);
  const [binding] = servedBindings(found);
  const facts = servedBindings(found).includes('respond-async')
    ? await withKeys({ ...known, facts: found }, wishes)
    : found;
  return { facts, binding };
};

/**
 * What is not ours is not acknowledged, so that it comes again with every poll: where it fills an answer, nothing that
 * this run asks for would ever be seen. Throws SelectionError.
 */
const demandRoom = async (session: Session, url: string): Promise<void> => {
  const body = { returnImmediately: true, maxEvents };
  const answer = await session.attempt({ method: 'POST', url, purpose: 'event-poll', headers: eventPollHeaders, body });
  const found = responseObject(answer);
  if (answer.response?.status !== 200 || found?.moreAvailable !== true) return;
  const count = setsIn(found).length;
  throw new SelectionError(
    'event-stream-full',
    `--set-poll ${url} holds more security event tokens of others than one answer takes (${count}, and more are available). The suite acknowledges none of them, so that those of this run would never come: give it a stream of its own, or take off what is in this one.`,
  );
};

/** Where SETs can be polled, they are from now on, whenever somebody waits for one. */
const startPolling = (context: RunContext): void => {
  const { events, clock } = context;
  if (events.pollUrl === undefined) return;
  events.poller = new EventPoller({
    url: events.pollUrl,
    send: createSender(context, { record: (exchange) => ({ ...exchange, n: 0 }), remember: () => undefined }),
    inbox: events.inbox,
    isOurs: (token) => isOurs(context, token),
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
