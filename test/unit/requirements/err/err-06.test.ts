import { urn } from '../../../../schemas/names.js';
import { err06 } from '../../../../suites/requirements/err/err-06.js';
import { duplicateUser, duplicateUserSteps } from '../../../../suites/scenarios/errors/duplicate-user.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { addCompletedWrite } from './completed-write.js';

const subject = 'a@example.com';

const error = (status: string, scimType?: string) => ({ schemas: [urn.error], status, scimType });

const made = (isDeleted: boolean): HandMadeTrace => {
  const trace = new HandMadeTrace(duplicateUser, 'request-mode');
  trace.exchange('create', 'POST /Users', { status: 201, subject });
  if (isDeleted) {
    trace.exchange('delete', 'DELETE /Users/1', { status: 204, subject });
    trace.exchange('read', 'GET /Users/1', { status: 404, variant: duplicateUserSteps.deleted });
  }
  return trace;
};

const requestOf = (variant: Step): `${string} ${string}` => {
  if (variant === duplicateUserSteps.patch) return 'PATCH /Users/2';
  return variant === duplicateUserSteps.replace ? 'PUT /Users/2' : 'POST /Users';
};

const atOnce = (variant: Step, status: number, body?: unknown) => (): HandMadeTrace => {
  const trace = made(variant === createAfterDelete);
  trace.exchange('duplicate', requestOf(variant), { status, variant, subject, body });
  return trace;
};

/** The same, and a read of the user afterwards that shows this name. */
const thenShows = (trace: HandMadeTrace, userName: string): HandMadeTrace => {
  const variant = duplicateUserSteps.afterwards;
  trace.exchange('read', 'GET /Users/2', { status: 200, body: { id: '2', userName }, subject: '/Users/2', variant });
  return trace;
};

/** An asynchronous write of a name that is taken, with its result. */
const later =
  (status: string, response?: unknown, variant = duplicateUserSteps.create) =>
  (): HandMadeTrace => {
    const trace = made(variant === createAfterDelete);
    const request = requestOf(variant);
    addCompletedWrite(trace, {
      purpose: 'duplicate',
      request,
      about: { variant, subject },
      isSuccess: Number(status) < 300,
      result: { method: request.split(' ')[0], status, response },
    });
    return trace;
  };

const created = { method: 'POST', status: '201' };
const refused = { method: 'POST', status: '409', response: error('409', 'uniqueness') };

/** Creates of one new name at the same time, each with its result; undefined: the counts alone say that it succeeded. */
const rivals =
  (...results: (typeof created | typeof refused | undefined)[]) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(duplicateUser, 'request-mode');
    for (const result of results) {
      addCompletedWrite(trace, {
        purpose: 'submit',
        request: 'POST /Users',
        about: { variant: duplicateUserSteps.together, subject },
        isSuccess: result === undefined || result === created,
        ...(result === undefined ? {} : { result }),
      });
    }
    return trace;
  };

interface InBulk {
  readonly statuses: readonly [post: string, put: string, patch: string];
  /** The userName that reads show afterwards; undefined: they are refused. */
  readonly name?: string;
  readonly isAsynchronous?: boolean;
}

/** A bulk request that writes a taken name three times. */
const inBulk =
  ({ statuses, name, isAsynchronous = false }: InBulk) =>
  (): HandMadeTrace => {
    const trace = made(false);
    const [POST, PUT, PATCH] = statuses;
    const results = Object.entries({ POST, PUT, PATCH }).map(([method, status]) => ({ method, status }));
    const paths = { POST: '/Users', PUT: '/Users/2', PATCH: '/Users/3' };
    const Operations = Object.entries(paths).map(([method, path]) => ({ method, path }));
    const about = { variant: duplicateUserSteps.bulk, subject, sent: { schemas: [urn.bulkRequest], Operations } };
    if (isAsynchronous)
      addCompletedWrite(trace, {
        ...{ purpose: 'submit', request: 'POST /Bulk', about, isSuccess: false, result: results[0] ?? {} },
      });
    else
      trace.exchange('bulk', 'POST /Bulk', {
        ...{ status: 200, ...about, body: { schemas: [urn.bulkResponse], Operations: results } },
      });
    for (const path of [paths.PUT, paths.PATCH])
      trace.exchange('read', `GET ${path}`, {
        ...{ status: name === undefined ? 403 : 200, body: { userName: name }, subject: path },
        variant: duplicateUserSteps.afterwards,
      });
    return trace;
  };

const { create, createAfterDelete, createInCapitals, createWithAddress, patch, replace, replaceInCapitals } =
  duplicateUserSteps;

