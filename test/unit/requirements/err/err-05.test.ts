import t from 'tap';
import { eventUri, urn } from '../../../../schemas/names.js';
import { err05 } from '../../../../suites/requirements/err/err-05.js';
import { duplicateUser } from '../../../../suites/scenarios/errors/duplicate-user.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const error = (scimType: unknown) => ({ schemas: [urn.error], status: '409', scimType });

const made = (): HandMadeTrace => new HandMadeTrace(duplicateUser, 'request-mode');

const answered = (body: unknown) => (): HandMadeTrace => {
  const trace = made();
  trace.exchange('duplicate', 'POST /Users', { status: 409, body });
  return trace;
};

const inResult = (scimType: unknown) => (): HandMadeTrace => {
  const trace = made();
  const Operations = [{ method: 'POST', status: '409', response: error(scimType) }];
  trace.looked(trace.accepted('/provision/1/status'), {
    status: 200,
    body: statusResource({ failed: 1 }, { Operations }),
  });
  return trace;
};

const inEvent = (scimType: unknown) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(duplicateUser, 'respond-async');
  const submission = trace.accepted('/results/1', { txn: 'txn' });
  const poll = trace.exchange('event-poll', 'POST https://events.example/', { status: 200, body: { sets: {} } });
  const payload = { method: 'POST', status: '409', response: error(scimType) };
  trace.token(poll, submission, { txn: 'txn', events: { [eventUri.asyncResponse]: payload } });
  return trace;
};

proveRequirement(err05, {
  right: {
    'a scimType of table 9': answered(error('uniqueness')),
    'one in the result of an operation': inResult('uniqueness'),
    'one in a completion event': inEvent('uniqueness'),
  },
  wrong: {
    'scim-type-unknown': {
      'a value in other letter case': answered(error('Uniqueness')),
      'a value in a result': inResult('duplicate'),
      'a value in a completion event': inEvent('duplicate'),
    },
    'scim-type-not-a-string': answered(error(409)),
  },
  legal: {
    'a scimType that was registered later (RFC 9865 §3)': answered(error('expiredCursor')),
    'no scimType (RFC 7644 §3.12)': answered(error(undefined)),
    'null, which is no value (RFC 7643 §2.5)': answered(error(null)),
  },
  silent: { 'a body that is no SCIM error (ERR-01)': answered({ status: 409, scimType: 'Uniqueness' }) },
});

void t.test('ERR-05: a scimType that nobody registered is a warning (profile 1.1, clarification 4)', (t) => {
  const levelsOf = (scimType: unknown): unknown[] =>
    answered(error(scimType))()
      .judged(err05)
      .findings.map(({ level }) => level);
  t.strictSame(levelsOf('userLocked'), ['SHOULD']);
  t.strictSame(levelsOf(409), [undefined]);
  t.end();
});
