import { eventUri } from '../../../../schemas/names.js';
import { evt02 } from '../../../../suites/requirements/evt/evt-02.js';
import { proveRequirement } from '../../prove-requirement.js';
import { completionSet, created, EventTrace } from './event-trace.js';

const subject = (uri: unknown, format = 'scim'): Record<string, unknown> => ({ sub_id: { format, uri } });

/** A create whose completion event is this. */
const issued = (claims: Record<string, unknown>): EventTrace => {
  const trace = new EventTrace();
  return trace.brings(trace.create(), claims);
};

/** A replace of `/Users/1` whose completion event is this. */
const replaced = (claims: Record<string, unknown>): EventTrace => {
  const trace = new EventTrace();
  return trace.brings(trace.write('PUT', '/Users/1'), claims);
};

/** A PATCH of a bulk request whose path is a reference. */
const referring = (status: string, uri: string): EventTrace => {
  const trace = new EventTrace();
  const operation = { method: 'PATCH', path: '/Users/bulkId:b0', expected: 'success' } as const;
  const bulk = trace.bulk(1, { operations: [operation] });
  return trace.brings(bulk, completionSet({ txn: 'txn:0', ...subject(uri) }, { method: 'PATCH', status }));
};

const replacement = { method: 'PUT', status: '200' };

proveRequirement(evt02, {
  right: {
    'the user that was created': () => issued(completionSet()),
    'the user that was replaced': () => replaced(completionSet({}, replacement)),
    'each user of a bulk request': () => {
      const trace = new EventTrace();
      const bulk = trace.bulk(2);
      trace.brings(bulk, completionSet({ txn: 'txn:0' }));
      return trace.brings(bulk, completionSet({ txn: 'txn:1', ...subject('/Users/2') }));
    },
  },
  wrong: {
    'sub-present': () => issued(completionSet({ sub: '/Users/1' })),
    'sub-id-in-payload': () => issued(completionSet({}, { ...created, ...subject('/Users/1') })),
    'sub-id-missing': () => issued(completionSet({ sub_id: undefined })),
    'sub-id-malformed': () => issued(completionSet(subject('/Users/1', 'uri'))),
    'uri-not-relative': {
      'a scheme': () => issued(completionSet(subject('https://provider.example/scim/v2/Users/1'))),
      'a host': () => issued(completionSet(subject('//provider.example/scim/v2/Users/1'))),
      nothing: () => issued(completionSet(subject(''))),
    },
    'uri-of-another-resource': {
      'with a slash': () => replaced(completionSet(subject('/Users/2'), replacement)),
      'without one': () => replaced(completionSet(subject('Users/2'), replacement)),
    },
    'uri-names-no-resource': {
      'with a slash': () => issued(completionSet(subject('/Users'))),
      'without one': () => issued(completionSet(subject('Users'))),
      'a bulkId': () => referring('200', '/Users/bulkId:b0'),
    },
  },
  legal: {
    'a reference that could not be resolved (RFC 7644 §3.7.2)': () => referring('409', '/Users/bulkId:b0'),
    'the user that a reference was resolved to (RFC 7644 §3.7.2)': () => referring('200', '/Users/1'),
    'the endpoint, where a create has failed (profile §7, clarification 4)': () =>
      issued(completionSet(subject('/Users'), { method: 'POST', status: '409' })),
    'the path in another spelling (RFC 3986 §6.2.2)': () => {
      const trace = new EventTrace();
      return trace.brings(trace.write('PUT', '/Users/a%40b'), completionSet(subject('/Users/a@b'), { ...replacement }));
    },
    'a path without a slash before it (RFC 9967 §2.1)': () => issued(completionSet(subject('Users/1'))),
    'the path of the operation without a slash before it (RFC 9967 §2.1)': () =>
      replaced(completionSet(subject('Users/1'), replacement)),
    'a path that begins with a dot (RFC 3986 §4.2)': () => replaced(completionSet(subject('./Users/1'), replacement)),
    'txns that count from 1, which EVT-03 judges': () => {
      const trace = new EventTrace();
      const bulk = trace.bulk(2);
      trace.brings(bulk, completionSet({ txn: 'txn:1' }));
      return trace.brings(bulk, completionSet({ txn: 'txn:2', ...subject('/Users/2') }));
    },
    'an event of another kind about a resource that nobody asked for (RFC 9967 §2.4)': () => {
      const trace = new EventTrace();
      const submission = trace.create();
      const claims = { ...completionSet(), events: { [eventUri.delete]: {} } };
      return trace.brings(submission, claims);
    },
  },
  silent: {
    'results come without tokens': () => {
      const trace = new EventTrace();
      return trace.bringsBare(trace.create(), created);
    },
  },
});
