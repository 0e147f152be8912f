/** Sends PATCH requests one after the other to a new resource, and reads it before and after each of them. */
import { Blocked } from '../../errors/errors.js';
import { filledIn, patchableUsers, type PatchSequence, type SentPatch } from '../../generators/patch-sequence.js';
import { plainGroup } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { urn } from '../../../schemas/names.js';
import { createGroup } from './create-group.js';
import { createRichUser } from './create-rich-user.js';

interface Subject {
  readonly name: string;
  /** Relative to the base URL. */
  readonly path: string;
}

const created = async (session: Session, of: PatchSequence['of']): Promise<Subject> => {
  if (of === 'User') {
    const { userName, path } = await createRichUser(session, patchableUsers);
    return { name: userName, path };
  }
  return createGroup(session, [], (name) => ({ ...plainGroup(name), externalId: `ext-${name}` }));
};

const sent = async (session: Session, { name, path }: Subject, patch: SentPatch): Promise<void> => {
  const { operations, asksForAttributes = false } = patch;
  await session.send({
    method: 'PATCH',
    url: asksForAttributes ? `${path}?attributes=userName` : path,
    purpose: 'patch',
    subject: name,
    body: { schemas: [urn.patchOp], Operations: filledIn(operations, name) },
  });
};

/** Throws Blocked if there is no such resource, or it is gone. */
export const sendPatches = async (session: Session, { of, patches }: PatchSequence): Promise<void> => {
  const subject = await created(session, of);
  const { name, path: url } = subject;
  const read = async (): Promise<void> => {
    const { response } = await session.send({ method: 'GET', url, purpose: 'read', subject: name });
    if (response.status !== 200)
      throw new Blocked('not-created', `The scenario needs ${url}, but a read of it was answered ${response.status}.`);
  };
  await read();
  for (const patch of patches) {
    await sent(session, subject, patch);
    await read();
  }
};
