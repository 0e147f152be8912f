/** Changes a user and a group some time after they were created, and reads them before and after each change. */
import { defineScenario } from '../../definitions/scenario.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { createGroup } from '../building-blocks/create-group.js';
import { createUser } from '../building-blocks/create-user.js';
import { patchBody } from '../building-blocks/patches.js';

/** Milliseconds before each change: longer than the second in which many providers keep times. */
const apartMs = 1500;

interface Subject {
  readonly path: string;
  readonly replaced: Record<string, unknown>;
  readonly patched: Record<string, unknown>;
}

const userSubject = async (session: Session): Promise<Subject> => {
  const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
  return { path, replaced: wordedUser(userName, session.word()), patched: wordPatch(session.word()) };
};

/** Its members stay as they are: a provider may keep them apart from the group. */
const groupSubject = async (session: Session): Promise<Subject> => {
  const { path } = await createGroup(session, []);
  const patched = patchBody([{ op: 'replace', path: 'displayName', value: session.groupName() }]);
  return { path, replaced: plainGroup(session.groupName()), patched };
};

const kinds = { user: userSubject, group: groupSubject } as const;

export const modificationTimes = defineScenario({
  name: 'modification-times',
  title: 'changes a user and a group some time after they were created',
  inputs: ({ capabilities: { groups } }) => (groups ? (['user', 'group'] as const) : (['user'] as const)),
  exercise: async (kind, session) => {
    const { path, replaced, patched } = await kinds[kind](session);
    const about = { url: path, subject: path } as const;
    const read = () => session.send({ method: 'GET', purpose: 'read', ...about });
    await session.pause(apartMs);
    await read();
    await session.send({ method: 'PUT', purpose: 'replace', body: replaced, ...about });
    await read();
    if (!session.facts.capabilities.patch) return;
    await session.pause(apartMs);
    await read();
    await session.send({ method: 'PATCH', purpose: 'patch', body: patched, ...about });
    await read();
  },
});
