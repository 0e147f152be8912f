/** Users whose names are all the same word, and writes of such words: the word in a read shows which write it saw. */
import { urn } from '../../schemas/names.js';
import { buildUser } from './user.js';

export const wordedUser = (userName: string, word: string): Record<string, unknown> =>
  buildUser(userName, { givenName: word, familyName: word, displayName: word });

/** A PATCH that writes a word to every name, in one request (RFC 7644 §3.5.2: all of it or nothing). */
export const wordPatch = (word: string): Record<string, unknown> => ({
  schemas: [urn.patchOp],
  Operations: ['displayName', 'name.givenName', 'name.familyName'].map((path) => ({
    op: 'replace',
    path,
    value: word,
  })),
});

export const plainGroup = (displayName: string, members: readonly string[] = []): Record<string, unknown> => ({
  schemas: [urn.group],
  displayName,
  ...(members.length === 0 ? {} : { members: members.map((value) => ({ value })) }),
});
