/** Reads one completed status resource with every Accept that a client may send, and conditionally. */
import { header, mediaType } from '../../../schemas/names.js';
import type { Submission } from '../../../schemas/types.js';
import { pathSegment } from '../../bindings/locations.js';
import { Blocked } from '../../errors/errors.js';
import type { Session } from '../../session/session.js';
import { isWeak, opaqueTag } from '../../trace/entity-tags.js';
import { responseHeader, responseObject } from '../../trace/message.js';
import { type Answered, isAnswered } from '../../trace/trace.js';
import { defineScenario } from '../../definitions/scenario.js';
import { asyncCreate } from '../../session/async-create.js';
import { step, stepFamily, type Step } from '../../trace/step.js';

/** Reads with If-None-Match have the purpose `status-conditional`; the one with the current tag has no other step. */
export const statusRepresentationsSteps = {
  /** The read with this Accept; `none` if the field is left out. */
  accept: stepFamily('Accept: '),
  /** A HEAD, which is answered as a GET (RFC 9110 §9.3.2). */
  head: step('HEAD'),
  /** With a tag that the status resource never had, or a list of such tags. */
  tagOfNothing: step('If-None-Match: another tag'),
  /** With the tag that it had while it was pending. */
  tagWhilePending: step('If-None-Match: the tag while pending'),
  /** With a list of tags that holds the current one. */
  listOfTags: step('If-None-Match: a list with the current tag'),
  /** With the current tag, weak where it is strong, or strong where it is weak. */
  otherStrength: step('If-None-Match: the current tag, weak or strong'),
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

const unknownTag = '"scim-conformance"';

/** A tag that begins like this one: a provider must compare the whole tag. */
const longer = (etag: string): string => etag.replace(/"?$/, '0"');

/** The same tag, weak where it is strong: If-None-Match compares weakly (RFC 9110 §13.1.2). */
const ofOtherStrength = (etag: string): string => (isWeak(etag) ? opaqueTag(etag) : `W/${etag}`);

/** Reads the status with If-None-Match, at its Location or at another URL of it. */
const readUnless =
  (session: Session, submission: Submission, url?: string) =>
  (tag: string, variant?: Step): Promise<unknown> =>
    session.readStatus(submission, {
      ...(url === undefined ? {} : { url }),
      purpose: 'status-conditional',
      headers: [[header.ifNoneMatch, tag]],
      ...(variant === undefined ? {} : { variant }),
    });

/** The paths of the profile (D5) at which the status is served, too, and shows the same tag. */
const alsoServedAt = async (session: Session, submission: Submission, read: Answered): Promise<string[]> => {
  const id = responseObject(read)?.id;
  if (typeof id !== 'string' || id === '') return [];
  const paths = ['provision', 'provisions'].map((name) => `${session.facts.baseUrl}/${name}/${pathSegment(id)}/status`);
  const served: string[] = [];
  for (const url of paths.filter((path) => path !== read.request.url)) {
    const about = { purpose: 'status-canonical', submission: submission.n } as const;
    const other = await session.attempt({ method: 'GET', url, ...about });
    const isSame = isAnswered(other) && other.response.status === 200 && responseObject(other)?.id === id;
    if (isSame && responseHeader(other, header.etag) === responseHeader(read, header.etag)) served.push(url);
  }
  return served;
};

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
    const read = await session.readStatus(submission);
    const etag = responseHeader(read, header.etag);
    if (etag === undefined) return;
    const tagWhilePending = first === undefined ? undefined : responseHeader(first, header.etag);
    const older = tagWhilePending === etag ? undefined : tagWhilePending;
    const unless = readUnless(session, submission);
    await unless(etag);
    for (const tag of [unknownTag, longer(etag), `${unknownTag}, ${longer(etag)}`])
      await unless(tag, steps.tagOfNothing);
    if (older !== undefined) await unless(older, steps.tagWhilePending);
    await unless(`${unknownTag}, ${etag}`, steps.listOfTags);
    await unless(ofOtherStrength(etag), steps.otherStrength);
    await unless('*', steps.anyTag);
    for (const url of await alsoServedAt(session, submission, read)) {
      const unlessThere = readUnless(session, submission, url);
      await unlessThere(etag);
      await unlessThere(unknownTag, steps.tagOfNothing);
      if (older !== undefined) await unlessThere(older, steps.tagWhilePending);
    }
  },
});
