import { eventUri, urn } from '../../../../schemas/names.js';
import type { Settlement } from '../../../../schemas/types.js';
import { life01 } from '../../../../suites/requirements/life/life-01.js';
import { failOnErrorsScenario } from '../../../../suites/scenarios/bulk/fail-on-errors.js';
import { burst } from '../../../../suites/scenarios/rate-limit/burst.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { preferWrite } from '../../../../suites/scenarios/respond-async/prefer-write.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { acceptedWith, PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';
import { bulkTrace, create, wrongCreate } from '../bulk/bulk-trace.js';
import { completionSet, EventTrace } from '../evt/event-trace.js';

const pending: Answer = { status: 200, body: statusResource({ pending: 1 }) };
const done: Answer = { status: 200, body: statusResource({ success: 1 }) };

/** A create whose status is answered so, look by look, and the end of the wait for it. */
const followed = (
  looks: readonly Answer[],
  outcome: Settlement['outcome'],
  scenario: { readonly name: string } = asyncCreateScenario,
): HandMadeTrace => {
  const trace = new HandMadeTrace(scenario, 'request-mode');
  const submission = trace.accepted('/scim/v2/provision/1/status');
  for (const look of looks) trace.looked(submission, look);
  trace.settled(submission, outcome);
  return trace;
};

/** A create with the preference, whose result is answered so, and which is waited for until the deadline or not. */
const preferred = (answer: Answer, outcome: Settlement['outcome'], event?: string): HandMadeTrace => {
  const trace = new PreferringTrace(preferWrite);
  const submission = trace.preferredCreate('/results/1', 'txn');
  const poll = trace.polled(submission, answer);
  if (event !== undefined) {
    const sub_id = { format: 'scim', uri: '/Users/1' };
    trace.token(poll, submission, {
      iss: 'https://provider.example',
      iat: 1,
      jti: 'j',
      txn: 'txn',
      sub_id,
      events: { [event]: { method: 'POST', status: '201' } },
    });
  }
  trace.settled(submission, outcome);
  return trace;
};

/** A create with the preference whose result is gone at the only look, so many milliseconds after the 202; 5 s are promised. */
const goneAfter = (at: number) => (): HandMadeTrace => {
  const trace = new PreferringTrace(preferWrite, { asyncExtension: { statusRetentionSeconds: 5 } });
  const submission = trace.preferredCreate('/results/1', 'txn');
  trace.polled(submission, { status: 404, at });
  trace.settled(submission, 'deadline');
  return trace;
};

/** A status that is pending at first, and gone so many milliseconds later, although 5 s are promised. */
const goneWhilePending = (milliseconds: number) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode', {
    asyncExtension: { statusRetentionSeconds: 5 },
  });
  const submission = trace.accepted('/scim/v2/provision/1/status');
  trace.looked(submission, { ...pending, at: 8000 });
  trace.looked(submission, { status: 404, at: 8000 + milliseconds });
  trace.settled(submission, 'unreadable');
  return trace;
};

const cancelled = (): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  const submission = trace.accepted('/scim/v2/provision/1/status');
  trace.looked(submission, pending);
  trace.exchange('cancel', 'DELETE /provision/1/status', { submission: submission.n, status: 204 });
  trace.settled(submission, 'deadline');
  return trace;
};

/** A bulk request with the preference whose result holds nothing until the deadline. */
const withoutResults = (failOnErrors: number): HandMadeTrace => {
  const trace = new PreferringTrace(preferWrite);
  const about = { shape: 'bulk', failOnErrors } as const;
  const submission = trace.preferred('POST /Bulk', acceptedWith('/results/1', 'txn'), about);
  trace.polled(submission, { status: 200, body: { schemas: [urn.bulkResponse], Operations: [] } });
  trace.settled(submission, 'deadline');
  return trace;
};

proveRequirement(life01, {
  right: {
    'a request that completes': () => followed([pending, done], 'completed'),
    'a completion event': () => preferred({ status: 200 }, 'completed', eventUri.asyncResponse),
  },
  wrong: {
    'still-pending': {
      'a result without content, with failOnErrors 1': () => withoutResults(1),
      'at the deadline': () => followed([pending, pending], 'deadline'),
      'its events still come at the deadline': () => {
        const trace = new EventTrace();
        const submission = trace.bulk(2, { date: 'Sun, 29 Nov 2026 12:00:00 GMT' });
        trace.brings(submission, completionSet({ txn: 'txn:0', iat: Date.UTC(2026, 10, 29, 12, 0, 1) / 1000 }));
        trace.settled(submission, 'deadline');
        return trace;
      },
      'its result is gone before the end of its retention': goneAfter(4000),
      'an event of something else has come': () =>
        preferred({ status: 200 }, 'deadline', 'urn:ietf:params:scim:event:prov:create:full'),
    },
    'lost-while-pending': {
      'soon after a read of it': () => followed([pending, { status: 404 }], 'unreadable'),
      'before the end of its retention, although long after the 202': goneWhilePending(1000),
    },
  },
  legal: {
    'a status that was completed is forgotten (profile §7, clarification 7)': () =>
      followed([done, { status: 404 }], 'completed'),
    'a status that was seen completed by its safe retry is forgotten (profile §7, clarification 7)': () => {
      const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
      const first = trace.accepted('/scim/v2/provision/1/status');
      trace.looked(first, pending);
      const again = trace.accepted('/scim/v2/provision/1/status');
      trace.looked(again, done);
      trace.looked(first, { status: 404 });
      trace.settled(first, 'unreadable');
      return trace;
    },
    'a result URI that is answered 404 while it has none (profile §7, clarification 5)': () =>
      preferred({ status: 404 }, 'unreadable'),
  },
  silent: {
    'a result that stays without content, with failOnErrors 0 (profile 1.1, clarification 2)': () => withoutResults(0),
    'a first look after the end of the promised retention (profile §7, clarification 7)': goneAfter(6000),
    'a request that was pending, and whose end may be over with its retention': goneWhilePending(6000),
    'a request whose end could not be read': () => followed([pending, { status: 500 }], 'unreadable'),
    'what is cancelled need not complete (profile CNCL-01)': cancelled,
    'what failOnErrors left pending (profile BULK-03)': () =>
      bulkTrace(failOnErrorsScenario, { operations: [wrongCreate('a'), create('b')], failOnErrors: 1 }),
    'a request of a burst (profile RATE-05)': () => followed([pending], 'deadline', burst),
  },
});
