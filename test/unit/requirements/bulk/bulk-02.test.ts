import { bulk02 } from '../../../../suites/requirements/bulk/bulk-02.js';
import { bulkGraph } from '../../../../suites/scenarios/bulk/bulk-graph.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { bulkTrace, create, created, failedWith, type HandMadeResult } from './bulk-trace.js';

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

proveRequirement(bulk02, {
  right: { 'references that are resolved': () => graph([created('u'), group, patched]) },
  wrong: {
    'bulk-id-missing-in-the-result': () => graph([{ ...created('u'), bulkId: undefined }, group, patched]),
    'bulk-id-changed': () => graph([{ ...created('u'), bulkId: 'U' }, group, patched]),
    'reference-not-resolved': () => graph([created('u'), failedWith('400', 'g'), patched]),
    'reference-leads-to-another': () => graph([created('u'), group, { ...patched, location: '/scim/v2/Users/x' }]),
    'members-not-as-referred': () => graph([created('u'), group, patched], ['somebody-else']),
  },
  legal: {
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
