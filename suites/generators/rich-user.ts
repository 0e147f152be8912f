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
