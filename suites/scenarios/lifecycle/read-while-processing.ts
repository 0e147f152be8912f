/** Reads a user continuously while many asynchronous writes of it are processed, because a read may show half of a write. */
import { urn } from '../../../schemas/names.js';
import type { SubmittedOperation } from '../../../schemas/types.js';
import { wordedUser, wordPatch } from '../../generators/worded.js';
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

export const readWhileProcessing = defineScenario({
  name: 'read-while-processing',
  title: 'reads a user while many writes of it are processed',
  needs: { binding: 'any' },
  // If other requests were in the queue before it, all reads would end before it is processed.
  alone: true,
  // Both bindings make writes visible in the same way, so one of them is enough.
  inputs: ({ capabilities }, { isFirst }) =>
    (isFirst ? ['PUT', ...(capabilities.patch ? ['PATCH'] : [])] : []) as ('PUT' | 'PATCH')[],
  exercise: async (method, session) => {
    const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
    const { bulk } = session.facts.capabilities;
    const writes = Math.min(most.writes, bulk ? (session.facts.bulkRoom ?? most.writes) : 1);
    const bodies = Array.from({ length: writes }, () =>
      method === 'PUT' ? wordedUser(userName, session.word()) : wordPatch(session.word()),
    );
    const operation: SubmittedOperation = { method, path, expected: 'success' };
    const submitted = await session.submit({
      subject: userName,
      ...(bulk
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
  },
});
