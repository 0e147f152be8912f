import t from 'tap';
import { urn } from '../../../../schemas/names.js';
import { err08 } from '../../../../suites/requirements/err/err-08.js';
import { leakedInternals } from '../../../../suites/judging/leaked-internals.js';
import { malformedJson } from '../../../../suites/scenarios/errors/malformed-json.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const error = (detail: string) => ({ schemas: [urn.error], status: '400', detail });

const answered =
  (detail: string, request: `${string} ${string}` = 'POST /Users') =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(malformedJson, 'request-mode');
    trace.exchange('malformed', request, { status: 400, body: error(detail) });
    return trace;
  };

const inResult = (detail: string) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(malformedJson, 'request-mode');
  const Operations = [{ method: 'POST', status: '400', response: error(detail) }];
  const body = statusResource({ failed: 1 }, { Operations });
  trace.looked(trace.accepted('/provision/1/status'), { status: 200, body });
  return trace;
};

proveRequirement(err08, {
  right: {
    'a detail that helps': answered('The body is no JSON: it ends at character 7.'),
    'an error in a result': inResult('userName is required.'),
  },
  wrong: {
    'stack-trace-shown': answered('Error\n    at parse (app.js:1:2)'),
    'file-path-shown': inResult('cannot open /var/lib/scim/users.db'),
    'query-shown': answered('syntax error in SELECT id FROM users'),
  },
  legal: {
    'an id of the client’s own that looks like a path (RFC 7644 §3.12: detail is free)': answered(
      'There is no user /etc/passwd.txt.',
      'GET /Users/%2Fetc%2Fpasswd.txt',
    ),
    'a time in brackets (RFC 7644 §3.12: detail is free)': answered(
      'Refused at Import Gateway (2026-11-28T20:55:49), and again at noon (12:00:00).',
    ),
  },
  silent: {
    'a user whose name looks like a path': () => {
      const trace = new HandMadeTrace(malformedJson, 'request-mode');
      trace.exchange('read', 'GET /Users/1', { status: 200, body: { displayName: '/var/lib/scim/users.db' } });
      return trace;
    },
  },
});

void t.test('internals are recognised, and echoes of the client’s own words are none', (t) => {
  t.equal(leakedInternals('Error\n    at Object.get (/srv/app/x.js:1:2)', '')?.kind, 'a stack trace');
  t.equal(leakedInternals('Traceback (most recent call last)', '')?.kind, 'a stack trace');
  t.equal(leakedInternals('cannot read /var/lib/users.db', '')?.kind, 'a file path');
  t.equal(leakedInternals('SELECT id FROM users', '')?.kind, 'a query');
  t.equal(leakedInternals('no user /etc/app/passwd.txt', 'GET /Users/%2Fetc%2Fapp%2Fpasswd.txt'), undefined);
  t.equal(leakedInternals('There is no resource at /scim/v2/Users/7.', ''), undefined);
  t.end();
});

void t.test('an echo before it hides no leak', (t) => {
  const sent = 'GET /Users/%2Fetc%2Fapp%2Fpasswd.txt';
  t.match(leakedInternals('no user /etc/app/passwd.txt in /var/lib/users.db', sent), { text: '/var/lib/users.db' });
  t.end();
});
