import { eventUri, urn } from '../../../../schemas/names.js';
import { core11 } from '../../../../suites/requirements/core/core-11.js';
import { passwordWrites } from '../../../../suites/scenarios/synchronous/password-writes.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const password = 'Pw1-abcdefgh';
const shown = { schemas: [urn.user], id: '1', userName: 'a@example.com' };
const user = { schemas: [urn.user], userName: 'a@example.com', password };
const error = (detail: string, more: Record<string, unknown> = {}) => ({
  schemas: [urn.error],
  status: '400',
  detail,
  ...more,
});

const empty = (): HandMadeTrace => new HandMadeTrace(passwordWrites, 'request-mode');

/** A create with a password, and how it is answered; 201 with the user where nothing is said. */
const created = (answer: Answer = {}): HandMadeTrace => {
  const trace = empty();
  trace.exchange('create', 'POST /Users', { sent: user, status: 201, body: shown, ...answer });
  return trace;
};

/** A create with a password, and a read after it. */
const readAs = (body: unknown, more: Answer = {}): HandMadeTrace => {
  const trace = created();
  trace.exchange('read', 'GET /Users/1', { status: 200, body, ...more });
  return trace;
};

/** A create with a password that is taken, and another request that is refused so. */
const refusedAs = (answer: Answer): HandMadeTrace => {
  const trace = created();
  trace.exchange('refusal', 'POST /Users', { sent: { ...user, userName: undefined }, status: 400, ...answer });
  return trace;
};

const bulk = (...results: Record<string, unknown>[]): HandMadeTrace => {
  const trace = empty();
  const Operations = results.map((_, index) => ({ method: 'POST', path: '/Users', bulkId: `b${index}`, data: user }));
  trace.exchange('bulk', 'POST /Bulk', {
    sent: { schemas: [urn.bulkRequest], Operations },
    status: 200,
    body: {
      schemas: [urn.bulkResponse],
      Operations: results.map((result, index) => ({ method: 'POST', bulkId: `b${index}`, ...result })),
    },
  });
  return trace;
};

/** An asynchronous create with a password, whose one operation comes to this. */
const submitted = (result: Record<string, unknown>): HandMadeTrace => {
  const trace = empty();
  const submission = trace.submitted('POST /Users', {
    sent: user,
    status: 202,
    headers: { Location: '/provision/1/status' },
    body: statusResource({ pending: 1 }),
  });
  const counts = Number(result.status) < 400 ? { success: 1 } : { failed: 1 };
  trace.looked(submission, {
    status: 200,
    body: statusResource(counts, { Operations: [{ method: 'POST', ...result }] }),
  });
  return trace;
};

/** A create with a password by `Prefer: respond-async`, and what its event says of the user. */
const told = (events: Record<string, unknown>): HandMadeTrace => {
  const trace = new HandMadeTrace(passwordWrites, 'respond-async');
  const asked = trace.exchange('submit', 'POST /Users', { sent: user, status: 202 });
  const submission = trace.submission(asked, { txn: 't', location: 'https://provider.example/scim/v2/results/1' });
  const by = trace.looked(submission, { status: 200, text: 'e30.e30.' });
  trace.token(by, submission, { txn: 't', events });
  return trace;
};

/** A PATCH of the password, and a read after it. */
const patched = (operation: Record<string, unknown>, body: unknown): HandMadeTrace => {
  const trace = empty();
  const Operations = [{ op: 'replace', ...operation }];
  trace.exchange('patch', 'PATCH /Users/1', { sent: { schemas: [urn.patchOp], Operations }, status: 204 });
  trace.exchange('read', 'GET /Users/1', { status: 200, body });
  return trace;
};

const list = (...Resources: unknown[]) => ({ schemas: [urn.listResponse], totalResults: Resources.length, Resources });

