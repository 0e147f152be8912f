import { urn } from '../../../../schemas/names.js';
import { err06 } from '../../../../suites/requirements/err/err-06.js';
import { duplicateUser, duplicateUserSteps } from '../../../../suites/scenarios/errors/duplicate-user.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { addCompletedWrite } from './completed-write.js';

const subject = 'a@example.com';

const error = (status: string, scimType?: string) => ({ schemas: [urn.error], status, scimType });

const made = (): HandMadeTrace => {
  const trace = new HandMadeTrace(duplicateUser, 'request-mode');
  trace.exchange('create', 'POST /Users', { status: 201, subject });
  return trace;
};

const atOnce = (variant: Step, status: number, body?: unknown) => (): HandMadeTrace => {
  const trace = made();
  const request = variant === duplicateUserSteps.replace ? 'PUT /Users/2' : 'POST /Users';
  trace.exchange('duplicate', request, { status, variant, subject, body });
  return trace;
};

/** An asynchronous create of a name that is taken, with its result. */
const later = (status: string, response?: unknown) => (): HandMadeTrace => {
  const trace = made();
  addCompletedWrite(trace, {
    purpose: 'duplicate',
    request: 'POST /Users',
    about: { variant: duplicateUserSteps.create, subject },
    isSuccess: status === '201',
    result: { method: 'POST', status, response },
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

const { create, createInCapitals, replace } = duplicateUserSteps;

proveRequirement(err06, {
  right: {
    '409 at once': atOnce(create, 409, error('409', 'uniqueness')),
    '409 in the result': later('409', error('409', 'uniqueness')),
    'one of four creates at the same time succeeds': rivals(refused, created, refused, refused),
    'one of two succeeds, as the counts alone say': rivals(undefined, refused),
  },
  wrong: {
    'duplicate-created': { 'at once': atOnce(create, 201), later: later('201') },
    'duplicate-in-capitals-created': atOnce(createInCapitals, 201),
    'replaced-with-a-taken-name': atOnce(replace, 200),
    'several-created-at-a-time': {
      'as the results say': rivals(created, refused, created, refused),
      'as the counts alone say': rivals(undefined, refused, undefined),
    },
    'refused-otherwise-than-409': {
      'at once': atOnce(create, 400, error('400', 'uniqueness')),
      later: later('500', error('500')),
    },
    'scim-type-not-uniqueness': {
      'without one': atOnce(create, 409, error('409')),
      'with another one': later('409', error('409', 'invalidValue')),
    },
  },
  legal: {
    'a PUT that is refused because userName cannot be changed (RFC 7644 §3.5.1)': atOnce(
      replace,
      400,
      error('400', 'mutability'),
    ),
    'a 409 whose body is no error (ERR-01)': atOnce(create, 409),
  },
  silent: {
    'none of four creates at the same time succeeds': rivals(refused, refused, refused, refused),
    'a duplicate that is not implemented': atOnce(replace, 501),
  },
});
