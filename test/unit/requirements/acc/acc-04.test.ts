import { acc04 } from '../../../../suites/requirements/acc/acc-04.js';
import { submissionsTogether } from '../../../../suites/scenarios/request-mode/submissions-together.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

/** Creates that are accepted, each with the Location and the body of its turn. */
const accepted = (...answers: { location: string; body?: unknown }[]): HandMadeTrace => {
  const trace = new HandMadeTrace(submissionsTogether, 'request-mode');
  for (const { location, body } of answers) {
    trace.submitted('POST /Users', { status: 202, headers: { Location: location }, body });
  }
  return trace;
};

const withIds = (...ids: unknown[]): HandMadeTrace =>
  accepted(
    ...ids.map((id, index) => ({
      location: `/provision/${index}/status`,
      body: statusResource({ pending: 1 }, { id }),
    })),
  );

proveRequirement(acc04, {
  right: {
    'an id and a Location of its own for each': () => withIds('a', 'b', 'c'),
    'no bodies, and a Location of its own for each': () =>
      accepted({ location: '/provision/1/status' }, { location: '/provision/2/status' }),
  },
  wrong: {
    'location-shared': () =>
      accepted(
        { location: '/provision/1/status' },
        { location: '/provision/2/status' },
        { location: 'https://provider.example/provision/1/status' },
      ),
    'id-shared': () => withIds('a', 'b', 'a'),
  },
  legal: {
    'ids of null, which count as absent (RFC 7643 §2.5)': () => withIds(null, null),
    'ids that differ in their letter case alone (RFC 7643 §3.1: id is caseExact)': () => withIds('a', 'A'),
  },
  silent: { 'one request alone': () => withIds('a') },
});
