/** The user or group whose tags are watched, with bodies that change it: each body has values that it never had before. */
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { createGroup, createMember } from '../building-blocks/create-group.js';
import { createUser } from '../building-blocks/create-user.js';
import { patchBody } from '../building-blocks/patches.js';

export type SubjectKind = 'user' | 'group';

export interface Subject {
  readonly path: string;
  readonly replaced: () => Record<string, unknown>;
  readonly patched: () => Record<string, unknown>;
  /** A PATCH that adds a member; undefined if it cannot have members. */
  readonly withMember?: () => Record<string, unknown>;
}

export const bodyFor = ({ replaced, patched }: Subject, method: 'PUT' | 'PATCH'): Record<string, unknown> =>
  method === 'PUT' ? replaced() : patched();

/** The methods that change a resource. */
export const writtenBy = ({ facts }: Session): readonly ('PUT' | 'PATCH')[] =>
  facts.capabilities.patch ? ['PUT', 'PATCH'] : ['PUT'];

/** Throws Blocked if it cannot be created. */
export const subjectOf = async (session: Session, of: SubjectKind): Promise<Subject> => {
  if (of === 'user') {
    const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
    return {
      path,
      replaced: () => wordedUser(userName, session.word()),
      patched: () => wordPatch(session.word()),
    };
  }
  const { path } = await createGroup(session, []);
  const subject: Subject = {
    path,
    replaced: () => plainGroup(session.groupName()),
    patched: () => patchBody([{ op: 'replace', path: 'displayName', value: session.groupName() }]),
  };
  if (!session.facts.capabilities.patch) return subject;
  const { id } = await createMember(session);
  return { ...subject, withMember: () => patchBody([{ op: 'add', path: 'members', value: [{ value: id }] }]) };
};
