/** Reads one completed status resource with every Accept that a client may send, and conditionally. */
import { header, mediaType } from '../../../schemas/names.js';
import { Blocked } from '../../errors/errors.js';
import { responseHeader } from '../../trace/message.js';
import { defineScenario } from '../../definitions/scenario.js';
import { asyncCreate } from '../../session/async-create.js';
import { step, stepFamily, type Step } from '../../trace/step.js';

/** Reads with If-None-Match have the purpose `status-conditional`; the one with the current tag has no other step. */
export const statusRepresentationsSteps = {
  /** The read with this Accept; `none` if the field is left out. */
  accept: stepFamily('Accept: '),
  /** A HEAD, which is answered as a GET (RFC 9110 §9.3.2). */
  head: step('HEAD'),
  /** With a tag that the status resource never had. */
  tagOfNothing: step('If-None-Match: another tag'),
  /** With the tag that it had while it was pending. */
  tagWhilePending: step('If-None-Match: the tag while pending'),
  /** With a list of tags that holds the current one. */
  listOfTags: step('If-None-Match: a list with the current tag'),
  /** With `*`. */
  anyTag: step('If-None-Match: *'),
};

const accepts: [name: string, accept: string][] = [
  [mediaType.scim, mediaType.scim],
  [mediaType.json, mediaType.json],
  ['*/*', '*/*'],
  // An empty value leaves the field out.
  ['none', ''],
];

const steps = statusRepresentationsSteps;

/** A tag that begins like this one: a provider must compare the whole tag. */
const longer = (etag: string): string => etag.replace(/"?$/, '0"');

export const statusRepresentations = defineScenario({
  name: 'status-representations',
  title: 'reads a status resource with every Accept, and conditionally',
  needs: { binding: 'request-mode' },
  exercise: async (_input, session) => {
    const submitted = await session.submit(asyncCreate(session.userName()));
    const { submission } = submitted;
    const first = submission.accepted ? await session.readStatus(submission) : undefined;
    const { outcome } = await session.settle(submitted);
    if (outcome !== 'completed')
      throw new Blocked('not-completed', `The asynchronous create did not complete (${outcome}).`);
    for (const [name, accept] of accepts) {
      const variant = statusRepresentationsSteps.accept.of(name);
      await session.readStatus(submission, { variant, headers: [[header.accept, accept]] });
    }
    await session.readStatus(submission, { method: 'HEAD', purpose: 'status-method', variant: steps.head });
    const etag = responseHeader(await session.readStatus(submission), header.etag);
    if (etag === undefined) return;
    const readUnless = (tag: string, variant?: Step) =>
      session.readStatus(submission, {
        purpose: 'status-conditional',
        headers: [[header.ifNoneMatch, tag]],
        ...(variant === undefined ? {} : { variant }),
      });
    await readUnless(etag);
    for (const tag of ['"scim-conformance"', longer(etag)]) await readUnless(tag, steps.tagOfNothing);
    const tagWhilePending = first === undefined ? undefined : responseHeader(first, header.etag);
    if (tagWhilePending !== undefined && tagWhilePending !== etag)
      await readUnless(tagWhilePending, steps.tagWhilePending);
    await readUnless(`"scim-conformance", ${etag}`, steps.listOfTags);
    await readUnless('*', steps.anyTag);
  },
});
