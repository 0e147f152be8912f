/** How Microsoft Entra ID creates and changes users: its operations begin with a capital, unless the flag is set. */
import { urn } from '../../../schemas/names.js';
import { patchOf, patches, type Shape } from '../shape.js';
import { compatibility, tutorial } from './sources.js';

const employeeNumber = `${urn.enterpriseUser}:employeeNumber`;

export const users: readonly Shape[] = [
  {
    name: 'create-user',
    title: 'creates a user, with meta and an empty list of roles',
    source: tutorial,
    start: { kind: 'new-user' },
    request: {
      method: 'POST',
      path: '/Users',
      body: {
        schemas: [urn.user, urn.enterpriseUser],
        externalId: '{userName}',
        userName: '{userName}',
        active: true,
        emails: [{ primary: true, type: 'work', value: '{userName}' }],
        meta: { resourceType: 'User' },
        name: { formatted: 'Given Family', familyName: 'Family', givenName: 'Given' },
        roles: [],
      },
    },
    expects: { kind: 'created', effects: [{ path: 'userName', is: '{userName}' }] },
    needs: [],
  },
  {
    name: 'disable-with-a-string',
    title: 'disables a user by «Replace» with the string "False"',
    source: compatibility,
    start: { kind: 'user' },
    request: patchOf('/Users/{user}', { op: 'Replace', path: 'active', value: 'False' }),
    expects: { kind: 'changed', effects: [{ path: 'active', is: false }] },
    needs: [patches],
  },
  {
    name: 'disable-with-a-boolean',
    title: 'disables a user by «Replace» with false',
    source: tutorial,
    start: { kind: 'user' },
    request: patchOf('/Users/{user}', { op: 'Replace', path: 'active', value: false }),
    expects: { kind: 'changed', effects: [{ path: 'active', is: false }] },
    needs: [patches],
  },
  {
    name: 'add-an-attribute',
    title: 'gives a user a nickName by «Add»',
    source: compatibility,
    start: { kind: 'user' },
    request: patchOf('/Users/{user}', { op: 'Add', path: 'nickName', value: 'Babs' }),
    expects: { kind: 'changed', effects: [{ path: 'nickName', is: 'Babs' }] },
    needs: [patches],
  },
  {
    name: 'replace-work-email',
    title: 'changes the work e-mail address and the family name of a user',
    source: tutorial,
    start: { kind: 'user' },
    request: patchOf(
      '/Users/{user}',
      { op: 'Replace', path: 'emails[type eq "work"].value', value: '{newUserName}' },
      { op: 'Replace', path: 'name.familyName', value: 'Updated' },
    ),
    expects: {
      kind: 'changed',
      effects: [
        { path: 'emails[type eq "work"].value', is: '{newUserName}' },
        { path: 'name.familyName', is: 'Updated' },
      ],
    },
    needs: [patches],
  },
  {
    name: 'replace-several',
    title: 'changes six attributes of a user, each with a path',
    source: compatibility,
    start: { kind: 'user' },
    request: patchOf(
      '/Users/{user}',
      { op: 'Replace', path: 'displayName', value: 'Changed Display' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: '{newUserName}' },
      { op: 'Replace', path: 'name.givenName', value: 'Changed' },
      { op: 'Replace', path: 'name.familyName', value: 'Family' },
      { op: 'Replace', path: 'externalId', value: '{newUserName}' },
      { op: 'Replace', path: employeeNumber, value: '701984' },
    ),
    expects: {
      kind: 'changed',
      effects: [
        { path: 'displayName', is: 'Changed Display' },
        { path: 'emails[type eq "work"].value', is: '{newUserName}' },
        { path: 'name.givenName', is: 'Changed' },
        { path: 'name.familyName', is: 'Family' },
        { path: 'externalId', is: '{newUserName}' },
        { path: employeeNumber, is: '701984' },
      ],
    },
    needs: [patches],
  },
  {
    name: 'replace-with-dotted-names',
    title: 'changes attributes of a user without a path, some with dotted names (flag aadOptscim062020)',
    source: compatibility,
    start: { kind: 'user' },
    request: patchOf(
      '/Users/{user}',
      { op: 'replace', path: 'emails[type eq "work"].value', value: '{newUserName}' },
      {
        op: 'replace',
        value: {
          displayName: 'Changed Display',
          'name.givenName': 'Changed',
          'name.familyName': 'Family',
          [employeeNumber]: '701984',
        },
      },
    ),
    expects: {
      kind: 'changed',
      effects: [
        { path: 'emails[type eq "work"].value', is: '{newUserName}' },
        { path: 'displayName', is: 'Changed Display' },
        { path: 'name.givenName', is: 'Changed' },
        { path: 'name.familyName', is: 'Family' },
        { path: employeeNumber, is: '701984' },
      ],
    },
    needs: [patches],
  },
  {
    name: 'change-user-name',
    title: 'changes the userName of a user',
    source: tutorial,
    start: { kind: 'user' },
    request: patchOf('/Users/{user}', { op: 'Replace', path: 'userName', value: '{newUserName}' }),
    expects: { kind: 'changed', effects: [{ path: 'userName', is: '{newUserName}' }] },
    needs: [patches],
  },
];
