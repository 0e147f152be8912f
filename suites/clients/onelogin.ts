/**
 * OneLogin. Its page for developers names more calls; only those whose form could be read there are here: it looks for a
 * userName when the connection is made and before each create.
 */
import { filters, type Client } from './shape.js';

const source = 'https://developers.onelogin.com/scim/implement-scim-api';

export const onelogin: Client = {
  name: 'onelogin',
  title: 'OneLogin',
  shapes: [
    {
      name: 'find-nobody',
      title: 'looks for a userName that nobody has, when the connection is made',
      source,
      start: { kind: 'new-user' },
      request: { method: 'GET', path: '/Users', query: { filter: 'userName eq "{userName}"' } },
      // The page takes 404 as well.
      expects: { kind: 'found', ids: [], or404: true },
      needs: [filters],
    },
    {
      name: 'find-by-user-name',
      title: 'looks for a user by userName, before it creates the user',
      source,
      start: { kind: 'user' },
      request: { method: 'GET', path: '/Users', query: { filter: 'userName eq "{userName}"' } },
      expects: { kind: 'found', ids: ['{user}'] },
      needs: [filters],
    },
  ],
};
