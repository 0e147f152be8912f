/** Each change of a user or group causes a provisioning event (RFC 9967 §2.4), so the EVT scenarios make every kind of change. */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { plainGroup, wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { createGroup } from '../building-blocks/create-group.js';
import { createUser } from '../building-blocks/create-user.js';

/**
 * Creates, replaces, patches, deactivates and deletes a user synchronously, and creates and replaces a group. Throws Blocked
 * if a create fails.
 */
export const makeEveryChange = async (session: Session): Promise<void> => {
  const { userName, url } = await createUser(session);
  const about = { url, subject: userName } as const;
  await session.attempt({ ...about, method: 'PUT', purpose: 'replace', body: plainUser(userName) });
  if (session.facts.capabilities.patch) {
    await session.attempt({ ...about, method: 'PATCH', purpose: 'patch', body: wordPatch(session.word()) });
    const body = { schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'active', value: false }] };
    await session.attempt({ ...about, method: 'PATCH', purpose: 'patch', body });
  }
  await session.attempt({ ...about, method: 'DELETE', purpose: 'delete' });
  if (!session.facts.capabilities.groups) return;
  const group = await createGroup(session, []);
  const body = plainGroup(session.groupName());
  await session.attempt({ method: 'PUT', url: group.path, purpose: 'replace', subject: group.name, body });
};
