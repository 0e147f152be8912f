/** Faults of the limits of bulk requests: BULK-04. */
import type { Json } from '../json.js';
import { answering, bodyOf, config, counts, edit, error, isAccepted, member, withBody } from './answers.js';
import type { Fault } from './fault.js';

const limit = 500;

/** A fault in ServiceProviderConfig: it advertises other limits for bulk requests. */
const advertises = (change: (bulk: Json) => Json): Fault['seams'] =>
  edit(
    config,
    withBody((body) => ({ ...body, bulk: change(member(body, 'bulk')) })),
  );

export const bulkLimitFaults: readonly Fault[] = [
  {
    name: 'max-operations-not-enforced',
    title: 'accepting a bulk request with more operations than maxOperations',
    breaks: ['BULK-04'],
    options: { maxOperations: 2 * limit },
    seams: advertises((bulk) => ({ ...bulk, maxOperations: limit })),
  },
  {
    name: '413-but-executed',
    title: 'a bulk request that is answered 413 but executed',
    breaks: ['BULK-04'],
    options: { maxOperations: 2 * limit },
    seams: (base, environment) => {
      const { respond } = answering(() => (answer, request) => {
        const tooMany = isAccepted(answer, request) && Number(counts(bodyOf(answer)).total) > limit;
        return tooMany ? error(413) : answer;
      })({ ...base, ...advertises((bulk) => ({ ...bulk, maxOperations: limit }))(base, environment) }, environment);
      return respond === undefined ? {} : { respond };
    },
  },
];
