import { randomUUID } from 'node:crypto';
import t from 'tap';
import { eventUri, urn } from '../../schemas/names.js';
import { baseUrl, HandMadeTrace } from './hand-made-trace.js';

const completion = eventUri.asyncResponse;

const tokenOf = (event: string, payload: unknown = { method: 'POST', status: '201' }): Record<string, unknown> => ({
  iss: 'https://provider.example',
  iat: 1,
  jti: randomUUID(),
  txn: 'txn',
  sub_id: { format: 'scim', uri: '/Users/1' },
  events: { [event]: payload },
});

void t.test('LIFE-01: a token of another event does not complete a request', (t) => {
  for (const [event, findings] of [
    [completion, 0],
    ['urn:ietf:params:scim:event:prov:create:full', 1],
  ] as const) {
    const trace = new HandMadeTrace({ name: 'async-create' }, 'respond-async');
    const submission = trace.accepted('/results/1', { txn: 'txn' });
    const body = tokenOf(event);
    const { n } = submission;
    const poll = trace.exchange('poll', 'GET /results/1', { submission: n, status: 200, body });
    trace.token(poll, submission, body);
    trace.settled(submission, findings === 0 ? 'completed' : 'deadline');
    t.equal(trace.judged('LIFE-01').findings.length, findings, event);
  }
  t.end();
});

void t.test('LIFE-06: what an event has said is done is done, though its result is looked at only later', (t) => {
  const location = `${baseUrl}/Users/1`;
  const claims = { txn: 'txn', events: { [completion]: { method: 'POST', status: '201', location } } };
  const sent = { schemas: [urn.user], userName: 'a@example.com', displayName: 'Worda' };
  const trace = (isThere: boolean): HandMadeTrace => {
    const made = new HandMadeTrace({ name: 'many-at-once' }, 'respond-async');
    const asked = made.exchange('submit', 'POST /Users', { status: 202, headers: { Location: '/results/1' }, sent });
    const submission = made.submission(asked, { location: `${baseUrl}/results/1`, txn: 'txn' });
    made.token(made.exchange('event-poll', 'POST https://events.example/', { status: 200 }), submission, claims);
    made.settled(submission, 'completed');
    made.exchange('read', 'GET /Users/1', isThere ? { status: 200, body: { ...sent, id: '1' } } : { status: 404 });
    const looked = {
      submission: submission.n,
      status: 200,
      body: { ...claims, sub_id: { format: 'scim', uri: '/Users/1' } },
    };
    made.token(made.exchange('status-read', 'GET /results/1', looked), submission, claims);
    return made;
  };
  t.equal(trace(false).judged('LIFE-06').findings.length, 1);
  t.match(trace(true).judged('LIFE-06'), { exercised: 1, findings: [] });
  t.end();
});

void t.test('BULK-01: an odd bulk request may be answered 200 at once, if what is odd fails', (t) => {
  const answered = (...statuses: string[]): HandMadeTrace => {
    const trace = new HandMadeTrace({ name: 'bulk-odd' }, 'respond-async');
    const body = { schemas: [urn.bulkResponse], Operations: statuses.map((status) => ({ method: 'POST', status })) };
    const asked = trace.exchange('submit', 'POST /Bulk', { status: 200, body, variant: 'one bulkId twice' });
    const operation = { method: 'POST', path: '/Users', bulkId: 'a', expected: 'failure' } as const;
    trace.submission(asked, { shape: 'bulk', operations: [operation, operation] });
    return trace;
  };
  t.strictSame(answered('400', '400').judged('BULK-01').findings, []);
  t.strictSame(answered('201', '409').judged('BULK-01').findings, []);
  t.equal(answered('201', '201').judged('BULK-01').findings.length, 1);
  t.equal(answered().judged('BULK-01').findings.length, 1);
  t.end();
});
