import t from 'tap';
import { eventUri } from '../../../../schemas/names.js';
import type { Submission } from '../../../../schemas/types.js';
import { judgeTrace } from '../../../../suites/engine/case.js';
import { pref05 } from '../../../../suites/requirements/pref/pref-05.js';
import { followLocationSteps } from '../../../../suites/scenarios/respond-async/follow-location.js';
import { preferWrite } from '../../../../suites/scenarios/respond-async/prefer-write.js';
import type { Answer } from '../../hand-made-trace.js';
import { PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const claims = { txn: 'txn', events: { [eventUri.asyncResponse]: { method: 'POST', status: '201' } } };
const event = { status: 200, headers: { 'Content-Type': 'application/secevent+jwt' }, body: claims };

/** A create whose Location is that of its result, looks at it, and how it ended. */
const result = (looks: readonly Answer[], outcome?: 'completed' | 'deadline' | 'unreadable'): PreferringTrace => {
  const trace = new PreferringTrace(preferWrite);
  const submission = trace.preferredCreate('/results/1', 'txn');
  for (const answer of looks) trace.polled(submission, answer);
  if (outcome !== undefined) trace.settled(submission, outcome);
  return trace;
};

/** A write whose Location is that of the resource, and a look at it that is answered so. */
const resource = (status: number, operation: Partial<Submission['operations'][number]> = {}): PreferringTrace => {
  const trace = new PreferringTrace(preferWrite);
  trace.preferredCreate('/Users/1', 'txn', {
    operations: [{ method: 'POST', path: '/Users', expected: 'success', ...operation }],
  });
  trace.exchange('read', 'GET /Users/1', { status, variant: followLocationSteps.resource });
  return trace;
};

const located = (headers: Record<string, string>): PreferringTrace => {
  const trace = new PreferringTrace(preferWrite);
  trace.preferred('POST /Users', { status: 202, headers });
  return trace;
};

proveRequirement(pref05, {
  right: {
    'it brings the completion event': () => result([event], 'completed'),
    'it leads to the resource': () => resource(200),
  },
  wrong: {
    'location-missing': () => located({ 'Set-Txn': 'txn' }),
    'location-not-a-uri': () => located({ Location: '"/results/1"' }),
    'resource-not-there': () => resource(404),
    'result-not-there': {
      'an error of the server': () => result([{ status: 500 }], 'unreadable'),
      'a page for people': () =>
        result([{ status: 200, headers: { 'Content-Type': 'text/html' }, text: '<html></html>' }], 'unreadable'),
    },
  },
  legal: {
    'what was fetched once is gone (profile §7, clarification 7)': () => result([event, { status: 404 }], 'completed'),
    'the payload of the event alone (RFC 9967 §2.5.1.1; profile §7, clarification 5)': () =>
      result([{ status: 200, body: { method: 'POST', status: '201' } }], 'completed'),
    'a blank and a tab around the Location, which are no part of the value (RFC 9110 §5.5)': () =>
      located({ 'Set-Txn': 'txn', Location: '\t/results/1 \t' }),
    'a form in which no event can be recognised (RFC 9967 §2.5.1.1; profile §7, clarification 5)': () =>
      result([{ status: 200, body: { state: 'done' } }], 'unreadable'),
    'a deleted resource that is gone (RFC 7644 §3.6)': () => resource(404, { method: 'DELETE', path: '/Users/1' }),
  },
  silent: {
    'the result never comes, which LIFE-01 judges': () => result([{ status: 202 }], 'deadline'),
    'the suite stopped looking': () => result([{ status: 202 }]),
    'a create that should fail': () => resource(404, { expected: 'failure' }),
  },
});

void t.test('PREF-05: what RFC 9967 leaves open is ambiguous, and never fails', (t) => {
  const openPoints = (trace: PreferringTrace): number => judgeTrace(pref05, trace.at('0')).ambiguities?.length ?? 0;
  t.equal(openPoints(result([event], 'completed')), 0);
  t.equal(openPoints(result([{ status: 404 }, event], 'completed')), 1, 'the answer while there is no result');
  t.equal(openPoints(result([{ ...event, headers: {} }], 'completed')), 1, 'the media type of an event');
  t.equal(openPoints(result([{ status: 200 }, event], 'completed')), 1, 'an answer without content');
  const several = { sets: { 1: claims, 2: claims } };
  t.equal(openPoints(result([{ status: 200, body: several }], 'completed')), 1, 'the form of several events');
  t.equal(openPoints(result([{ status: 200, body: { done: [claims] } }], 'completed')), 1, 'another form of an event');
  t.equal(openPoints(result([{ status: 200, body: { state: 'done' } }], 'unreadable')), 1, 'a form that is unknown');
  const bulk = new PreferringTrace(preferWrite);
  bulk.preferred('POST /Bulk', { status: 202, headers: { Location: '/Bulk' } }, { shape: 'bulk' });
  t.equal(openPoints(bulk), 1, 'the Location of a bulk request');
  t.end();
});
