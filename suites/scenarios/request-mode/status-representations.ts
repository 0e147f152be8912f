/** Reads one completed status resource with every Accept that a client may send, and conditionally. */
import { header, mediaType } from '../../../schemas/names.js';
import { responseHeader } from '../../trace/message.js';
import { defineScenario } from '../../definitions/scenario.js';
import { asyncCreate } from '../../session/async-create.js';
import { stepFamily } from '../../trace/step.js';

export const statusRepresentationsSteps = {
  /** The read with this Accept; `none` if the field is left out. */
  accept: stepFamily('Accept: '),
};

const accepts: [name: string, accept: string][] = [
  [mediaType.scim, mediaType.scim],
  [mediaType.json, mediaType.json],
  ['*/*', '*/*'],
  // An empty value leaves the field out.
  ['none', ''],
];

export const statusRepresentations = defineScenario({
  name: 'status-representations',
  title: 'reads a status resource with every Accept, and conditionally',
  needs: { binding: 'request-mode' },
  exercise: async (_input, session) => {
    const { submission } = await session.complete(asyncCreate(session.userName()));
    for (const [name, accept] of accepts) {
      const variant = statusRepresentationsSteps.accept.of(name);
      await session.readStatus(submission, { variant, headers: [[header.accept, accept]] });
    }
    const etag = responseHeader(await session.readStatus(submission), header.etag);
    if (etag === undefined) return;
    await session.readStatus(submission, { purpose: 'status-conditional', headers: [[header.ifNoneMatch, etag]] });
  },
});
