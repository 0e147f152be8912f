/** The first exchanges of a run: is it a SCIM provider, does it let us in, what does it advertise, what does it serve? */
import type { BindingName } from '../catalogue/requirement.js';
import type { Binding } from '../bindings/binding.js';
import { requestModeBinding } from '../bindings/request-mode.js';
import type { TargetFacts } from '../../schemas/types.js';
import { plainGroup } from '../generators/worded.js';
import { asyncCreate } from '../scenarios/request-mode/async-user.js';
import type { RunContext } from '../session/run-context.js';
import { Blocked, Session } from '../session/session.js';
import { preflight, readConfig } from '../target/discover.js';

export interface Meeting {
  readonly facts: TargetFacts;
  /** The binding that scenarios run over; undefined where the target serves none. */
  readonly binding: Binding | undefined;
}

/** Whether the target answers 202 to an asynchronous create, and what it answered. */
const probe = async (context: RunContext): Promise<{ served: boolean; note: string }> => {
  const session = new Session(context, requestModeBinding);
  try {
    const submitted = await session.submit(asyncCreate(session.userName(), { purpose: 'probe' }));
    if (submitted.submission.accepted) await session.settle(submitted);
    const { status } = submitted.exchange.response;
    return {
      served: submitted.submission.accepted,
      note: `POST /Users with X-SCIM-Request-Mode: asynchronous was answered ${status}`,
    };
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    return { served: false, note: error.message };
  }
};

/** Throws Unreachable where there is nothing to test. `context.facts` holds only the base URL and the credentials yet. */
export const meetTarget = async (context: RunContext): Promise<Meeting> => {
  const session = new Session(context, undefined);
  const config = await session.attempt({ method: 'GET', url: '/ServiceProviderConfig', purpose: 'discover' });
  const users = await session.attempt({ method: 'GET', url: '/Users?count=1', purpose: 'probe' });
  preflight(config, users, context.facts.authenticated);
  const groups = await session.attempt({ method: 'GET', url: '/Groups?count=1', purpose: 'probe' });
  // Groups that can be read and not made are of no use to any scenario.
  const made =
    groups.response?.status === 200
      ? await session.attempt({
          method: 'POST',
          url: '/Groups',
          purpose: 'probe',
          body: plainGroup(session.groupName()),
        })
      : undefined;
  const capabilities = { ...context.facts.capabilities, groups: made?.response?.status === 201 };
  const facts = readConfig(config, { ...context.facts, capabilities });
  const { served, note } = await probe({ ...context, facts });
  if (facts.bindings['request-mode'] !== undefined) {
    return { facts: { ...facts, bindingNote: `${facts.bindingNote}, and ${note}` }, binding: requestModeBinding };
  }
  const found: Partial<Record<BindingName, 'probed'>> = served ? { 'request-mode': 'probed' } : {};
  return {
    facts: { ...facts, bindings: found, bindingNote: `${facts.bindingNote}, and ${note}` },
    binding: served ? requestModeBinding : undefined,
  };
};
