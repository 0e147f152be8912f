import { bulk05 } from '../../../../suites/requirements/bulk/bulk-05.js';
import { bulkCircle, bulkCircleSteps } from '../../../../suites/scenarios/bulk/bulk-graph.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { bulkTrace, create, created, failedWith, type HandMadeOperation, type HandMadeResult } from './bulk-trace.js';

const group = (bulkId: string, member: string): HandMadeOperation =>
  create(bulkId, { path: '/Groups', expected: 'failure', data: { members: [{ value: `bulkId:${member}` }] } });

const nowhere = (first: HandMadeResult, second: HandMadeResult): HandMadeTrace =>
  bulkTrace(bulkCircle, {
    operations: [group('g', 'nowhere'), create('u')],
    results: [first, second],
    step: bulkCircleSteps.nothing,
  });

const circle = (status: string): HandMadeTrace =>
  bulkTrace(bulkCircle, {
    operations: [group('a', 'b'), create('u'), group('b', 'a')],
    results: [failedWith(status, 'a'), created('u'), failedWith(status, 'b')],
    step: bulkCircleSteps.circle,
  });

proveRequirement(bulk05, {
  right: { 'what leads to nothing fails alone': () => nowhere(failedWith('400', 'g'), created('u')) },
  wrong: {
    'unresolvable-does-not-fail': () => nowhere(created('g'), created('u')),
    'circle-neither-resolved-nor-refused': () => circle('500'),
    'others-are-disturbed': () => nowhere(failedWith('400', 'g'), failedWith('400', 'u')),
  },
  legal: {
    'operations that are not implemented in bulk requests (profile §7, clarification 14)': () => circle('501'),
    'a circle that is resolved (RFC 7644 §3.7.1)': () => circle('201'),
    'a circle that is refused with 409 (RFC 7644 §3.7.1)': () => circle('409'),
    'groups that cannot be members of groups (RFC 7643 §4.2, RFC 7644 §3.12)': () => circle('400'),
  },
});
