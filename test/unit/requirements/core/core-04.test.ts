import { mediaType, urn } from '../../../../schemas/names.js';
import type { Exchange } from '../../../../schemas/types.js';
import { core04 } from '../../../../suites/requirements/core/core-04.js';
import { resourceLifecycle } from '../../../../suites/scenarios/synchronous/resource-lifecycle.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

interface Answer {
  purpose?: Exchange['purpose'];
  request?: `${string} ${string}`;
  requestHeaders?: Record<string, string>;
  status?: number;
  contentType?: string;
  body?: unknown;
}

const answered =
  ({ purpose = 'read', request = 'GET /Users/1', requestHeaders = {}, status = 200, contentType, body = {} }: Answer) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(resourceLifecycle, 'request-mode');
    const headers: Record<string, string> = contentType === undefined ? {} : { 'Content-Type': contentType };
    trace.exchange(purpose, request, { requestHeaders, status, headers, body });
    return trace;
  };

const error = { schemas: [urn.error], status: '404' };

proveRequirement(core04, {
  right: {
    'a resource': answered({ contentType: mediaType.scim }),
    'an error, with a charset': answered({ status: 404, contentType: `${mediaType.scim}; charset=utf-8`, body: error }),
  },
  wrong: {
    'content-type-missing': answered({}),
    'content-type-wrong': answered({ contentType: mediaType.json }),
    'error-content-type-wrong': {
      'to a usual request': answered({ status: 404, contentType: 'text/html' }),
      'to a fuzzed one': answered({ purpose: 'fuzz', status: 415, contentType: 'text/html' }),
    },
  },
  legal: {
    'letter case of the media type (RFC 9110 §8.3.1)': answered({ contentType: 'Application/SCIM+json' }),
    'plain JSON for who requestHeaders for that alone (RFC 7644 §3.8)': answered({
      requestHeaders: { Accept: mediaType.json },
      contentType: mediaType.json,
    }),
  },
  silent: {
    'no body': () => {
      const trace = new HandMadeTrace(resourceLifecycle, 'request-mode');
      trace.exchange('delete', 'DELETE /Users/1', { status: 204 });
      return trace;
    },
    'an answer from below the application (profile §7, clarification 3)': answered({
      purpose: 'hostile-id',
      request: 'GET /Users/a%00b',
      status: 400,
      contentType: 'text/plain',
    }),
    'an answer to an Accept that no SCIM client sends': answered({
      purpose: 'fuzz',
      requestHeaders: { Accept: 'text/html' },
      status: 406,
      contentType: 'text/html',
    }),
    'a 202 (ACC-02)': answered({ purpose: 'submit', request: 'POST /Users', status: 202, contentType: mediaType.json }),
    'a status resource (STAT-07)': answered({ purpose: 'poll', contentType: mediaType.json }),
    'an answer to an event poll (profile §7, clarification 3)': answered({
      purpose: 'event-poll',
      request: 'POST https://events.example/',
      contentType: mediaType.json,
    }),
  },
});
