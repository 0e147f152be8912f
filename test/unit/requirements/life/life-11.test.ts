import { urn } from '../../../../schemas/names.js';
import type { Submission, SubmittedOperation } from '../../../../schemas/types.js';
import { life11 } from '../../../../suites/requirements/life/life-11.js';
import {
  resultsOfWrites,
  resultsOfWritesSteps as steps,
} from '../../../../suites/scenarios/lifecycle/results-of-writes.js';
import { type Answer, baseUrl, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';
import { completionSet, EventTrace } from '../evt/event-trace.js';

const userName = 'scimc-1@example.com';
const location = `${baseUrl}/Users/1`;
const create: SubmittedOperation = { method: 'POST', path: '/Users', expected: 'success', userName };
const replace: SubmittedOperation = { method: 'PUT', path: '/Users/1', expected: 'success' };
const remove: SubmittedOperation = { method: 'DELETE', path: '/Users/1', expected: 'success' };

const right = { method: 'POST', status: '201', location, version: 'W/"1"' };

/** A request whose status shows these results; then this answer to a read of the user, and the users that a search finds. */
const done = (
  operations: SubmittedOperation[],
  results: Record<string, unknown>[],
  {
    read,
    found,
    about = {},
    status = {},
  }: {
    read?: Answer;
    found?: readonly string[];
    about?: Partial<Submission>;
    status?: Record<string, unknown>;
  } = {},
): HandMadeTrace => {
  const trace = new HandMadeTrace(resultsOfWrites, 'request-mode');
  const submission = trace.accepted('/provision/1/status', { operations, ...about });
  const failed = results.filter(({ status }) => Number(status) >= 400).length;
  trace.looked(submission, {
    status: 200,
    body: statusResource({ success: results.length - failed, failed }, { Operations: results, ...status }),
  });
  if (read !== undefined)
    trace.exchange('read', 'GET /Users/1', { variant: steps.afterResult, subject: userName, ...read });
  if (found !== undefined) {
    const Resources = found.map((name) => ({ schemas: [urn.user], id: name, userName: name }));
    const body = { schemas: [urn.listResponse], totalResults: found.length, Resources };
    trace.exchange('search', 'GET /Users?filter=…', { status: 200, subject: userName, body });
  }
  return trace;
};

const user = (more: Record<string, unknown> = {}, headers: Record<string, string> = { ETag: 'W/"1"' }): Answer => ({
  status: 200,
  headers,
  body: { schemas: [urn.user], id: '1', userName, ...more },
});

proveRequirement(life11, {
  right: {
    'a create with its location and version': () => done([create], [right], { read: user() }),
    'a bulk request with a failure': () =>
      done([create, replace], [right, { method: 'PUT', status: '404', location }], { about: { shape: 'bulk' } }),
    'a completion event': () => {
      const trace = new EventTrace();
      trace.brings(trace.create(), completionSet());
      return trace;
    },
  },
  wrong: {
    'method-missing': {
      'of a create': () => done([create], [{ ...right, method: undefined }]),
      'of a failure in a bulk request': () =>
        done([create, replace], [right, { status: '404' }], { about: { shape: 'bulk' } }),
    },
    'method-of-another': () => done([replace], [{ ...right, status: '200' }]),
    'change-is-201': {
      'of a PUT': () => done([replace], [{ method: 'PUT', status: '201', location }]),
      'of a DELETE in a bulk request': () =>
        done([create, remove], [right, { method: 'DELETE', status: '201', location }], { about: { shape: 'bulk' } }),
      'in a completion event': () => {
        const trace = new EventTrace();
        return trace.brings(trace.write('DELETE', '/Users/1'), completionSet({}, { method: 'DELETE', status: '201' }));
      },
    },
    'create-not-201': {
      'in a status resource': () => done([create], [{ ...right, status: '200' }]),
      'in a completion event': () => {
        const trace = new EventTrace();
        trace.brings(trace.create(), completionSet({}, { method: 'POST', status: '200' }));
        return trace;
      },
    },
    'location-of-another': {
      'of a PUT': () => done([replace], [{ method: 'PUT', status: '200', location: `${baseUrl}/provision/7` }]),
      'of a create': () => done([create], [right], { read: user({ userName: 'another@example.com' }) }),
    },
    'location-missing': () => done([replace], [{ method: 'PUT', status: '200' }]),
    'location-leads-nowhere': () => done([create], [right], { read: { status: 404 }, found: [userName] }),
    'version-differs': {
      'from the ETag': () => done([create], [right], { read: user({}, { ETag: 'W/"2"' }) }),
      'from meta.version': () => done([create], [right], { read: user({ meta: { version: '"2"' } }, {}) }),
    },
  },
  legal: {
    'a resource that the provider changed again later (RFC 7643 §3.1)': () =>
      done([create], [right], {
        read: user({ meta: { version: 'W/"2"', lastModified: '2026-11-29T12:00:02Z' } }, {}),
        status: { meta: { lastModified: '2026-11-29T12:00:01Z' } },
      }),
    'a failed PUT without a location, and a failed create (RFC 7644 §3.7.3)': () =>
      done(
        [replace, create],
        [
          { method: 'PUT', status: '404' },
          { method: 'POST', status: '400' },
        ],
        { about: { shape: 'bulk' } },
      ),
    'a strong version and a weak tag (RFC 7644 §3.14)': () =>
      done([create], [{ ...right, version: '"1"' }], { read: user() }),
    'meta.version where the tag is that of the representation (RFC 9110 §8.8.3)': () =>
      done([create], [right], { read: user({ meta: { version: 'W/"1"' } }, { ETag: '"a-hash"' }) }),
    'no version (RFC 7644 §3.7.3)': () => done([create], [{ ...right, version: undefined }], { read: user() }),
    'a userName in other letter case (RFC 7643 §4.1.1)': () =>
      done([create], [right], { read: user({ userName: userName.toUpperCase() }) }),
    'a location that is relative (RFC 9110 §10.2.2)': () =>
      done([replace], [{ method: 'PUT', status: '200', location: '/scim/v2/Users/1' }]),
    'a location on another host of the provider (CORE-02)': () =>
      done([remove], [{ method: 'DELETE', status: '204', location: 'https://eu.provider.example/scim/v2/Users/1' }]),
    'a user that is not there at all (LIFE-06)': () => done([create], [right], { read: { status: 404 }, found: [] }),
    'a method in a completion event is judged by EVT-05': () => {
      const trace = new EventTrace();
      trace.brings(trace.create(), completionSet({}, { status: '201' }));
      return trace;
    },
  },
  silent: {
    'a request whose completion was not seen': () => {
      const trace = new HandMadeTrace(resultsOfWrites, 'request-mode');
      trace.looked(trace.accepted('/provision/1/status'), { status: 200, body: statusResource({ pending: 1 }) });
      return trace;
    },
  },
});
