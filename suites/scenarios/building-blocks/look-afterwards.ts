/** After input that no client should send, a usual request shows whether the provider still works. */
import type { Session } from '../../session/session.js';
import { step } from '../../trace/step.js';

export const lookAfterwardsSteps = {
  /** The usual request after the wrong ones. */
  afterwards: step('afterwards'),
};

/** Reads ServiceProviderConfig; does not throw if there is no answer. */
export const lookAfterwards = async (session: Session): Promise<void> => {
  const variant = lookAfterwardsSteps.afterwards;
  await session.attempt({ method: 'GET', url: '/ServiceProviderConfig', purpose: 'probe', variant });
};
