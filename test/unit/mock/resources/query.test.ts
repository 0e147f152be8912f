import t from 'tap';
import { honestFilterSeams } from '../../../../mock/resources/filter.js';
import { listResponse, type ListContext } from '../../../../mock/resources/query.js';
import { resourceTypes } from '../../../../mock/resources/resource-type.js';
import type { Stored } from '../../../../mock/stored.js';

const users = Array.from({ length: 5000 }, (_, place): Stored => ({
  id: String(place),
  type: 'User',
  attributes: { userName: `user-${place}`, title: place % 1000 === 0 ? 'Chief' : 'Clerk' },
  created: place,
  lastModified: place,
  version: 1,
}));

const candidates = [{ type: resourceTypes.User, resources: users }];

/** A context that counts its pauses and the resources that were looked at. */
const counting = () => {
  const counts = { pauses: 0, seen: 0 };
  const context: ListContext = {
    baseUrl: 'https://mock.example/scim/v2',
    cursors: { now: () => 0, lifeSeconds: 60 },
    seams: honestFilterSeams,
    pause: () => {
      counts.pauses += 1;
      return Promise.resolve();
    },
    seen: (stored) => {
      counts.seen += 1;
      return stored;
    },
  };
  return { counts, context };
};

void t.test('a long list is filtered in pieces, so that others are served between them', async (t) => {
  const { counts, context } = counting();
  const response = await listResponse(candidates, { filter: 'title eq "Chief"' }, context);
  t.equal(response.totalResults, 5);
  t.equal(counts.pauses, 2);
});

void t.test('without a filter only the resources of the page are looked at', async (t) => {
  const { counts, context } = counting();
  const response = await listResponse(candidates, { startIndex: '4001', count: '3' }, context);
  t.match(response, { totalResults: 5000, Resources: [{ id: '4000' }, { id: '4001' }, { id: '4002' }] });
  t.strictSame(counts, { pauses: 0, seen: 3 });
});
