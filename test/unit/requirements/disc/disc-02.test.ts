import type { TargetFacts } from '../../../../schemas/types.js';
import { disc02 } from '../../../../suites/requirements/disc/disc-02.js';
import { lateLook, lateLookSteps } from '../../../../suites/scenarios/lifecycle/late-look.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const statusEndpoint = '/provision/{id}/status';

const facts = (requestModes: string[]): Partial<TargetFacts> => ({
  requestModes,
  statusEndpoint,
  asyncExtension: { requestModes, statusEndpoint },
});

/** A create that is accepted and done, and what the advertised place of its status answers. */
const created = (about: Partial<TargetFacts>, atAdvertised?: Answer): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode', about);
  const submission = trace.submitted('POST /Users', { status: 202, headers: { Location: '/provision/1/status' } });
  trace.looked(submission, { status: 200, body: statusResource({ success: 1 }) });
  if (atAdvertised === undefined) return trace;
  trace.exchange('status-advertised', 'GET /provision/1/status', { submission: submission.n, ...atAdvertised });
  return trace;
};

/** What a read some seconds after the completion is answered, with so many promised seconds. */
const late = (statusRetentionSeconds: unknown, status: number): HandMadeTrace => {
  const asyncExtension = { requestModes: ['synchronous', 'asynchronous'], statusRetentionSeconds };
  const trace = new HandMadeTrace(lateLook, 'request-mode', { asyncExtension });
  const submission = trace.submitted('POST /Users', { status: 202, headers: { Location: '/provision/1/status' } });
  trace.looked(submission, { status: 200, body: statusResource({ success: 1 }) });
  trace.looked(submission, { status, variant: lateLookSteps.late });
  return trace;
};

const both = facts(['synchronous', 'asynchronous']);

proveRequirement(disc02, {
  right: {
    'the status is at the advertised place': () => created(both, { status: 200, body: statusResource({ success: 1 }) }),
    'what is not advertised is not served': () => {
      const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode', facts(['synchronous']));
      trace.submitted('POST /Users', { status: 201 });
      return trace;
    },
  },
  wrong: {
    'asynchronous-not-advertised': () => created(facts(['synchronous'])),
    'status-endpoint-not-served': () => created(both, { status: 404 }),
    'status-gone-early': () => late(86_400, 404),
    'status-endpoint-leads-elsewhere': () =>
      created(both, { status: 200, body: statusResource({ success: 1 }, { id: 'another' }) }),
  },
  legal: {
    'a status that is gone, and nothing or little was promised (profile §7, clarification 7)': () =>
      late(undefined, 410),
    'a short promise': () => late(1, 404),
    'a mode in other letter cases (profile D1)': () => created(facts(['ASYNCHRONOUS'])),
    'a mode that is advertised and not served, which is for MODE-01 to judge': () => {
      const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode', both);
      trace.submitted('POST /Users', { status: 201 });
      return trace;
    },
  },
  silent: { 'nothing is advertised': () => created({}) },
});
