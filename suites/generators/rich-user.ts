/** Users with many attributes, for writes that change or remove some of them. Other values contain the userName, too. */
import { urn } from '../../schemas/names.js';
import { plainUser } from './user.js';

/** A user with lists of several values and simple attributes that most providers keep. */
export const richUser = (userName: string): Record<string, unknown> => ({
  ...plainUser(userName),
  externalId: `ext-${userName}`,
  active: false,
  title: 'Tester',
  nickName: 'Nick',
  emails: [
    { value: userName, type: 'work', primary: true },
    { value: `home-${userName}`, type: 'home' },
    { value: `other-${userName}`, type: 'other' },
  ],
});

/**
 * The same user with a middle name, telephone numbers and a department (RFC 7643 §4.3): some providers refuse what they
 * do not know.
 */
export const richestUser = (userName: string): Record<string, unknown> => ({
  ...richUser(userName),
  schemas: [urn.user, urn.enterpriseUser],
  name: { givenName: 'Conformance', middleName: 'Middle', familyName: 'Test' },
  phoneNumbers: [
    { value: 'tel:+49-30-1234567', type: 'work' },
    { value: 'tel:+49-171-7654321', type: 'mobile' },
  ],
  [urn.enterpriseUser]: { department: 'Quality', costCenter: '4130' },
});

/** Quotes, markup, blanks in all places, and an accent as a character of its own, which some systems change or remove. */
const oddText = ' "Q" \\\\ <b>A &amp; B</b>  Zoe\u0308 ';

/** A user with texts that some systems clean up; `hasLineBreaks`: the lines of an address, too (RFC 7643 §4.1.2). */
export const oddlyWrittenUser = (userName: string, hasLineBreaks: boolean): Record<string, unknown> => ({
  ...plainUser(userName),
  title: oddText,
  nickName: oddText,
  ...(hasLineBreaks ? { addresses: [{ type: 'work', formatted: '1 Main Street\nSpringfield\r\n12345' }] } : {}),
});

/** A user with so many e-mail addresses. */
export const crowdedUser = (userName: string, length: number): Record<string, unknown> => ({
  ...plainUser(userName),
  emails: Array.from({ length }, (_, place) => ({
    value: `${place}-${userName}`,
    type: 'other',
    ...(place === 0 ? { primary: true } : {}),
  })),
});
