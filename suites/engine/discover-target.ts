/** Learns everything about a target that reading can show, for a user who wants to describe it in a target file. */
import type { TargetFacts } from '../../schemas/types.js';
import { Session } from '../session/session.js';
import { requiredAttributes, type RequiredAttributes } from '../provider/required-attributes.js';
import { isObject, responseObject, type JsonObject } from '../trace/message.js';
import { meetTarget } from './meet-target.js';
import { openContext } from './open-context.js';
import { settingsOf, type RunOptions } from './run-options.js';

export interface DiscoveredTarget extends RequiredAttributes {
  /** The bindings are those that are advertised: only a create would show whether others are served. */
  readonly facts: TargetFacts;
}

/** All items of a discovery list (RFC 7644 §4); empty if it cannot be read. */
const listed = async (session: Session, url: string): Promise<JsonObject[]> => {
  const answer = await session.attempt({ method: 'GET', url, purpose: 'discover' });
  const resources = answer.response?.status === 200 ? responseObject(answer)?.Resources : undefined;
  return Array.isArray(resources) ? (resources as unknown[]).filter(isObject) : [];
};

/** Rejects with Unreachable if there is no SCIM provider, and with SelectionError in the same cases as a run. */
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
