import { conf01 } from '../../../../suites/requirements/conf/conf-01.js';
import { conflict, conflictSteps, duplicateId } from '../../../../suites/scenarios/features/conflict.js';
import { baseUrl, type HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { bulkTrace, create, created, failedWith, refusedBulk, type HandMadeResult } from '../bulk/bulk-trace.js';

const named = (word: string) => ({ displayName: word, name: { givenName: word, familyName: word } });

const [old, sent, foreign] = [named('Worda'), named('Wordb'), named('Wordc')];

const path = '/Users/1';
const userName = `${duplicateId}@example.com`;

const operations = [create('new'), create(duplicateId, { data: sent }), create('other')];

const read = (trace: HandMadeTrace, body: unknown, variant = conflictSteps.before): void => {
  trace.exchange('read', `GET ${path}`, { status: body === undefined ? 404 : 200, body, variant, subject: path });
};

interface Story {
  /** What the user is like afterwards; undefined: it is gone. */
  readonly is: unknown;
  readonly was?: unknown;
  /** Number of users that a search finds. */
  readonly found?: number;
  readonly others?: string;
}

/** A reimport whose duplicate has this result. */
const reimport = (
  policy: string,
  result: HandMadeResult,
  { is, was = old, found = 1, others = '201' }: Story,
): HandMadeTrace => {
  const results = [created('new'), result, { ...created('other'), status: others }];
  const step = conflictSteps.policy.of(policy);
  const trace = bulkTrace(conflict, { operations, results, step, first: (made) => read(made, was) });
  read(trace, is, conflictSteps.afterwards);
  const body = { totalResults: found, Resources: Array.from({ length: found }, () => ({ userName })) };
  trace.exchange('search', 'GET /Users?filter=x', { status: 200, body, subject: userName });
  return trace;
};

const done = (status = '200', location = `${baseUrl}${path}`): HandMadeResult => ({
  method: 'POST',
  bulkId: duplicateId,
  status,
  location,
});

const taken = failedWith('409', duplicateId);

const refused = (policy: string, status: number, is: unknown = old): HandMadeTrace => {
  const trace = refusedBulk(conflict, { operations, step: conflictSteps.policy.of(policy) }, status);
  read(trace, old);
  read(trace, is, conflictSteps.afterwards);
  return trace;
};

proveRequirement(conf01, {
  right: {
    'fail: 409, and it is as before': () => reimport('fail', taken, { is: old }),
    'skip: a success, and it is as before': () => reimport('skip', done(), { is: old }),
    'overwrite: a success, and it has the new names': () => reimport('overwrite', done(), { is: sent }),
    'fail: the whole request is refused (profile §7, clarification 14)': () => refused('fail', 409),
  },
  wrong: {
    'options-refused': {
      'as unknown': () => refused('skip', 400),
      'because of the duplicate, although it should be skipped': () => refused('skip', 409),
    },
    'fail-lets-it-through': () => reimport('fail', done('201'), { is: sent }),
    'fail-without-409': () => reimport('fail', failedWith('400', duplicateId), { is: old }),
    'fail-changes-it': {
      'with a result': () => reimport('fail', taken, { is: sent }),
      'although the request is refused': () => refused('fail', 409, sent),
      'by deleting it': () => reimport('fail', taken, { is: undefined, found: 0 }),
    },
    'skip-fails': () => reimport('skip', taken, { is: old }),
    'skip-changes-it': () => reimport('skip', done(), { is: sent }),
    'overwrite-fails': () => reimport('overwrite', taken, { is: old }),
    'overwrite-without-effect': {
      'it is as before': () => reimport('overwrite', done(), { is: old }),
      'it has the names of somebody else': () => reimport('overwrite', done(), { is: foreign }),
      'its names are gone': () => reimport('overwrite', done(), { is: {} }),
    },
    'created-twice': () => reimport('skip', done(), { is: old, found: 2 }),
    'leads-elsewhere': () => reimport('skip', done('201', `${baseUrl}/Users/2`), { is: old }),
    'other-operation-fails': () => reimport('fail', taken, { is: old, others: '424' }),
  },
  legal: {
    'another success than 200 (profile CONF-01 names none)': () => reimport('skip', done('204'), { is: old }),
    '201 to an overwriting create (profile CONF-01 names none)': () => reimport('overwrite', done('201'), { is: sent }),
    'no location (profile CONF-01 demands none)': () =>
      reimport('skip', { method: 'POST', bulkId: duplicateId, status: '200' }, { is: old }),
    'a relative location (RFC 9110 §10.2.2)': () => reimport('skip', done('200', '/scim/v2/Users/1'), { is: old }),
    'a provider that shows no names (RFC 7643 §2.2)': () => reimport('overwrite', done(), { was: {}, is: {} }),
    'a create that fails for a reason of its own (RFC 9110 §15.6)': () =>
      reimport('fail', taken, { is: old, others: '500' }),
  },
  open: {
    'an overwritten user under another id (RFC 7643 §3.1, profile CONF-01)': () =>
      reimport('overwrite', done('201', `${baseUrl}/Users/2`), { is: undefined }),
  },
  silent: {
    'a request that needs other rights': () => refused('skip', 403),
    'a provider without asynchronous bulk requests, which MODE-01 judges': () => refused('fail', 501),
    'a request that is never completed': () =>
      bulkTrace(conflict, { operations, step: conflictSteps.policy.of('skip') }),
  },
});
