import type { Exchange, ExchangeFailure } from '../../../../schemas/types.js';
import { rate09 } from '../../../../suites/requirements/rate/rate-09.js';
import { burstSteps } from '../../../../suites/scenarios/rate-limit/burst.js';
import { loadAgainSteps } from '../../../../suites/scenarios/rate-limit/load-again.js';
import { proveRequirement } from '../../prove-requirement.js';
import { BurstTrace } from './burst-trace.js';

const answered = (status: number, headers: Record<string, string> = {}): BurstTrace => {
  const trace = new BurstTrace();
  trace.exchange('burst', 'GET /Users', { status, headers });
  return trace;
};

type Failure = ExchangeFailure['code'];

/** Three bursts of twenty requests, of which so many are lost, with requests one by one after each. */
const bursts = (lost: readonly number[], code: Failure, { calm = 60, lostCalm = 0 } = {}): BurstTrace => {
  const trace = new BurstTrace();
  const read = (isLost: boolean, about: Partial<Exchange>): Exchange =>
    isLost
      ? trace.exchange('burst', 'GET /Users', { failure: { code, message: 'no answer' }, ...about })
      : trace.exchange('burst', 'GET /Users', { status: 200, ...about });
  lost.forEach((count, index) => {
    const burst = String(index + 1);
    const about = index === 0 ? {} : { variant: loadAgainSteps.load.of(burst) };
    for (let sent = 0; sent < 20; sent += 1) read(sent < count, about);
    for (let sent = 0; sent < calm; sent += 1) read(sent < lostCalm, { variant: loadAgainSteps.calm.of(burst) });
  });
  return trace;
};

proveRequirement(rate09, {
  right: {
    '429': () => answered(429),
    '503 with Retry-After': () => answered(503, { 'Retry-After': '1' }),
  },
  wrong: {
    'connection-dropped': () => bursts([3, 1, 2], 'connection'),
    'no-answer-in-time': () => bursts([3, 1, 2], 'timeout'),
    'retry-after-missing-on-503': () => answered(503),
    'other-server-error': () => answered(500),
  },
  legal: {
    'an error that is the fault of the client (RFC 9110 §15.5)': () => answered(400),
  },
  silent: {
    'a run that was interrupted': () => bursts([3, 1, 2], 'interrupted'),
    'connections that are lost without load, too': () => bursts([3, 1, 2], 'connection', { lostCalm: 1 }),
    'connections that are lost in only one of three bursts': () => bursts([3, 0, 0], 'connection'),
    'so few requests between the bursts that none would be lost anyway': () =>
      bursts([3, 1, 2], 'connection', { calm: 2 }),
    'a connection that is lost, and no further burst': () => bursts([1], 'connection', { calm: 0 }),
    'all requests are admitted': () => answered(200),
    'requests beside those of the burst, which RATE-04 and RATE-06 judge': () => {
      const trace = new BurstTrace();
      trace.exchange('burst', 'GET /Users', { status: 500, variant: burstSteps.anotherClient });
      return trace;
    },
  },
});
