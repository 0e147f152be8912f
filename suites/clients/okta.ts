/**
 * Okta, as its SCIM 2.0 protocol reference shows it: integrations of its network disable users and change groups by PATCH, and
 * custom ones change users by PUT.
 */
import { urn } from '../../schemas/names.js';
import { filters, groups, patchOf, patches, type Client, type Shape } from './shape.js';

const reference = 'https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20';

const page = { startIndex: '1', count: '100' };

const users: readonly Shape[] = [
  {
    name: 'find-nobody',
    title: 'looks for a userName that nobody has, with startIndex and count, before it creates the user',
    source: reference,
    start: { kind: 'new-user' },
    request: { method: 'GET', path: '/Users', query: { filter: 'userName eq "{userName}"', ...page } },
    // The reference takes 404 as well.
    expects: { kind: 'found', ids: [], or404: true },
    needs: [filters],
  },
  {
    name: 'find-by-user-name',
    title: 'looks for a user by userName, with startIndex and count',
    source: reference,
    start: { kind: 'user' },
    request: { method: 'GET', path: '/Users', query: { filter: 'userName eq "{userName}"', ...page } },
    expects: { kind: 'found', ids: ['{user}'] },
    needs: [filters],
  },
  {
    name: 'import-users',
    title: 'reads the first page of all users',
    source: reference,
    start: { kind: 'user' },
    request: { method: 'GET', path: '/Users', query: page },
    expects: { kind: 'page', count: 100 },
    needs: [],
  },
  {
    name: 'create-user',
    title: 'creates a user, with an empty list of groups and a password',
    source: reference,
    start: { kind: 'new-user' },
    request: {
      method: 'POST',
      path: '/Users',
      body: {
        schemas: [urn.user],
        userName: '{userName}',
        name: { givenName: 'Test', familyName: 'User' },
        emails: [{ primary: true, value: '{userName}', type: 'work' }],
        displayName: 'Test User',
        locale: 'en-US',
        externalId: '{userName}',
        groups: [],
        password: 'Pw1-okta-R7xkq2Vd',
        active: true,
      },
    },
    expects: {
      kind: 'created',
      effects: [
        { path: 'userName', is: '{userName}' },
        { path: 'active', is: true },
      ],
    },
    needs: [],
  },
  {
    name: 'update-by-put',
    title: 'changes the name of a user: sends back what it has read, with the change, by PUT',
    source: reference,
    start: { kind: 'user' },
    request: {
      method: 'PUT',
      path: '/Users/{user}',
      asReadWith: { name: { givenName: 'Another', middleName: 'Excited', familyName: 'User' } },
    },
    expects: {
      kind: 'changed',
      effects: [
        { path: 'name.givenName', is: 'Another' },
        { path: 'name.familyName', is: 'User' },
      ],
    },
    needs: [],
  },
  {
    name: 'deactivate-by-put',
    title: 'deactivates a user: sends back what it has read, with "active": false, by PUT',
    source: reference,
    start: { kind: 'user' },
    request: { method: 'PUT', path: '/Users/{user}', asReadWith: { active: false } },
    expects: { kind: 'changed', effects: [{ path: 'active', is: false }] },
    needs: [],
  },
  {
    name: 'deactivate-by-patch',
    title: 'deactivates a user by PATCH with {"active": false} and no path',
    source: reference,
    start: { kind: 'user' },
    request: patchOf('/Users/{user}', { op: 'replace', value: { active: false } }),
    expects: { kind: 'changed', effects: [{ path: 'active', is: false }] },
    needs: [patches],
  },
];

const groupShapes: readonly Shape[] = [
  {
    name: 'create-group',
    title: 'creates a group with an empty list of members',
    source: reference,
    start: { kind: 'new-group' },
    request: {
      method: 'POST',
      path: '/Groups',
      body: { schemas: [urn.group], displayName: '{groupName}', members: [] },
    },
    expects: {
      kind: 'created',
      effects: [{ path: 'displayName', is: '{groupName}' }, { members: [] }],
    },
    needs: [groups],
    isOptional: true,
  },
  {
    name: 'import-groups',
    title: 'reads the first page of all groups',
    source: reference,
    start: { kind: 'group', members: 'user' },
    request: { method: 'GET', path: '/Groups', query: page },
    expects: { kind: 'page', count: 100 },
    needs: [groups],
    isOptional: true,
  },
  {
    name: 'rename-group',
    title: 'changes the displayName of a group by PATCH without a path, with the unchanged id',
    source: reference,
    start: { kind: 'group', members: 'user' },
    request: patchOf('/Groups/{group}', { op: 'replace', value: { id: '{group}', displayName: '{newGroupName}' } }),
    expects: { kind: 'changed', effects: [{ path: 'displayName', is: '{newGroupName}' }], keepsMembers: true },
    needs: [groups, patches],
    isOptional: true,
  },
  {
    name: 'change-members',
    title: 'removes one member of a group and adds another, in one PATCH',
    source: reference,
    start: { kind: 'group', members: 'user' },
    request: patchOf(
      '/Groups/{group}',
      { op: 'remove', path: 'members[value eq "{user}"]' },
      { op: 'add', path: 'members', value: [{ value: '{other}', display: '{otherName}' }] },
    ),
    expects: { kind: 'changed', effects: [{ members: ['{other}'] }] },
    needs: [groups, patches],
    isOptional: true,
  },
  {
    name: 'replace-members',
    title: 'replaces all members of a group',
    source: reference,
    start: { kind: 'group', members: 'user' },
    request: patchOf('/Groups/{group}', {
      op: 'replace',
      path: 'members',
      value: [
        { value: '{user}', display: '{userName}' },
        { value: '{other}', display: '{otherName}' },
      ],
    }),
    expects: { kind: 'changed', effects: [{ members: ['{user}', '{other}'] }] },
    needs: [groups, patches],
    isOptional: true,
  },
];

export const okta: Client = { name: 'okta', title: 'Okta', shapes: [...users, ...groupShapes] };
