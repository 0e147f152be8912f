/**
 * Users that real providers accept: userName in the form of an e-mail address, active, one work e-mail, a name. Only
 * attributes that a provider has to keep vary. The session chooses the userName, so that a repeated input gets a new one.
 */
import fc from 'fast-check';
import { urn } from '../../schemas/names.js';

export interface UserAttributes {
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly externalId?: string | undefined;
  readonly password?: string | undefined;
}

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', ...'äéîøüßñçŁж李田'];

/** A word in the form of a person's name: letters, and inside it possibly an apostrophe, a hyphen or a space. */
const word = fc
  .tuple(
    fc.constantFrom(...letters),
    fc.array(fc.constantFrom(...letters, "'", '-', ' '), { maxLength: 10 }),
    fc.constantFrom(...letters),
  )
  .map(([first, middle, last]) => `${first}${middle.join('')}${last}`);

/** Long and random, so that a match in an answer is a leak and not a coincidence. */
export const passwords = fc
  .array(fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'), {
    minLength: 20,
    maxLength: 20,
  })
  .map((characters) => `Pw1-${characters.join('')}`);

export const userAttributes: fc.Arbitrary<UserAttributes> = fc.record({
  givenName: word,
  familyName: word,
  displayName: word,
  externalId: fc.option(fc.stringMatching(/^[a-z0-9]{1,12}$/), { nil: undefined }),
});

/** A user to send (RFC 7643 §4.1). */
export const buildUser = (userName: string, attributes: UserAttributes): Record<string, unknown> => ({
  schemas: [urn.user],
  userName,
  name: { givenName: attributes.givenName, familyName: attributes.familyName },
  displayName: attributes.displayName,
  active: true,
  emails: [{ value: userName, type: 'work', primary: true }],
  ...(attributes.externalId === undefined ? {} : { externalId: attributes.externalId }),
  ...(attributes.password === undefined ? {} : { password: attributes.password }),
});

const plain: UserAttributes = { givenName: 'Conformance', familyName: 'Test', displayName: 'Conformance Test' };

/** A user for scenarios that only need a valid one. */
export const plainUser = (userName: string): Record<string, unknown> => buildUser(userName, plain);

/** A user without the required userName. If a provider creates it nevertheless, its e-mail address shows that it is ours. */
export const namelessUser = (userName: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(plainUser(userName)).filter(([name]) => name !== 'userName'));
