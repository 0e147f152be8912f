import type { Exchange } from '../../../../schemas/types.js';
import { err09 } from '../../../../suites/requirements/err/err-09.js';
import { lookAfterwardsSteps } from '../../../../suites/scenarios/building-blocks/look-afterwards.js';
import {
  afterOddInput,
  afterOddInputSteps as steps,
  usualBefore,
} from '../../../../suites/scenarios/errors/after-odd-input.js';
import { wrongBodies } from '../../../../suites/scenarios/errors/wrong-bodies.js';
import { stillThere } from '../../../../suites/trace/lost-requests.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const { afterwards } = lookAfterwardsSteps;

type Asked = readonly [purpose: Exchange['purpose'], answer: Answer];

const run =
  (...asked: readonly Asked[]) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(wrongBodies, 'request-mode');
    for (const [purpose, answer] of asked) trace.exchange(purpose, 'POST /Users', answer);
    return trace;
  };

const after = (answer: Answer): Asked => ['probe', { variant: afterwards, ...answer }];

const failed = (code: 'connection' | 'timeout' | 'interrupted'): Answer => ({
  failure: { code, message: 'no answer' },
});

/** A fuzzed request that gets no answer to any of its attempts, and requests after it of which so many are answered. */
const dropped = (attempts: number, others: number) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(wrongBodies, 'request-mode');
  trace.exchange('fuzz', 'POST /Users', failed('connection'));
  for (let attempt = 2; attempt <= attempts; attempt += 1) trace.sentAgain(failed('connection'));
  for (let other = 1; other <= 8; other += 1) {
    const answer = other <= others ? { status: 200 } : failed('connection');
    trace.exchange('probe', 'GET /ServiceProviderConfig', { ...answer, variant: stillThere.step });
  }
  return trace;
};

/** Odd operations in a bulk request, with the status of each result. */
const inBulk =
  (...results: readonly string[]) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(wrongBodies, 'request-mode');
    const Operations = results.map((status) => ({ method: 'POST', bulkId: 'b', status }));
    trace.exchange('fuzz', 'POST /Bulk', { status: 200, body: { Operations } });
    return trace;
  };

/** An odd input, each time between usual requests; `after` are the answers to those after it. */
const tries = (...after: readonly Answer[]) => triedBetween({ status: 200 }, ...after);

const triedBetween =
  (before: Answer, ...after: readonly Answer[]) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(afterOddInput, 'request-mode');
    for (const answer of after) {
      for (let sent = 0; sent < usualBefore; sent += 1)
        trace.exchange('probe', 'GET /Users', { ...before, variant: steps.before, subject: 'deep' });
      trace.exchange('fuzz', 'POST /Users', { status: 400, subject: 'deep' });
      trace.exchange('probe', 'GET /Users', { ...answer, variant: steps.rightAfter, subject: 'deep' });
      trace.exchange('probe', 'GET /Users', { status: 200, variant: steps.recovered, subject: 'deep' });
    }
    return trace;
  };

const busy: Answer = { status: 503, headers: { 'Retry-After': '1' } };

proveRequirement(err09, {
  right: {
    '400, and all is well afterwards': run(['fuzz', { status: 400 }], after({ status: 200 })),
    '401 afterwards is a normal answer': run(after({ status: 401 })),
  },
  wrong: {
    'odd-input-answered-5xx': {
      '500': run(['fuzz', { status: 500 }]),
      '503 without Retry-After, and all is well afterwards': run(['fuzz', { status: 503 }], after({ status: 200 })),
    },
    'usual-request-answered-5xx': run(['patch', { status: 502 }], ['read', { status: 500, variant: afterwards }]),
    'odd-operation-fails-with-5xx': inBulk('400', '500'),
    'connection-dropped': dropped(5, 8),
    'not-normal-afterwards': {
      '503 after each of three times': tries(busy, busy, busy),
      'no answer after each of three times': tries(failed('connection'), failed('timeout'), failed('connection')),
    },
  },
  legal: {
    '400, 501 and 503 in the results of a bulk request': inBulk('400', '501', '503'),
    '501, of what is not supported (RFC 9110 §15.6.2)': run(['patch', { status: 501 }]),
    '503 with Retry-After, of too much to do (RATE-09)': run(
      ['fuzz', { status: 503, headers: { 'Retry-After': '1' } }],
      after({ status: 200 }),
    ),
    '503 to fuzz, and afterwards: the provider has too much to do (RATE-09)': run(
      ['fuzz', { status: 503 }],
      after({ status: 503 }),
    ),
    'a connection that is lost four times, but not five (profile 1.1, clarification 7)': dropped(4, 8),
    '503 after odd input once (RFC 9110 §15.6.4)': tries(busy, { status: 200 }),
    '429 after odd input (RFC 6585 §4)': tries({ status: 429 }, { status: 429 }, { status: 429 }),
    '503 before the input, too': triedBetween(busy, busy, busy, busy),
    'a look afterwards that is throttled (RFC 6585 §4)': run(['fuzz', { status: 400 }], after({ status: 429 })),
  },
  silent: {
    '5xx to a burst (RATE-09)': run(['burst', { status: 500 }]),
    'a connection that is lost once': run(['fuzz', failed('connection')]),
    'a target that is gone': dropped(5, 0),
    'a look afterwards that gets no answer': run(after(failed('timeout'))),
    'an interrupted run': run(after(failed('interrupted'))),
    'a read of what was written that times out, in a scenario that sends nothing odd': run([
      'read',
      { variant: afterwards, ...failed('timeout') },
    ]),
  },
});
