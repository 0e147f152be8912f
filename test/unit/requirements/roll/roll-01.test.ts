import { roll01 } from '../../../../suites/requirements/roll/roll-01.js';
import { rollback, rollbackSteps } from '../../../../suites/scenarios/features/rollback.js';
import type { Step } from '../../../../suites/trace/step.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import {
  bulkTrace,
  create,
  created,
  failedWith,
  refusedBulk,
  wrongCreate,
  type HandMadeOperation,
  type HandMadeResult,
} from '../bulk/bulk-trace.js';

const write = (method: HandMadeOperation['method'], path: string): HandMadeOperation => ({
  method,
  path,
  bulkId: path,
  expected: 'success',
});

const operations = [
  create('a'),
  write('PUT', '/Users/1'),
  write('PATCH', '/Users/2'),
  write('DELETE', '/Users/3'),
  write('PATCH', '/Groups/4'),
  wrongCreate('x'),
];

const undone: readonly HandMadeResult[] = operations.map(({ method, bulkId = '', expected }) => ({
  ...failedWith(expected === 'failure' ? '400' : '424', bulkId),
  method,
}));

const named = (word: string) => ({ displayName: word, name: { givenName: word, familyName: word } });

const members = (...values: string[]) => ({ members: values.map((value) => ({ value })) });

type Shown = Readonly<Record<string, unknown>>;

const before: Shown = {
  '/Users/1': named('Worda'),
  '/Users/2': named('Wordb'),
  '/Users/3': named('Wordc'),
  '/Groups/4': members('5'),
};

const read = (trace: HandMadeTrace, shown: Shown, variant: Step): void => {
  for (const [path, body] of Object.entries(shown)) {
    const status = body === undefined ? 404 : 200;
    trace.exchange('read', `GET ${path}`, { status, body, variant, subject: path });
  }
};

const search = (trace: HandMadeTrace, ...found: string[]): void => {
  const body = { totalResults: found.length, Resources: found.map((userName) => ({ userName })) };
  trace.exchange('search', 'GET /Users?filter=x', { status: 200, body, subject: 'a@example.com' });
};

const createAgain = (trace: HandMadeTrace, status: number): void => {
  const variant = rollbackSteps.createOfUndone;
  trace.exchange('create', 'POST /Users', { status, subject: 'a@example.com', variant });
};

interface Story {
  readonly results?: readonly HandMadeResult[];
  readonly counts?: Readonly<Record<string, number>>;
  /** What reads show before and after, if that is not the same. */
  readonly was?: Shown;
  readonly is?: Shown;
}

/** A request one of whose operations fails. */
const oneFails = ({ results = undone, counts = {}, was = before, is = {} }: Story = {}): HandMadeTrace => {
  const step = rollbackSteps.oneFails;
  const trace = bulkTrace(rollback, {
    operations,
    results,
    counts,
    step,
    first: (made) => read(made, was, rollbackSteps.before),
  });
  read(trace, { ...was, ...is }, rollbackSteps.afterwards);
  return trace;
};

const refused = (status: number, is: Shown = {}): HandMadeTrace => {
  const trace = refusedBulk(rollback, { operations, step: rollbackSteps.oneFails }, status);
  read(trace, before, rollbackSteps.before);
  read(trace, { ...before, ...is }, rollbackSteps.afterwards);
  return trace;
};

const allValid = (results: readonly HandMadeResult[]): HandMadeTrace =>
  bulkTrace(rollback, { operations: [create('a'), create('b')], results, step: rollbackSteps.allValid });

proveRequirement(roll01, {
  right: {
    'everything is as before, and nothing counts as success': () => {
      const trace = oneFails();
      search(trace);
      createAgain(trace, 201);
      return trace;
    },
    'a request with valid operations alone is done': () => allValid([created('a'), created('b')]),
    'a request that is refused as a whole (profile §7, clarification 14)': () => refused(400),
  },
  wrong: {
    'options-refused': () => refusedBulk(rollback, { operations: [create('a')], step: rollbackSteps.allValid }, 400),
    'undone-without-a-failure': () => allValid([failedWith('424', 'a'), failedWith('424', 'b')]),
    'left-pending': () =>
      bulkTrace(rollback, { operations, step: rollbackSteps.oneFails, counts: { failed: 1, pending: 5 } }),
    'counted-as-success': {
      'in its result': () => oneFails({ results: [created('a'), ...undone.slice(1)] }),
      'in the counts alone': () => oneFails({ results: [], counts: { total: 6, success: 1, failed: 5 } }),
    },
    'create-not-undone': () => {
      const trace = oneFails();
      search(trace, 'a@example.com');
      return trace;
    },
    'replace-not-undone': {
      'it has the new names': () => oneFails({ is: { '/Users/1': named('Wordd') } }),
      'it is gone': () => oneFails({ is: { '/Users/1': undefined } }),
      'its names are gone': () => oneFails({ is: { '/Users/1': {} } }),
      'although the request was refused': () => refused(400, { '/Users/1': named('Wordd') }),
    },
    'patch-not-undone': () => oneFails({ is: { '/Users/2': { ...named('Wordb'), displayName: 'Worde' } } }),
    'delete-not-undone': () => oneFails({ is: { '/Users/3': undefined } }),
    'members-not-undone': {
      'the new one is there': () => oneFails({ is: { '/Groups/4': members('5', '6') } }),
      'the old one is gone': () => oneFails({ is: { '/Groups/4': {} } }),
    },
    'name-stays-taken': () => {
      const trace = oneFails();
      search(trace);
      createAgain(trace, 409);
      return trace;
    },
    'undone-without-424': () => oneFails({ results: [failedWith('400', 'a'), ...undone.slice(1)] }),
  },
  legal: {
    'counts that contradict the results, which BULK-01 judges': () => oneFails({ counts: { success: 1, failed: 5 } }),
    'names in capitals, and members in another order (RFC 7643 §2.4, §4.1.1)': () =>
      oneFails({
        was: { ...before, '/Groups/4': members('5', '6') },
        is: { '/Users/1': named('WORDA'), '/Groups/4': members('6', '5') },
      }),
    'a new version of what was written twice (profile ROLL-01 compares no versions)': () =>
      oneFails({ is: { '/Users/1': { ...named('Worda'), meta: { version: 'W/"3"' } } } }),
    'a provider that shows neither names nor members (RFC 7643 §2.2)': () =>
      oneFails({ was: { '/Users/1': {}, '/Groups/4': {} } }),
    'another operation that fails by itself (RFC 7644 §3.7.3)': () =>
      oneFails({
        results: undone.map((result) => (result.method === 'PATCH' ? { ...result, status: '501' } : result)),
      }),
    'a read that is refused for another reason (RFC 9110 §15.5.4)': () => {
      const trace = bulkTrace(rollback, { operations, results: undone, step: rollbackSteps.oneFails });
      trace.exchange('read', 'GET /Users/1', { status: 403, variant: rollbackSteps.afterwards, subject: '/Users/1' });
      return trace;
    },
  },
  silent: {
    'the operation that cannot succeed succeeds, which ERR judges': () =>
      oneFails({ results: operations.map(({ bulkId = '' }) => created(bulkId)) }),
    'a request with valid operations that needs other rights': () =>
      refusedBulk(rollback, { operations: [create('a')], step: rollbackSteps.allValid }, 403),
    'a request that is still at work at the deadline': () =>
      bulkTrace(rollback, { operations, step: rollbackSteps.oneFails, counts: { failed: 0, pending: 6 } }),
  },
});
