/**
 * Reads a user or a group continuously while many asynchronous writes of it are processed, because a read may show half of a
 * write.
 */
import { urn } from '../../../schemas/names.js';
import type { SubmittedOperation } from '../../../schemas/types.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { createGroup, createMember } from '../building-blocks/create-group.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';
import { watchResource } from '../building-blocks/watch-resource.js';
import { readBack } from '../building-blocks/look-again.js';

/** The largest numbers of writes in one request and of reads. */
const most = { writes: 16, reads: 120 };

/** Milliseconds between reads, so that they spread over the processing. */
const pauseMs = 3;

export const readWhileProcessingSteps = { during: step('while processing') };

/** What is written and read, and the bodies of the writes. */
interface Written {
  readonly method: 'PUT' | 'PATCH';
  readonly path: string;
  readonly name: string;
  readonly bodies: readonly unknown[];
}

const userOf = async (session: Session, method: 'PUT' | 'PATCH', writes: number): Promise<Written> => {
  const { userName: name, path } = await createUser(session, (userName) => wordedUser(userName, session.word()));
  const bodies = Array.from({ length: writes }, () =>
    method === 'PUT' ? wordedUser(name, session.word()) : wordPatch(session.word()),
  );
  return { method, path, name, bodies };
};

/** One member stays, and another one changes with each write. */
const groupOf = async (session: Session, writes: number): Promise<Written> => {
  const members = [];
  for (let count = 0; count < 3; count += 1) members.push(await createMember(session));
  const [stays = '', ...others] = members.map(({ id }) => id);
  const { name, path } = await createGroup(session, [stays, ...others.slice(0, 1)]);
  const bodies = Array.from({ length: writes }, (_, place) =>
    plainGroup(name, [stays, others[(place + 1) % others.length] ?? stays]),
  );
  return { method: 'PUT', path, name, bodies };
};

const watchWrites = async (session: Session, { method, path, name: subject, bodies }: Written): Promise<void> => {
  const operation: SubmittedOperation = { method, path, expected: 'success' };
  const submitted = await session.submit({
    subject,
    ...(session.facts.capabilities.bulk
      ? {
          method: 'POST',
          url: '/Bulk',
          shape: 'bulk',
          body: { schemas: [urn.bulkRequest], Operations: bodies.map((data) => ({ method, path, data })) },
          operations: bodies.map(() => operation),
        }
      : { method, url: path, body: bodies[0], operations: [operation] }),
  });
  if (!submitted.submission.accepted) return;
  const over = new AbortController();
  const settling = session.settleWhenDone(submitted).finally(() => over.abort());
  // A rejection is handled below.
  settling.catch(() => undefined);
  const variant = readWhileProcessingSteps.during;
  await watchResource(session, path, { variant, most: most.reads, pauseMs, over: over.signal });
  await settling;
  await readBack(session, path);
};

export const readWhileProcessing = defineScenario({
  name: 'read-while-processing',
  title: 'reads a user or a group while many writes of it are processed',
  needs: { binding: 'any' },
  // If other requests were in the queue before it, all reads would end before it is processed.
  alone: true,
  // Both bindings make writes visible in the same way, so one of them is enough.
  inputs: ({ capabilities: { patch, groups } }, { isFirst }) =>
    (isFirst ? ['PUT', ...(patch ? ['PATCH'] : []), ...(groups ? ['group'] : [])] : []) as (
      'PUT' | 'PATCH' | 'group'
    )[],
  exercise: async (kind, session) => {
    const { bulkRoom = most.writes, capabilities } = session.facts;
    const writes = capabilities.bulk ? Math.min(most.writes, bulkRoom) : 1;
    await watchWrites(session, await (kind === 'group' ? groupOf(session, writes) : userOf(session, kind, writes)));
  },
});
