/** LIFE and BULK: what holds for every asynchronous request, whichever binding carried it. */
import { cite } from './citation.js';
import type { Requirement } from './requirement.js';

export const lifecycleRequirements: readonly Requirement[] = [
  {
    id: 'LIFE-01',
    level: 'MUST',
    title: 'every accepted request completes within the deadline (default 60 s, a flag)',
    source: cite('Fig1, P-D'),
    needs: { binding: 'any' },
  },
  {
    id: 'LIFE-02',
    level: 'MUST',
    title: 'success and failed never fall, pending never rises, completed never reverts',
    source: cite('Fig1, P-D'),
    needs: { binding: 'any' },
  },
  {
    id: 'LIFE-03',
    level: 'MUST',
    title: 'after completion the status resource does not change',
    source: cite('P-D'),
    needs: { binding: 'any' },
  },
  {
    id: 'LIFE-04',
    level: 'MUST',
    title:
      'once completed is seen, the effect of every successful operation is readable: created, replaced, patched, deleted',
    source: cite('P-D, D6'),
    needs: { binding: 'any' },
  },
  {
    id: 'LIFE-05',
    level: 'MUST',
    title: 'a failed operation has no effect',
    source: cite('P-D'),
    needs: { binding: 'any' },
  },
  {
    id: 'LIFE-06',
    level: 'MUST',
    title: 'an accepted operation is applied exactly once',
    source: cite('Fig1, D6'),
    needs: { binding: 'any' },
  },
  {
    id: 'LIFE-07',
    level: 'MUST',
    title: "requests in flight together do not disturb each other's counts or results",
    source: cite('P-D'),
    needs: { binding: 'any' },
  },
  {
    id: 'LIFE-08',
    level: 'SHOULD',
    title: 'a read while processing sees the resource before or after the operation, never half of it',
    source: cite('P-D'),
    needs: { binding: 'any' },
  },
  {
    id: 'LIFE-09',
    level: 'MUST',
    title: 'synchronous requests are served while asynchronous ones are pending',
    source: cite('P-B'),
    needs: { binding: 'any' },
  },
  {
    id: 'LIFE-10',
    level: 'MUST',
    title:
      "after completion every failed operation's SCIM error, and every created resource's location, can be read from `Operations`",
    source: cite('P-D, P-S, D6'),
    needs: { binding: 'any' },
  },
  {
    id: 'BULK-01',
    level: 'MUST',
    title: 'valid operations succeed and invalid ones fail beside each other; counts and `Operations` agree',
    source: cite('P-Use'),
    needs: { binding: 'any', capability: 'bulk' },
  },
  {
    id: 'BULK-02',
    level: 'MUST',
    title: '`bulkId` references are resolved, also when operations run in parallel; results carry `bulkId`',
    source: cite('RFC 7644 §3.7.2'),
    needs: { binding: 'any', capability: 'bulk' },
  },
  {
    id: 'BULK-03',
    level: 'MUST',
    title:
      '`failOnErrors: n` stops after n errors; operations not run count as failed (`status` "424" SHOULD), so that pending reaches 0',
    source: cite('RFC 7644 §3.7.3, D7'),
    needs: { binding: 'any', capability: 'bulk' },
  },
  {
    id: 'BULK-04',
    level: 'MUST',
    title: 'more than `bulk.maxOperations`, or a body over `bulk.maxPayloadSize`, answers 413 and nothing is done',
    source: cite('RFC 7644 §3.7.4'),
    needs: { binding: 'any', capability: 'bulk' },
  },
  {
    id: 'BULK-05',
    level: 'MUST',
    title:
      'an operation whose `bulkId` reference cannot be resolved fails with a 4xx result; the others are not disturbed',
    source: cite('RFC 7644 §3.7.2'),
    needs: { binding: 'any', capability: 'bulk' },
  },
  {
    id: 'BULK-06',
    level: 'MUST',
    title: "`Operations` has one result for each operation, in the request's order",
    source: cite('RFC 7644 §3.7.3, D6'),
    needs: { binding: 'any', capability: 'bulk' },
  },
  {
    id: 'BULK-07',
    level: 'MUST',
    title: "operations on one resource within a bulk take effect in the request's order",
    source: cite('RFC 7644 §3.7'),
    needs: { binding: 'any', capability: 'bulk' },
  },
];