proveRequirement(core11, {
  right: {
    'a user without its password': () => readAs(shown),
    'a password that was patched, and is not shown': () => patched({ path: 'password', value: password }, shown),
    'a result that is done': () => submitted({ status: '201', location: '/Users/1' }),
    'an event that is done': () =>
      told({ [eventUri.asyncResponse]: { method: 'POST', status: '201', response: shown } }),
    'one of two operations that is done': () =>
      bulk({ status: '201', response: shown }, { status: '409', response: error('taken') }),
  },
  wrong: {
    'password-shown': {
      'in the answer to the create': () => created({ body: { ...shown, password } }),
      'in a read, in capitals': () => readAs({ ...shown, PassWord: password }),
      'as a row of asterisks': () => readAs({ ...shown, password: '********' }),
      'as an empty text': () => readAs({ ...shown, password: '' }),
      'alone, without schemas': () => readAs({ id: '1', password: 'e7cf3ef4f17c3999' }),
      'by its full name': () => readAs({ ...shown, [`${urn.user}:password`]: 'x' }),
      'under the URN of its schema': () => readAs({ schemas: [urn.user], id: '1', [urn.user]: { password: 'x' } }),
      'in a list': () => readAs(list({ ...shown, id: '2' }, { ...shown, password: 'x' })),
      'after a PATCH without a path': () => patched({ value: { password } }, { ...shown, password: 'x' }),
      'after a PATCH by the full name': () =>
        patched({ path: `${urn.user}:password`, value: password }, { ...shown, password: 'x' }),
      'masked in an error that repeats the user': () =>
        refusedAs({ body: error('no', { user: { userName: null, password: '***' } }) }),
    },
    'password-shown-in-result': {
      'of a bulk request': () => bulk({ status: '201', response: { ...shown, password } }),
      'of an asynchronous request': () => submitted({ status: '201', response: { ...shown, password } }),
      'in a completion event': () =>
        told({ [eventUri.asyncResponse]: { method: 'POST', status: '201', response: { id: '1', password } } }),
      'in a provisioning event': () =>
        told({
          [eventUri.asyncResponse]: { method: 'POST', status: '201' },
          'urn:ietf:params:scim:event:prov:create:full': { data: { id: '1', password } },
        }),
    },
    'value-in-error': {
      'after another was taken': () => refusedAs({ body: error(`«${password}» is too short.`) }),
      'where none was taken': () => created({ status: 400, body: error(`«${password}» is too short.`) }),
      'that is no JSON': () => created({ status: 500, text: `<p>Duplicate entry: ${password}</p>` }),
      'of which the beginning was kept': () => refusedAs({ text: `{"detail":"${password}`, isCut: true }),
      'in a result': () => bulk({ status: '201' }, { status: '409', response: { detail: `INSERT (${password})` } }),
      'in the result of an asynchronous request': () =>
        submitted({ status: '400', response: error(`${password} is in a dictionary`) }),
    },
    'value-elsewhere': {
      'under another name': () => readAs({ ...shown, nickName: password }),
      'in an extension': () => readAs({ ...shown, 'urn:example:legacy': { pwd: [password] } }),
      'in a text that is no JSON': () => readAs(undefined, { text: `a,${password}` }),
    },
  },
  legal: {
    '/Schemas, which describes it (RFC 7643 §7)': () =>
      readAs(
        list({
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
          id: urn.user,
          attributes: [{ name: 'password', type: 'string', mutability: 'writeOnly', returned: 'never' }],
        }),
      ),
    'changePassword of ServiceProviderConfig (RFC 7643 §5)': () =>
      readAs({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
        changePassword: { supported: true },
        password: { minLength: 8 },
      }),
    'null, which is no value (RFC 7643 §2.5)': () => readAs({ ...shown, password: null }),
    'an attribute of an extension that is called so (RFC 7643 §3.3)': () =>
      readAs({ ...shown, 'urn:example:vault': { password: 'rotated' } }),
    'an error that says what is wrong with it (RFC 7644 §3.12)': () =>
      refusedAs({ body: { password: ['This password is too short.'], errors: { password: 'too short' } } }),
    'another text that begins alike': () => refusedAs({ body: error('Pw1- is no good beginning.') }),
    'a password that is the userName, where the user is shown': () => {
      const trace = empty();
      const sent = { ...user, password: user.userName };
      trace.exchange('create', 'POST /Users', { sent, status: 201, body: shown });
      return trace;
    },
    'a word so short that it stands anywhere': () => {
      const trace = empty();
      trace.exchange('create', 'POST /Users', { sent: { ...user, password: 'a' }, status: 201, body: shown });
      return trace;
    },
  },
  silent: {
    'nobody has sent a password': () => {
      const trace = empty();
      trace.exchange('create', 'POST /Users', { sent: { ...user, password: undefined }, status: 201, body: user });
      return trace;
    },
    'the policy of the provider refuses it (RFC 7644 §3.12)': () => {
      const trace = created({ status: 400, body: error('Passwords have 30 characters.') });
      trace.exchange('read', 'GET /Users/1', { status: 200, body: { ...shown, password: 'x' } });
      return trace;
    },
    'it is refused in the result of an asynchronous request': () =>
      submitted({ status: '400', response: error('Passwords have 30 characters.') }),
    'it is refused in a bulk request': () => bulk({ status: '400', response: error('Passwords have 30 characters.') }),
    'it is accepted, and nobody knows what became of it': () => {
      const trace = empty();
      trace.submitted('POST /Users', { sent: user, status: 202, headers: { Location: '/provision/1/status' } });
      return trace;
    },
    'no answer has a body': () => created({ status: 204, body: undefined }),
    'the provider was too busy to take it (RFC 6585 §4)': () => created({ status: 429, body: error('later') }),
  },
});
