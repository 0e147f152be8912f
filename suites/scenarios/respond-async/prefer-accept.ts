/** Sends the preference with `Accept` values that no SCIM answer has: the provider has to ignore them (RFC 9967 §2.5.1.1). */
import { header, mediaType } from '../../../schemas/names.js';
import { asyncCreate } from '../../session/async-create.js';
import { stepFamily } from '../../trace/step.js';
import { defineScenario } from '../../definitions/scenario.js';

export const preferAcceptSteps = {
  /** A create with this `Accept`. */
  accept: stepFamily('Accept: '),
};

export const preferAccept = defineScenario({
  name: 'prefer-accept',
  title: 'asks for an asynchronous answer with several Accept fields',
  needs: { binding: 'respond-async' },
  inputs: () => [mediaType.json, 'text/html', 'image/png', mediaType.securityEventToken, '*/*;q=0.1'],
  exercise: async (accept, session) => {
    const headers: [string, string][] = [[header.accept, accept]];
    const variant = preferAcceptSteps.accept.of(accept);
    const submitted = await session.submit(asyncCreate(session.userName(), { headers, variant }));
    if (submitted.submission.accepted) await session.settle(submitted);
  },
});
