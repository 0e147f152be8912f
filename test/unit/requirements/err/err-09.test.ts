import type { Exchange } from '../../../../schemas/types.js';
import { err09 } from '../../../../suites/requirements/err/err-09.js';
import { lookAfterwardsSteps } from '../../../../suites/scenarios/building-blocks/look-afterwards.js';
import { wrongBodies } from '../../../../suites/scenarios/errors/wrong-bodies.js';
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
    'connection-dropped': run(['fuzz', failed('connection')], after({ status: 200 })),
    'not-normal-afterwards': run(['fuzz', { status: 400 }], after(failed('timeout'))),
  },
  legal: {
    '501, of what is not supported (RFC 9110 §15.6.2)': run(['patch', { status: 501 }]),
    '503 with Retry-After, of too much to do (RATE-09)': run(
      ['fuzz', { status: 503, headers: { 'Retry-After': '1' } }],
      after({ status: 200 }),
    ),
    '503 to fuzz, and afterwards: the provider has too much to do (RATE-09)': run(
      ['fuzz', { status: 503 }],
      after({ status: 503 }),
    ),
    'a look afterwards that is throttled (RFC 6585 §4)': run(['fuzz', { status: 400 }], after({ status: 429 })),
  },
  silent: {
    '5xx to a burst (RATE-09)': run(['burst', { status: 500 }]),
    'an interrupted run': run(after(failed('interrupted'))),
    'a read of what was written that times out, in a scenario that sends nothing odd': run([
      'read',
      { variant: afterwards, ...failed('timeout') },
    ]),
  },
});
