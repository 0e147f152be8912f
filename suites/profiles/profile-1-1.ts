/** Profile 1.1 (docs/profile-1.1.md): the requirements of 1.0, judged in the same way, and new ones. */
import { groupOf, type RequirementRow } from '../contract/requirement-row.js';
import { clientPacks } from '../clients/index.js';
import type { Profile } from '../definitions/profile.js';
import { requirements } from '../requirements/index.js';
import { scenarios } from '../scenarios/index.js';

const synchronousGroups = ['CORE', 'ERR', 'SEC', 'RATE'];

const isSynchronous = ({ id, needs, alsoSynchronous = false }: RequirementRow): boolean =>
  alsoSynchronous || (synchronousGroups.includes(groupOf(id)) && needs.binding === undefined);

export const profile11: Profile = {
  version: '1.1',
  requirements,
  scenarios,
  completion: 'LIFE-01',
  clients: clientPacks,
  // Clarification 10.
  carriers: {
    'request-mode': ['ACC-01', 'STAT-01', 'LIFE-01', 'LIFE-04', 'LIFE-06'],
    'respond-async': ['PREF-03', 'PREF-05', 'LIFE-04', 'LIFE-06'],
  },
  synchronous: {
    ids: requirements.filter(isSynchronous).map(({ id }) => id),
    carriers: ['CORE-02', 'CORE-03'],
  },
};
