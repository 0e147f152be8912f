import { mediaType } from '../../../../schemas/names.js';
import { acc02 } from '../../../../suites/requirements/acc/acc-02.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

/** A create that is answered 202 with this body. */
const accepted = (body: unknown, type: string = mediaType.scim): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  const headers = { Location: '/provision/1/status', 'Content-Type': type };
  trace.submitted('POST /Users', { status: 202, headers, body });
  return trace;
};

const withMembers = (more: Record<string, unknown>): HandMadeTrace => accepted(statusResource({ pending: 1 }, more));

proveRequirement(acc02, {
  right: { 'the status resource of a request that waits': () => withMembers({}) },
  wrong: {
    'body-not-an-object': () => accepted(['queued']),
    'schemas-wrong': () => withMembers({ schemas: ['urn:example:job'] }),
    'id-wrong': () => withMembers({ id: '' }),
    'counts-wrong': () => withMembers({ operationsCount: { total: '1', success: 0, failed: 0, pending: 1 } }),
    'booleans-wrong': () => withMembers({ status: { completed: false } }),
    'member-wrong': () => withMembers({ state: 2 }),
    'content-type-wrong': () => accepted(statusResource({ pending: 1 }), mediaType.json),
  },
  legal: {
    'a parameter of the media type, in other letter cases (RFC 9110 §8.3.1)': () =>
      accepted(statusResource({ pending: 1 }), 'Application/SCIM+JSON; Charset=UTF-8'),
    'members that nobody knows (profile §2)': () => withMembers({ 'urn:example:job': { queue: 'large' } }),
    'a member of null, which counts as absent (RFC 7643 §2.5)': () => withMembers({ meta: null }),
  },
  silent: { 'a 202 without a body, which is for ACC-03 to judge': () => accepted(undefined) },
});
