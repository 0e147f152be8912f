import { urn } from '../../../../schemas/names.js';
import type { Exchange } from '../../../../schemas/types.js';
import { err01 } from '../../../../suites/requirements/err/err-01.js';
import { unknownPath } from '../../../../suites/scenarios/errors/unknown-path.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const error = { schemas: [urn.error], status: '404' };

const trace =
  '<pre>TypeError: invalid media type\n    at parse (/srv/app/node_modules/content-type/index.js:126:11)</pre>';

const answered =
  (answer: Answer, purpose: Exchange['purpose'] = 'probe', request: `${string} ${string}` = 'GET /Nothing') =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(unknownPath, 'request-mode');
    trace.exchange(purpose, request, { status: 404, ...answer });
    return trace;
  };

proveRequirement(err01, {
  right: { 'a SCIM error': answered({ body: { ...error, detail: 'There is no such endpoint.' } }) },
  wrong: {
    'error-without-body': answered({}),
    'error-not-json': {
      'to an unknown path': answered({ text: '<h1>Not Found</h1>' }),
      'to a fuzzed content type': answered(
        { status: 415, text: trace, requestHeaders: { 'Content-Type': 'application/scim+json; =;=' } },
        'fuzz',
        'POST /Users',
      ),
      'to a fuzzed body': answered({ status: 400, text: '<h1>Bad Request</h1>' }, 'fuzz', 'POST /Users'),
      'to an odd URL, with a stack trace': answered({ status: 400, text: trace }, 'hostile-id', 'GET /Users/%ff%fe'),
    },
    'schemas-wrong': answered({ body: { status: '404' } }),
    'status-not-a-string': answered({ body: { ...error, status: 404 } }),
    'status-differs': answered({ body: { ...error, status: '400' } }),
    'member-wrong': answered({ body: { ...error, detail: ['no such endpoint'] } }),
  },
  legal: {
    'null for what there is not, and members of the provider’s own (RFC 7643 §2.5)': answered({
      body: { ...error, scimType: null, traceId: 7 },
    }),
  },
  silent: {
    'HEAD, which has no body (RFC 9110 §9.3.2)': answered({}, 'probe', 'HEAD /Nothing'),
    'the 404 of an unknown status (STAT-09)': answered({}, 'status-unknown'),
    'fields that are too large (profile §7, clarification 3)': answered({ status: 431, text: 'too large' }, 'fuzz'),
    'an encoded U+0000 (profile §7, clarification 3)': answered(
      { status: 400, text: '<h1>Bad Request</h1>' },
      'fuzz',
      'GET /Users?attributes=%00',
    ),
    'an encoded U+0000 that Apache 2.4 does not find (profile §7, clarification 3)': answered(
      { status: 404, text: '<h1>Not Found</h1>' },
      'hostile-id',
      'GET /Users/a%00b',
    ),
    'an encoded slash (profile §7, clarification 3)': answered(
      { status: 404, text: '<h1>Not Found</h1>' },
      'hostile-id',
      'GET /Users/a%2fb',
    ),
    'an id of 2000 characters (profile §7, clarification 3)': answered(
      { status: 400 },
      'hostile-id',
      `GET /Users/${'a'.repeat(2000)}`,
    ),
    'an error of RFC 8936 (profile §7, clarification 3)': answered(
      { status: 400, body: { err: 'invalid_request' } },
      'event-poll',
      'POST https://events.example/',
    ),
    'an answer that was throttled (RATE-01)': answered({ status: 429 }),
    'an answer that was cut': answered({ isCut: true, text: '{"schemas":' }),
  },
});
