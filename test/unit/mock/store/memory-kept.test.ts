import t from 'tap';
import { MemoryEvents } from '../../../../mock/store/memory/memory-events.js';
import { MemoryJob } from '../../../../mock/store/memory/memory-job.js';
import type { Outcome } from '../../../../mock/operation.js';
import type { Stored } from '../../../../mock/stored.js';
import { handMadeJob } from '../../../harness/hand-made-job.js';

const body = 'a long body';
const operation = { method: 'PUT' as const, path: '/Users/1', data: { title: body } };
const stored: Stored = {
  id: '1',
  type: 'User',
  attributes: { title: body, externalId: 'e-1' },
  created: 1000,
  lastModified: 1000,
  version: 2,
};
const outcome: Outcome = {
  result: { method: 'PUT', status: '200', location: 'http://provider.example/Users/1' },
  written: { status: 200, operation, before: stored, stored },
};

const finished = (hasStatus: boolean): MemoryJob => {
  const head = handMadeJob({
    operations: [operation],
    isBulk: false,
    hasStatus,
    created: 1000,
    counts: { total: 1, success: 0, failed: 0, pending: 1 },
    modified: 1000,
    isStarted: true,
  });
  const job = new MemoryJob(head, undefined, 100);
  job.finish(0, outcome, 1000);
  return job;
};

void t.test('a completed request whose status is kept holds no bodies, but what its events name', (t) => {
  const job = finished(true).look();
  t.notMatch(JSON.stringify(job.operations), body);
  t.notMatch(JSON.stringify(job.outcomes), body);
  t.match(job.outcomes, [
    { result: outcome.result, written: { stored: { id: '1', attributes: { externalId: 'e-1' } } } },
  ]);
  t.end();
});

void t.test('a request that is answered with its result keeps the resource for the answer', (t) => {
  t.strictSame(finished(false).look().outcomes?.[0]?.written?.stored, stored);
  t.end();
});

void t.test('an event is assembled when it is published, so that it does not hold the write until it is read', (t) => {
  let assembled = 0;
  new MemoryEvents().append({
    client: undefined,
    completes: undefined,
    event: () => {
      assembled += 1;
      return undefined;
    },
  });
  t.equal(assembled, 1);
  t.end();
});
