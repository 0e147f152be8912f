/** After input that no client should send: whether the provider still answers what any client may ask. */
import type { Session } from '../../session/session.js';
import { step } from '../../trace/step.js';

export const lookAfterwardsSteps = {
  /** The request after all that was wrong. */
  afterwards: step('afterwards'),
};

/** Reads ServiceProviderConfig, whether it is answered or not. */
export const lookAfterwards = async (session: Session): Promise<void> => {
  const variant = lookAfterwardsSteps.afterwards;
  await session.attempt({ method: 'GET', url: '/ServiceProviderConfig', purpose: 'probe', variant });
};
