import t from 'tap';
import type { ExchangeFailure } from '../../../../schemas/types.js';
import { acc01 } from '../../../../suites/requirements/acc/acc-01.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { stillThere } from '../../../../suites/trace/lost-requests.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const made = (): HandMadeTrace => new HandMadeTrace(asyncCreateScenario, 'request-mode');

/** A status that is gone at the first look, so many milliseconds after the 202, where 5 s are promised. */
const lookedAfter = (at: number) => (): HandMadeTrace => {
  const facts = { asyncExtension: { statusRetentionSeconds: 5 } };
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode', facts);
  const { n, location: url = '' } = trace.accepted('/provision/1/status');
  trace.exchange('poll', `GET ${url}`, { submission: n, status: 404, at });
  return trace;
};

/** A create that is accepted with this Location, and a look at it that is answered so, or fails so. */
const looked = (location: string, look: { status?: number; code?: ExchangeFailure['code'] }): HandMadeTrace => {
  const trace = made();
  const { n, location: url = '' } = trace.accepted(location);
  const { status, code } = look;
  trace.exchange('poll', `GET ${url}`, {
    submission: n,
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { failure: { code, message: 'no answer' } }),
  });
  return trace;
};

proveRequirement(acc01, {
  right: {
    'an absolute Location that answers 200': () =>
      looked('https://provider.example/scim/v2/provision/1/status', { status: 200 }),
    'a Location relative to the host': () => looked('/scim/v2/provision/1/status', { status: 200 }),
  },
  wrong: {
    'location-missing': () => {
      const trace = made();
      trace.submission(trace.exchange('submit', 'POST /Users', { status: 202 }));
      return trace;
    },
    'location-not-a-uri': () => {
      const trace = made();
      trace.submission(trace.exchange('submit', 'POST /Users', { status: 202, headers: { Location: 'http://[' } }));
      return trace;
    },
    'status-not-there-at-once': {
      'at once': () => looked('/provision/1/status', { status: 404 }),
      'before the end of its retention': lookedAfter(4000),
    },
  },
  legal: {
    'a first look that is throttled, and a second one that answers 200 (RFC 6585 §4)': () => {
      const trace = looked('/provision/1/status', { status: 429 });
      trace.exchange('poll', 'GET /provision/1/status', { submission: 1, status: 200 });
      return trace;
    },
    'a first look whose connection is lost, and a second one that answers 200 (profile 1.1, clarification 7)': () => {
      const trace = looked('/provision/1/status', { code: 'connection' });
      trace.sentAgain({ status: 200 });
      return trace;
    },
  },
  silent: {
    'a status on another host, to which the suite sends no credential': () =>
      looked('https://status.example/1', { code: 'foreign-origin' }),
    'a look after the end of the promised retention (profile §7, clarification 7)': lookedAfter(6000),
    'a look that the end of the run cut short': () => looked('/provision/1/status', { code: 'interrupted' }),
    'a connection that was lost': () => looked('/provision/1/status', { code: 'connection' }),
    'a look that came too late': () => looked('/provision/1/status', { code: 'timeout' }),
    'a request that was refused': () => {
      const trace = made();
      trace.submission(trace.exchange('submit', 'POST /Users', { status: 400 }));
      return trace;
    },
  },
});

void t.test('ACC-01: a status that never answers is not there, if others are answered', (t) => {
  for (const [code, attempts] of [
    ['timeout', 2],
    ['connection', 5],
  ] as const) {
    for (const others of [8, 7]) {
      const trace = looked('/provision/1/status', { code });
      for (let attempt = 2; attempt <= attempts; attempt += 1)
        trace.sentAgain({ failure: { code, message: 'no answer' } });
      for (let other = 1; other <= others; other += 1)
        trace.exchange('probe', 'GET /ServiceProviderConfig', { status: 200, variant: stillThere.step });
      const { exercised, findings } = trace.judged(acc01);
      t.equal(exercised, others === 8 ? 1 : 0, code);
      t.strictSame(
        findings.map((finding) => finding.code),
        others === 8 ? ['status-not-there-at-once'] : [],
      );
    }
  }
  t.end();
});
