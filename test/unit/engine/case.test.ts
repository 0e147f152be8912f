import t from 'tap';
import { addTrace, openCase } from '../../../suites/engine/case.js';
import { life12 } from '../../../suites/requirements/life/life-12.js';
import { rate01 } from '../../../suites/requirements/rate/rate-01.js';
import { conditionalWrites } from '../../../suites/scenarios/lifecycle/conditional-writes.js';
import { burst } from '../../../suites/scenarios/rate-limit/burst.js';
import { HandMadeTrace } from '../hand-made-trace.js';

const ended = (scenario: typeof burst, code: 'no-etag' | 'no-burst') => {
  const trace = new HandMadeTrace(scenario, 'request-mode');
  trace.blockedBy = code;
  return trace.at('0');
};

void t.test('why a requirement of all traces was not exercised is told by the scenario that tests it', (t) => {
  const open = openCase(rate01);
  addTrace(open, ended(conditionalWrites, 'no-etag'));
  t.strictSame([...open.blocked.values()], []);
  addTrace(open, ended(burst, 'no-burst'));
  t.strictSame([...open.blocked.values()], ['no-burst']);
  t.end();
});

void t.test('any scenario of a requirement that names its scenarios tells why', (t) => {
  const open = openCase(life12);
  addTrace(open, ended(conditionalWrites, 'no-etag'));
  t.strictSame([...open.blocked.values()], ['no-etag']);
  t.end();
});