proveRequirement(err06, {
  right: {
    '409 at once': atOnce(create, 409, error('409', 'uniqueness')),
    '409 in the result': later('409', error('409', 'uniqueness')),
    '409 in the results of a bulk request': inBulk({ statuses: ['409', '409', '409'], name: 'b@example.com' }),
    'one of four creates at the same time succeeds': rivals(refused, created, refused, refused),
    'one of two succeeds, as the counts alone say': rivals(undefined, refused),
  },
  wrong: {
    'duplicate-created': { 'at once': atOnce(create, 201), later: later('201') },
    'duplicate-in-capitals-created': atOnce(createInCapitals, 201),
    'duplicate-with-another-address-created': atOnce(createWithAddress, 201, { userName: subject }),
    'replaced-with-a-taken-name': {
      'at once': atOnce(replace, 200),
      later: () => thenShows(later('200', undefined, replace)(), 'A@example.com'),
    },
    'replaced-with-a-taken-name-in-capitals': {
      'at once': () => thenShows(atOnce(replaceInCapitals, 200)(), subject.toUpperCase()),
      later: later('200', undefined, replaceInCapitals),
    },
    'taken-name-in-bulk-done': {
      'by a create': inBulk({ statuses: ['201', '409', '409'], name: 'b@example.com' }),
      'by a PUT': inBulk({ statuses: ['409', '200', '409'], name: subject }),
      'by a PATCH, in other letter case': inBulk({ statuses: ['409', '409', '204'], name: subject.toUpperCase() }),
      'by a create in an asynchronous bulk request': inBulk({ statuses: ['201', '409', '409'], isAsynchronous: true }),
    },
    'patched-to-a-taken-name': {
      'at once': () => thenShows(atOnce(patch, 204)(), subject),
      later: later('200', undefined, patch),
    },
    'several-created-at-a-time': {
      'as the results say': rivals(created, refused, created, refused),
      'as the counts alone say': rivals(undefined, refused, undefined),
    },
    'refused-otherwise-than-409': {
      'at once': atOnce(create, 400, error('400', 'uniqueness')),
      later: later('500', error('500')),
    },
    'name-of-a-deleted-user-refused': {
      'at once': atOnce(createAfterDelete, 409, error('409', 'uniqueness')),
      later: later('409', error('409'), createAfterDelete),
    },
    'scim-type-not-uniqueness': {
      'without one': atOnce(create, 409, error('409')),
      'with another one': later('409', error('409', 'invalidValue')),
    },
  },
  legal: {
    'an address that is refused because it is not the userName (RFC 7644 §3.12)': atOnce(
      createWithAddress,
      400,
      error('400', 'invalidValue'),
    ),
    'a userName that the provider makes of the address, which CORE-03 judges': atOnce(createWithAddress, 201, {
      userName: 'other@example.com',
    }),
    'the name of a deleted user, used again (RFC 7644 §3.6)': atOnce(createAfterDelete, 201),
    'a PUT refused because userName never changes, with a scimType of its own (profile 1.1, clarification 4)': atOnce(
      duplicateUserSteps.replace,
      400,
      error('400', 'immutableUserName'),
    ),
    'a PATCH refused because userName never changes, with a scimType of null (RFC 7643 §2.5)': atOnce(
      duplicateUserSteps.patch,
      400,
      { ...error('400'), scimType: null },
    ),
    'a PUT that is refused because userName cannot be changed (RFC 7644 §3.5.1)': atOnce(
      replace,
      400,
      error('400', 'mutability'),
    ),
    'a PATCH that is refused because userName cannot be changed (RFC 7644 §3.12)': atOnce(
      patch,
      400,
      error('400', 'mutability'),
    ),
    'a PUT that leaves the userName as it is (RFC 7643 §7)': () => thenShows(atOnce(replace, 200)(), 'b@example.com'),
    'an asynchronous PATCH that leaves the userName as it is': () =>
      thenShows(later('200', undefined, patch)(), 'b@example.com'),
    'operations of a bulk request that leave the userName as it is (RFC 7643 §7)': inBulk({
      ...{ statuses: ['409', '200', '200'], name: 'b@example.com' },
    }),
    'operations of a bulk request that are refused for another reason (RFC 7644 §3.7)': inBulk({
      ...{ statuses: ['400', '501', '403'], name: 'b@example.com' },
    }),
    'a PUT in a bulk request whose effect nobody can read': inBulk({ statuses: ['409', '200', '409'] }),
    'a 409 whose body is no error (ERR-01)': atOnce(create, 409),
  },
  silent: {
    'the name of a user who is still there after the DELETE (CORE-03)': () => {
      const trace = made(false);
      trace.exchange('read', 'GET /Users/1', { status: 200, variant: duplicateUserSteps.deleted });
      trace.exchange('duplicate', 'POST /Users', { status: 409, variant: createAfterDelete, subject });
      return trace;
    },
    'none of four creates at the same time succeeds': rivals(refused, refused, refused, refused),
    'a duplicate that is not implemented': atOnce(replace, 501),
  },
});
