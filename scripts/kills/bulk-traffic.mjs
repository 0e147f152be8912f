/** Clients that send bulk requests, poll their statuses, and afterwards count what was done. */
import { randomUUID } from 'node:crypto';
import { compare, countBy, createFollow } from './following.mjs';

const group = (displayName) => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName });
const bulkOf = (Operations) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations });

/**
 * `end` lets the requests in progress finish, and counts. Each client creates groups, and changes one group of its own,
 * whose version counts the changes. Names of groups are not unique, so that one that is created twice is there twice.
 */
export const startBulkTraffic = (asking, { clients }) => {
  const { insist } = asking;
  const figures = { requests: 0, operations: 0, polls: 0, lost: 0, doubled: 0, wentBack: 0 };
  const follow = createFollow(asking, figures);
  const wanted = new Set();
  let isOver = false;

  const write = async () => {
    const own = await insist('POST', '/Groups', { body: group(randomUUID()) });
    const place = `/Groups/${own.body.id}`;
    let changes = 0;
    while (!isOver) {
      const names = Array.from({ length: 5 }, () => randomUUID());
      const operations = [
        ...names.map((name) => ({ method: 'POST', path: '/Groups', bulkId: name, data: group(name) })),
        ...Array.from({ length: 5 }, () => ({ method: 'PUT', path: place, data: group(randomUUID()) })),
      ];
      const accepted = await insist('POST', '/Bulk', { body: bulkOf(operations), requestId: randomUUID() });
      if (accepted.status !== 202) throw new Error(`a request was answered ${accepted.status}`);
      figures.requests += 1;
      figures.operations += operations.length;
      for (const name of names) wanted.add(name);
      changes += 5;
      const status = await follow(accepted.body.id);
      figures.lost += status === undefined ? operations.length : status.operationsCount.failed;
    }
    const { body } = await insist('GET', place);
    const version = Number(/\d+/.exec(body.meta.version)?.[0]);
    figures.lost += Math.max(0, changes + 1 - version);
    figures.doubled += Math.max(0, version - changes - 1);
  };

  const working = Promise.all(Array.from({ length: clients }, write));
  return {
    working,
    end: async () => {
      isOver = true;
      await working;
      compare(wanted, await countBy(asking, '/Groups', 'displayName'), figures);
      return figures;
    },
  };
};
