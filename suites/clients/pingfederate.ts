/** The SCIM provisioner of PingFederate: its settings name the filters by which it looks for users. */
import { filters, type Client } from './shape.js';

const source =
  'https://docs.pingidentity.com/integrations/scim/setup/pf_scim_connector_scim_connector_settings_reference.html';

export const pingfederate: Client = {
  name: 'pingfederate',
  title: 'PingFederate SCIM Provisioner',
  shapes: [
    {
      name: 'find-by-user-name',
      title: 'looks for a user by userName',
      source,
      start: { kind: 'user' },
      request: { method: 'GET', path: '/Users', query: { filter: 'userName eq "{userName}"' } },
      expects: { kind: 'found', ids: ['{user}'] },
      needs: [filters],
    },
    {
      name: 'find-by-email',
      title: 'looks for a user by e-mail address, with the filter «emails eq» (a setting)',
      source,
      start: { kind: 'user' },
      request: { method: 'GET', path: '/Users', query: { filter: 'emails eq "{userName}"' } },
      expects: { kind: 'found', ids: ['{user}'] },
      needs: [filters],
      isOptional: true,
    },
  ],
};
