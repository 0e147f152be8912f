import t from 'tap';
import { eventUri, urn } from '../../../../schemas/names.js';
import { judgeTrace } from '../../../../suites/engine/case.js';
import { err02 } from '../../../../suites/requirements/err/err-02.js';
import { malformedJson } from '../../../../suites/scenarios/errors/malformed-json.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const answered = (status: number, scimType?: unknown) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(malformedJson, 'request-mode');
  const body = { schemas: [urn.error], status: String(status), scimType };
  trace.exchange('malformed', 'POST /Users', { status, body });
  return trace;
};

/** A 202 to a request with the preference, and a completion event with this payload; undefined: none came in time. */
const eventual = (payload?: Record<string, unknown>): PreferringTrace => {
  const trace = new PreferringTrace(malformedJson);
  const headers = { Location: '/results/1', 'Set-Txn': 'txn' };
  const asked = trace.exchange('malformed', 'POST /Users', { status: 202, headers });
  const submission = trace.submission(asked, { location: 'https://provider.example/results/1', txn: 'txn' });
  const claims = { jti: 'j', txn: 'txn', events: { [eventUri.asyncResponse]: payload } };
  trace.polled(submission, payload === undefined ? { status: 202 } : { status: 200, body: claims });
  trace.settled(submission, payload === undefined ? 'deadline' : 'completed');
  return trace;
};

const failure = (status: string, scimType: string) => ({
  method: 'POST',
  status,
  response: { schemas: [urn.error], status, scimType },
});

proveRequirement(err02, {
  right: { '400 with invalidSyntax': answered(400, 'invalidSyntax') },
  wrong: {
    'malformed-json-accepted': {
      'with a 202 of request-mode': answered(202),
      'and done, as its event says': () => eventual({ method: 'POST', status: '201' }),
    },
    'refused-otherwise-than-400': {
      'at once': answered(422, 'invalidSyntax'),
      'in the event': () => eventual(failure('500', 'invalidSyntax')),
    },
    'scim-type-not-invalid-syntax': {
      'at once': answered(400, 'invalidValue'),
      'in the event': () => eventual(failure('400', 'invalidValue')),
    },
  },
  legal: {
    'a 202 and an event with invalidSyntax (RFC 9967 §2.5.1.3, figure 15)': () =>
      eventual(failure('400', 'invalidSyntax')),
    'a detail and members of the provider’s own beside it (RFC 7644 §3.12)': () => {
      const trace = new HandMadeTrace(malformedJson, 'request-mode');
      const body = { schemas: [urn.error], status: '400', scimType: 'invalidSyntax', detail: 'At 7.', line: 7 };
      trace.exchange('malformed', 'POST /Users', { status: 400, body });
      return trace;
    },
  },
  silent: {
    'an answer that was throttled (RFC 6585 §4)': answered(429),
    'an event that does not come, which LIFE-01 judges': () => eventual(),
  },
});

void t.test('ERR-02: a 202 and an event with invalidSyntax are ambiguous (profile 1.1, clarification 3)', (t) => {
  const open = (trace: HandMadeTrace): number => judgeTrace(err02, trace.at('0')).ambiguities?.length ?? 0;
  t.equal(open(eventual(failure('400', 'invalidSyntax'))), 1);
  t.equal(open(answered(400, 'invalidSyntax')()), 0);
  t.end();
});
