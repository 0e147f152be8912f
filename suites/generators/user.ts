/**
 * Users that real providers accept: userName in e-mail form, active, one work e-mail, a name. What varies is what
 * a provider has to keep. Names of users are the session's, so that no input carries one.
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

/** A word as people's names have them: letters, inside perhaps an apostrophe, a hyphen or a space. */
const word = fc
  .tuple(
    fc.constantFrom(...letters),
    fc.array(fc.constantFrom(...letters, "'", '-', ' '), { maxLength: 10 }),
    fc.constantFrom(...letters),
  )
  .map(([first, middle, last]) => `${first}${middle.join('')}${last}`);

/** Long, mixed, and like nothing else on the wire, so that a sighting of it is a leak and no coincidence. */
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

/** A user where nothing about it matters but that it is accepted. */
export const plainUser = (userName: string): Record<string, unknown> => buildUser(userName, plain);
