/** Learns everything about a target that reading can show, for a user who wants to describe it in a target file. */
import type { TargetFacts } from '../../schemas/types.js';
import { Session } from '../session/session.js';
import type { RequiredAttributes } from '../provider/required-attributes.js';
import { describedRequirements } from './learn-templates.js';
import { meetTarget } from './meet-target.js';
import { openContext } from './open-context.js';
import { settingsOf, type RunOptions } from './run-options.js';

export interface DiscoveredTarget extends RequiredAttributes {
  /** The bindings are those that are advertised: only a create would show whether others are served. */
  readonly facts: TargetFacts;
}

/** Rejects with Unreachable if there is no SCIM provider, and with SelectionError in the same cases as a run. */
export const discoverTarget = async (options: RunOptions): Promise<DiscoveredTarget> => {
  const settings = { ...settingsOf(options), readOnly: true };
  const context = openContext(options, settings, '00000000');
  try {
    const { facts } = await meetTarget(context, { ...settings, jwks: options.jwks });
    const session = new Session({ ...context, facts }, undefined);
    return { facts, ...(await describedRequirements(session)) };
  } finally {
    await context.transport.close();
  }
};
