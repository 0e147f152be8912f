import t from 'tap';
import type { TargetFacts } from '../../../../schemas/types.js';
import { judgeTrace } from '../../../../suites/engine/case.js';
import { disc04 } from '../../../../suites/requirements/disc/disc-04.js';
import {
  preferAsAdvertised,
  preferAsAdvertisedSteps,
} from '../../../../suites/scenarios/respond-async/prefer-as-advertised.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const asked = (status: number, facts: Partial<TargetFacts>): HandMadeTrace => {
  const trace = new HandMadeTrace(preferAsAdvertised, 'respond-async', facts);
  trace.exchange('create', 'POST /Users', { variant: preferAsAdvertisedSteps.respondAsync, status });
  return trace;
};

const advertising = (asyncRequest: string): Partial<TargetFacts> => ({ securityEvents: { asyncRequest } });

proveRequirement(disc04, {
  right: {
    'none, and a synchronous answer': () => asked(201, advertising('none')),
    'request, and an asynchronous answer': () => asked(202, advertising('request')),
  },
  wrong: {
    'none-answers-202': () => asked(202, advertising('None')),
    'not-advertised': () => asked(202, {}),
  },
  legal: {
    'long, and a synchronous answer (RFC 9967 §4: the provider decides which requests take long)': () =>
      asked(201, advertising('long')),
    'an asyncRequest at another place, which is for DISC-03 to judge': () =>
      asked(202, { asyncRequestElsewhere: 'urn:example:async' }),
  },
  silent: {
    'nothing is advertised, and nothing is served': () => new HandMadeTrace(preferAsAdvertised, 'request-mode'),
  },
});

void t.test('DISC-04: whether a provider of request may answer normally is left open', (t) => {
  const ambiguities = (status: number): number =>
    judgeTrace(disc04, asked(status, advertising('request')).at('0')).ambiguities?.length ?? 0;
  t.equal(ambiguities(201), 1, 'a normal answer');
  t.equal(ambiguities(202), 0, 'an asynchronous answer');
  t.equal(ambiguities(400), 0, 'a refusal');
  t.end();
});
