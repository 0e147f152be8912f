/** How Microsoft Entra ID looks for users. */
import { filters, type Shape } from '../shape.js';
import { tutorial } from './sources.js';

export const searches: readonly Shape[] = [
  {
    name: 'find-nobody',
    title: 'looks for a userName that nobody has',
    source: tutorial,
    start: { kind: 'new-user' },
    request: { method: 'GET', path: '/Users', query: { filter: 'userName eq "{userName}"' } },
    expects: { kind: 'found', ids: [] },
    needs: [filters],
  },
  {
    name: 'find-by-user-name',
    title: 'looks for a user by userName',
    source: tutorial,
    start: { kind: 'user' },
    request: { method: 'GET', path: '/Users', query: { filter: 'userName eq "{userName}"' } },
    expects: { kind: 'found', ids: ['{user}'] },
    needs: [filters],
  },
  {
    name: 'find-by-external-id',
    title: 'looks for a user by externalId',
    source: tutorial,
    start: { kind: 'user', with: { externalId: '{userName}' } },
    request: { method: 'GET', path: '/Users', query: { filter: 'externalId eq "{userName}"' } },
    expects: { kind: 'found', ids: ['{user}'] },
    needs: [filters],
  },
  {
    name: 'find-by-work-email',
    title: 'looks for a user by the work e-mail address',
    source: tutorial,
    start: { kind: 'user' },
    request: { method: 'GET', path: '/Users', query: { filter: 'emails[type eq "work"].value eq "{userName}"' } },
    expects: { kind: 'found', ids: ['{user}'] },
    needs: [filters],
    // Only if the address is the attribute that users are matched by.
    isOptional: true,
  },
];
