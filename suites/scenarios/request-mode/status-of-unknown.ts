/** Requests the status of ids that were never issued, in the form of a real id. */
import fc from 'fast-check';
import { type Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { defineScenario } from '../../definitions/scenario.js';
import { asyncCreate } from '../../session/async-create.js';
import { canonicalStatusUrl, statusUrlOfAnother } from './status-url.js';
import { Blocked } from '../../errors/errors.js';

/** An id with at least this number of characters, changed in its last eight, is certainly not the id of another request. */
const longEnough = 20;

const otherLetters: Readonly<Record<string, string>> = { a: 'b', b: 'a' };

const otherLetter = (letter: string): string =>
  /\d/.test(letter) ? String((Number(letter) + 5) % 10) : (otherLetters[letter] ?? letter);

/** An unknown id of the same form if possible, because a provider may refuse an id of another form without looking it up. */
const unknownIdLike = (id: unknown, otherwise: string): string => {
  if (typeof id !== 'string' || id.length < longEnough) return otherwise;
  const changed = id.slice(0, -8) + [...id.slice(-8)].map(otherLetter).join('');
  return changed === id ? otherwise : changed;
};

/** Whether status resources are served at the path of the profile: if not, every id is answered 404 there. */
const isCanonical = async (session: Session, id: unknown): Promise<boolean> => {
  if (typeof id !== 'string' || id === '') return false;
  const url = canonicalStatusUrl(session.facts, id);
  const { response } = await session.send({ method: 'GET', url, purpose: 'probe' });
  return response.status === 200;
};

export const statusOfUnknown = defineScenario({
  name: 'status-of-unknown',
  title: 'requests the status of an id that was never issued',
  needs: { binding: 'request-mode' },
  inputs: () => fc.uuid(),
  exercise: async (unknown, session) => {
    const { submission, exchange } = await session.complete(asyncCreate(session.userName()));
    const id = responseObject(exchange)?.id ?? responseObject(await session.readStatus(submission))?.id;
    const other = unknownIdLike(id, unknown);
    const urls = [
      statusUrlOfAnother(submission, id, other),
      ...((await isCanonical(session, id)) ? [canonicalStatusUrl(session.facts, other)] : []),
    ].filter((url) => url !== undefined);
    if (urls.length === 0)
      throw new Blocked(
        'location-without-id',
        'The suite cannot build the URL of an unknown status, because the Location does not contain the id of its status resource.',
      );
    for (const url of new Set(urls)) {
      await session.send({ method: 'GET', url, purpose: 'status-unknown', subject: unknown });
    }
  },
});
