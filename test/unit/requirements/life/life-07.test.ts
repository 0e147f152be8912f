import type { Submission } from '../../../../schemas/types.js';
import { wordedUser } from '../../../../suites/generators/worded.js';
import { life07 } from '../../../../suites/requirements/life/life-07.js';
import { bulksTogether } from '../../../../suites/scenarios/bulk/bulks-together.js';
import { manyAtOnce } from '../../../../suites/scenarios/lifecycle/many-at-once.js';
import { baseUrl, HandMadeTrace } from '../../hand-made-trace.js';
import { put, shows, story } from '../../judging/history/short-stories.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

interface Requested {
  /** bulkIds of its creates, each of a user of that name. */
  readonly bulkIds: readonly string[];
  /** What its results say they are of; those bulkIds where absent. */
  readonly results?: readonly string[];
  /** Users to which the locations of its results lead; of those bulkIds where absent. */
  readonly created?: readonly string[];
  /** Of how many operations its counts are. */
  readonly total?: number;
  /** Milliseconds from which to which it is in flight. */
  readonly from?: number;
  readonly to?: number;
  readonly location?: string;
}

const submit = (trace: HandMadeTrace, { bulkIds, from = 0, location = bulkIds.join('') }: Requested): Submission =>
  trace.submitted(
    'POST /Bulk',
    { at: from, took: 5, status: 202, headers: { Location: `/scim/v2/provision/${location}/status` } },
    {
      shape: 'bulk',
      operations: bulkIds.map((bulkId) => ({
        method: 'POST',
        path: '/Users',
        bulkId,
        expected: 'success',
        userName: `${bulkId}@example.com`,
      })),
    },
  );

const complete = (trace: HandMadeTrace, submission: Submission, requested: Requested): void => {
  const { bulkIds, results = bulkIds, created = bulkIds, total = bulkIds.length, to = 100 } = requested;
  const Operations = results.map((bulkId, index) => ({
    method: 'POST',
    bulkId,
    status: '201',
    location: `${baseUrl}/Users/${created[index] ?? ''}`,
  }));
  trace.looked(submission, {
    at: to - 5,
    took: 5,
    status: 200,
    body: statusResource({ success: total }, { Operations }),
  });
};

/** Bulk requests whose creates are read at their locations when all are completed. */
const requests = (...all: Requested[]): HandMadeTrace => {
  const trace = new HandMadeTrace(bulksTogether, 'request-mode');
  const submissions = all.map((requested) => ({ requested, submission: submit(trace, requested) }));
  for (const { requested, submission } of submissions) complete(trace, submission, requested);
  for (const id of new Set(all.flatMap(({ bulkIds, created = bulkIds }) => created))) {
    const body = wordedUser(`${id}@example.com`, 'Worda');
    trace.exchange('read', `GET /Users/${id}`, { at: 200, took: 5, status: 200, body });
  }
  return trace;
};

/** The user that is read has a word that was written to another user. */
const foreignWord = (): HandMadeTrace => {
  const trace = story([put('Worda', 10, 40)], [shows('Wordb', 50)]);
  trace.exchange('create', 'POST /Users', {
    at: 10,
    took: 5,
    status: 201,
    sent: wordedUser('other@example.com', 'Wordb'),
    body: { id: '2' },
  });
  return trace;
};

proveRequirement(life07, {
  right: {
    'each has its own results': () => requests({ bulkIds: ['a', 'b'] }, { bulkIds: ['c'] }),
  },
  wrong: {
    'result-of-another-request': () => requests({ bulkIds: ['a'], results: ['b'] }, { bulkIds: ['b'] }),
    'location-of-another-request': () => requests({ bulkIds: ['a'], created: ['b'] }, { bulkIds: ['b'] }),
    'counts-of-another-request': () => requests({ bulkIds: ['a', 'b'], total: 1 }, { bulkIds: ['c'], total: 2 }),
    'word-of-another-request': foreignWord,
  },
  legal: {
    'a number of operations that two requests share': () => requests({ bulkIds: ['a'] }, { bulkIds: ['b'] }),
    'one status for two requests is another requirement (profile ACC-04)': () =>
      requests({ bulkIds: ['a'], location: 'x' }, { bulkIds: ['b'], results: ['a'], location: 'x' }),
    'a wrong result of a request that nothing was beside': () =>
      requests({ bulkIds: ['a'], results: ['b'], to: 50 }, { bulkIds: ['b'], from: 60 }),
  },
  silent: {
    'nothing was asked for': () => new HandMadeTrace(manyAtOnce, 'request-mode'),
  },
});
