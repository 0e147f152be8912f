import { bulk02 } from '../../../../suites/requirements/bulk/bulk-02.js';
import { urn } from '../../../../schemas/names.js';
import { bulkGraph } from '../../../../suites/scenarios/bulk/bulk-graph.js';
import { bulkReferences } from '../../../../suites/scenarios/bulk/bulk-references.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { bulkTrace, create, created, failedWith, type HandMadeOperation, type HandMadeResult } from './bulk-trace.js';

const groupUrl = 'https://provider.example/scim/v2/Groups/g';

const operations = [
  create('u'),
  create('g', { path: '/Groups', data: { displayName: 'g', members: [{ value: 'bulkId:u' }] } }),
  create('p', { method: 'PATCH', path: '/Users/bulkId:u', data: {} }),
];

const group: HandMadeResult = { ...created('g'), location: groupUrl };
const patched: HandMadeResult = { ...created('p', 'u'), method: 'PATCH', status: '200' };

/** The request with these results, and the group with these members. */
const graph = (results: HandMadeResult[], members: string[] = ['u']): HandMadeTrace => {
  const trace = bulkTrace(bulkGraph, { operations, results });
  const body = { members: members.map((value) => ({ value })) };
  trace.exchange('read', `GET ${groupUrl}`, { status: 200, body });
  return trace;
};

/** A request that refers to its user in this write, and a read that shows the resource that was written. */
const referring = (write: HandMadeOperation, url: string, shown: unknown): HandMadeTrace => {
  const { method } = write;
  const result = { ...created('w'), method, status: method === 'POST' ? '201' : '200', location: url };
  const trace = bulkTrace(bulkReferences, { operations: [write, create('u')], results: [result, created('u')] });
  trace.exchange('read', `GET ${url}`, { status: 200, body: shown });
  return trace;
};

/** A PATCH of a group that adds the user, and the members of the group then. */
const joined = (...members: string[]): HandMadeTrace => {
  const data = { Operations: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:u' }] }] };
  const write = create('w', { method: 'PATCH', path: '/Groups/g', data });
  return referring(write, groupUrl, { members: members.map((value) => ({ value })) });
};

const managedBy = (value: string) => ({ [urn.enterpriseUser]: { manager: { value } } });

/** A user whose manager is the other one, and the manager that a read shows. */
const managed = (shown: unknown): HandMadeTrace =>
  referring(create('w', { data: managedBy('bulkId:u') }), 'https://provider.example/scim/v2/Users/w', shown);

proveRequirement(bulk02, {
  right: {
    'references that are resolved': () => graph([created('u'), group, patched]),
    'a reference in a PATCH': () => joined('u'),
    'a reference to a manager': () => managed(managedBy('u')),
  },
  wrong: {
    'bulk-id-missing-in-the-result': () => graph([{ ...created('u'), bulkId: undefined }, group, patched]),
    'bulk-id-changed': () => graph([{ ...created('u'), bulkId: 'U' }, group, patched]),
    'reference-not-resolved': () => graph([created('u'), failedWith('400', 'g'), patched]),
    'reference-leads-to-another': () => graph([created('u'), group, { ...patched, location: '/scim/v2/Users/x' }]),
    'members-not-as-referred': {
      'of a create': () => graph([created('u'), group, patched], ['somebody-else']),
      'of a PATCH': () => joined('bulkId:u'),
    },
    'manager-not-as-referred': () => managed(managedBy('bulkId:u')),
  },
  legal: {
    'an operation that is not implemented in bulk requests (profile §7, clarification 14)': () =>
      graph([created('u'), failedWith('501', 'g'), patched]),
    'other members of a group that is patched (RFC 7644 §3.5.2.1)': () => joined('a', 'u'),
    'a manager that is not returned (RFC 7643 §7, returned)': () => managed({ userName: 'w' }),
    'a result with the bulkId of another operation, which BULK-06 judges (profile §4)': () =>
      graph([{ ...created('u'), bulkId: 'g' }, group, patched]),
    'members that are not returned (RFC 7643 §7, returned)': () => {
      const trace = bulkTrace(bulkGraph, { operations, results: [created('u'), group, patched] });
      trace.exchange('read', `GET ${groupUrl}`, { status: 200, body: { displayName: 'g' } });
      return trace;
    },
    'an operation that refers to a create that failed (RFC 7644 §3.7.2)': () =>
      graph([failedWith('409', 'u'), failedWith('400', 'g'), failedWith('400', 'p')]),
  },
});
