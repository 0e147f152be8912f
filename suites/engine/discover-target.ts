/** What can be learnt of a target without writing anything to it, for who is about to describe it in a file. */
import type { TargetFacts } from '../../schemas/types.js';
import { Session } from '../session/session.js';
import { requiredAttributes, type RequiredAttributes } from '../provider/required-attributes.js';
import { isObject, responseObject, type JsonObject } from '../trace/message.js';
import { meetTarget } from './meet-target.js';
import { openContext } from './open-context.js';
import { settingsOf, type RunOptions } from './run-options.js';

export interface DiscoveredTarget extends RequiredAttributes {
  /** Bindings are those that are advertised: whether others are served, only a create would show. */
  readonly facts: TargetFacts;
}

/** Everything in a list of discovery (RFC 7644 §4); nothing where it cannot be read. */
const listed = async (session: Session, url: string): Promise<JsonObject[]> => {
  const answer = await session.attempt({ method: 'GET', url, purpose: 'discover' });
  const resources = answer.response?.status === 200 ? responseObject(answer)?.Resources : undefined;
  return Array.isArray(resources) ? (resources as unknown[]).filter(isObject) : [];
};

/** Rejects with Unreachable where there is no SCIM provider, and with SelectionError as a run does. */
export const discoverTarget = async (options: RunOptions): Promise<DiscoveredTarget> => {
  const settings = { ...settingsOf(options), readOnly: true };
  const context = openContext(options, settings, '00000000');
  try {
    const { facts } = await meetTarget(context, { ...settings, jwks: options.jwks });
    const session = new Session({ ...context, facts }, undefined);
    const types = await listed(session, '/ResourceTypes');
    const schemas = await listed(session, '/Schemas');
    return { facts, ...requiredAttributes(types, schemas) };
  } finally {
    await context.transport.close();
  }
};
