/** Faults of the txn of completion events: EVT-03. */
import { completing } from './claims.js';
import type { Fault } from './fault.js';

export const transactionFaults: readonly Fault[] = [
  {
    name: 'txn-counts-from-one',
    title: 'txn suffixes that count from 1, as figures 16 to 19 of RFC 9967 do',
    breaks: ['EVT-03'],
    seams: completing((claims, _payload, { job, index = 0 }) =>
      job?.isBulk === true ? { ...claims, txn: `${job.id}:${index + 1}` } : claims,
    ),
  },
  {
    name: 'txn-is-the-bulk-id',
    title: 'a bulkId as the suffix of txn',
    breaks: ['EVT-03'],
    // No event has the txn that the suite waits for.
    entails: ['LIFE-01'],
    seams: completing((claims, { bulkId }, { job, index = 0 }) =>
      job?.isBulk === true ? { ...claims, txn: `${job.id}:${typeof bulkId === 'string' ? bulkId : index}` } : claims,
    ),
  },
  {
    name: 'txn-is-not-set-txn',
    title: 'a txn that is not Set-Txn',
    breaks: ['EVT-03'],
    // No event has the txn that the suite waits for.
    entails: ['LIFE-01'],
    seams: completing((claims, _payload, { job, index = 0 }) =>
      job?.isBulk === true ? claims : { ...claims, txn: `${String(claims.jti)}-${index}` },
    ),
  },
  {
    name: 'txns-swapped',
    title: 'events of a bulk request with the txn of a neighbouring operation',
    breaks: ['EVT-03'],
    // The suite matches events to operations by txn.
    entails: [
      'BULK-01',
      'BULK-02',
      'BULK-03',
      'BULK-05',
      'EVT-02',
      'LIFE-04',
      'LIFE-05',
      'LIFE-06',
      'LIFE-10',
      'LIFE-11',
    ],
    seams: completing((claims, _payload, { job, index = 0 }) => {
      if (job?.isBulk !== true) return claims;
      const neighbour = index % 2 === 0 ? index + 1 : index - 1;
      return neighbour < job.operations.length ? { ...claims, txn: `${job.id}:${neighbour}` } : claims;
    }),
  },
];
