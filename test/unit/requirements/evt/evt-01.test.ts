import t from 'tap';
import { header } from '../../../../schemas/names.js';
import { judgeTrace } from '../../../../suites/engine/case.js';
import { evt01 } from '../../../../suites/requirements/evt/evt-01.js';
import { proveRequirement } from '../../prove-requirement.js';
import { completionSet, created, EventTrace, unsecured } from './event-trace.js';

/** A create whose completion events are these. */
const issued = (...sets: Record<string, unknown>[]): EventTrace => {
  const trace = new EventTrace();
  const submission = trace.create();
  for (const claims of sets) trace.brings(submission, claims);
  return trace;
};

/** A token of which nothing can be read. */
const unreadable = (via: 'result' | 'push'): EventTrace => {
  const trace = new EventTrace();
  const submission = trace.create();
  const by = trace.polled(submission, { status: 200 });
  trace.received(by, { submission: submission.n, jwt: unsecured('no object'), via });
  return trace;
};

/** A token with this `iat`, in an answer of this `Date`. */
const broughtAt = (date: string, iat: number): EventTrace => {
  const trace = new EventTrace();
  const submission = trace.create();
  const by = trace.polled(submission, { status: 200, headers: { [header.date]: date } });
  const claims = completionSet({ iat });
  trace.received(by, { submission: submission.n, jwt: unsecured(claims), claims });
  return trace;
};

/** The completion event of a request whose 202 has this `Date`. */
const completedAfter = (date: string, about: Record<string, unknown>): EventTrace => {
  const trace = new EventTrace();
  return trace.brings(trace.bulk(1, { date }), completionSet(about));
};

/** A token that comes as plain JSON. */
const plain = (via: 'result' | 'poll'): EventTrace => {
  const trace = new EventTrace();
  const submission = trace.create();
  const by = trace.polled(submission, { status: 200, body: completionSet() });
  trace.received(by, { submission: submission.n, claims: completionSet(), via });
  return trace;
};

proveRequirement(evt01, {
  right: { 'two tokens, each with its jti': () => issued(completionSet(), completionSet({ jti: 'jti-2' })) },
  wrong: {
    'not-a-jwt': () => plain('poll'),
    'claims-unreadable': () => unreadable('result'),
    'required-claims-missing': () => issued(completionSet({ iat: '1' })),
    'time-not-in-seconds': {
      'iat in milliseconds': () => issued(completionSet({ iat: 1458505044000 })),
      'iat in microseconds': () => issued(completionSet({ iat: 1458505044000000 })),
      'the time of the event in milliseconds': () => issued(completionSet({ toe: 1458505044000 })),
    },
    'issued-later-than-it-came': () => broughtAt('Sun, 20 Mar 2016 20:00:00 GMT', 1458507600),
    'issued-before-its-request': () => completedAfter('Sun, 20 Mar 2016 20:00:00 GMT', { iat: 0 }),
    'expired-when-issued': {
      'before it': () => issued(completionSet({ iat: 1458504000, exp: 1458500400 })),
      'at the same moment': () => issued(completionSet({ iat: 1458504000, exp: 1458504000 })),
    },
    'named-by-another-jti': () => {
      const trace = new EventTrace();
      return trace.brings(trace.create(), completionSet(), { via: 'poll', key: 'txn' });
    },
    'jti-repeated': () => issued(completionSet(), completionSet({ iat: 2 })),
  },
  legal: {
    'an exp after its iat (RFC 7519 §4.1.4)': () => issued(completionSet({ iat: 1458504000, exp: 1458504060 })),
    'a clock that is some minutes slower than that of the 202 (RFC 9110 §6.6.1)': () =>
      completedAfter('Sun, 20 Mar 2016 20:05:00 GMT', { iat: 1458504000 }),
    'issued some minutes after it came, because clocks differ': () =>
      broughtAt('Sun, 20 Mar 2016 20:00:00 GMT', 1458504000 + 599),
    'an answer with a Date that cannot be read': () => broughtAt('today', 1458507600),
    'the same token again (RFC 8936 §2.4)': () => issued(completionSet(), completionSet()),
    'a time with fractions of a second (RFC 7519 §2)': () => issued(completionSet({ iat: 1.5 })),
    'times of long ago and of the next century, because clocks differ (RFC 7519 §2)': () =>
      issued(completionSet({ iat: 0 }), completionSet({ iat: 4102444800, jti: 'jti-2' })),
    'a claim of its own in milliseconds (RFC 7519 §4.3)': () => issued(completionSet({ sentAt: 1458505044000 })),
    'an audience, a time of the event and claims that nobody knows (RFC 8417 §2.2, RFC 7519 §4)': () =>
      issued(completionSet({ aud: ['a', 'b'], toe: 1, tenant: 'x' })),
    'claims as plain JSON at a result URI (profile §7, clarification 5)': () => plain('result'),
    'the name of a token at a result URI (profile §7, clarification 5)': () => {
      const trace = new EventTrace();
      return trace.brings(trace.create(), completionSet(), { via: 'result', key: '0' });
    },
    'a push that is no token, which EVT-08 judges': () => unreadable('push'),
  },
  silent: {
    'results come without tokens': () => {
      const trace = new EventTrace();
      return trace.bringsBare(trace.create(), created);
    },
  },
});

void t.test('EVT-01: claims as plain JSON at a result URI are ambiguous', (t) => {
  t.equal(judgeTrace(evt01, plain('result').at('0')).ambiguities?.length, 1);
  t.equal(judgeTrace(evt01, plain('poll').at('0')).ambiguities, undefined);
  t.end();
});
