import { idem02 } from '../../../../suites/requirements/idem/idem-02.js';
import { requestIdReused, requestIdReusedSteps } from '../../../../suites/scenarios/features/request-id-reused.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { takenAs } from './taken-as.js';

type Name = keyof typeof requestIdReusedSteps;

const other = 'b@example.com';

/** Requests by their steps, answered so, and how many users of the second name are found afterwards. */
const sent = (answers: readonly (readonly [Name, Answer])[], users = 0): HandMadeTrace => {
  const trace = new HandMadeTrace(requestIdReused, 'request-mode', { features: ['idempotency'] });
  answers.forEach(([name, answer], place) => {
    const subject = place === 0 ? 'a@example.com' : other;
    trace.exchange('retry', 'POST /Users', { ...answer, subject, variant: requestIdReusedSteps[name] });
  });
  const Resources = Array.from({ length: users }, () => ({ userName: other }));
  trace.exchange('search', 'GET /Users?filter=userName', { subject: other, status: 200, body: { Resources } });
  return trace;
};

const accepted = ['first', takenAs('1')] as const;

proveRequirement(idem02, {
  right: {
    'another body is answered 409': () => sent([accepted, ['anotherBody', { status: 409 }]]),
    'an id is free after a refusal': () =>
      sent([
        ['refused', { status: 400 }],
        ['afterRefusal', takenAs('1')],
      ]),
    'another id is another request': () => sent([accepted, ['anotherId', takenAs('2')]]),
  },
  wrong: {
    'reuse-not-answered-409': {
      'another body': () => sent([accepted, ['anotherBody', takenAs('1')]]),
      'another order of operations': () =>
        sent([accepted, ['anotherBody', { status: 409 }], ['anotherOrder', takenAs('1')]]),
    },
    'refused-and-done': () => sent([accepted, ['anotherBody', { status: 409 }]], 1),
    'id-used-up-by-a-refusal': () =>
      sent([
        ['refused', { status: 400 }],
        ['afterRefusal', { status: 409 }],
      ]),
    'id-not-compared-whole': () => sent([accepted, ['anotherId', takenAs('1')]]),
  },
  legal: {
    'the invalid request is accepted, and its id is used from then on (profile D8)': () =>
      sent([
        ['refused', takenAs('1')],
        ['afterRefusal', { status: 409 }],
      ]),
    'another id without a body on its 202 (profile D2)': () =>
      sent([accepted, ['anotherId', { status: 202, headers: { Location: '/provision/2/status' } }]]),
  },
  silent: {
    'the first request is refused': () =>
      sent([
        ['first', { status: 400 }],
        ['anotherBody', takenAs('1')],
      ]),
    'the first of two ids is refused': () =>
      sent([
        ['first', { status: 400 }],
        ['anotherId', { status: 400 }],
      ]),
  },
});
