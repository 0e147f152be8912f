import { urn } from '../../../../schemas/names.js';
import { stat17 } from '../../../../suites/requirements/stat/stat-17.js';
import { foreignList, foreignListSteps } from '../../../../suites/scenarios/security/foreign-list.js';
import { type Answer, baseUrl, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const url = `${baseUrl}/provision`;

/** The first client's status of this id, and the answer to a list that somebody else reads. */
const listed = (answer: Answer, id = '0b0e'): HandMadeTrace => {
  const trace = new HandMadeTrace(foreignList, 'request-mode');
  const submission = trace.accepted(`/scim/v2/provision/${id}/status`);
  trace.looked(submission, { status: 200, body: statusResource({ success: 1 }, { id }) });
  trace.exchange('foreign-status', 'GET /provision', {
    credential: 'second',
    variant: foreignListSteps.list.of(url),
    ...answer,
  });
  return trace;
};

const list = (...ids: string[]): Answer => ({
  status: 200,
  body: {
    schemas: [urn.listResponse],
    totalResults: ids.length,
    Resources: ids.map((id) => ({ ...statusResource({ success: 1 }), id })),
  },
});

proveRequirement(stat17, {
  right: {
    'no list at all': () => listed({ status: 404, body: { detail: 'There is no /provision/0b0e.' } }),
    'a list of its own requests': () => listed(list('7', '8')),
  },
  wrong: {
    'shown-to-another-client': {
      'by its id': () => listed(list('7', '0b0e')),
      'by its location': () =>
        listed({ status: 200, body: { Resources: [{ meta: { location: `${url}/0b0e/status` } }] } }),
      'in an answer that was cut': () => listed({ status: 200, text: '{"Resources":[{"id":"0b0e"', isCut: true }),
    },
    'shown-without-a-credential': () => listed({ ...list('0b0e'), credential: 'none' }),
  },
  legal: {
    'a short id that is part of something else': () =>
      listed({ status: 200, body: { totalResults: 1, Resources: [{ id: '17' }] } }, '1'),
    '401 without a credential (RFC 7235 §3.1)': () => listed({ status: 401, credential: 'none' }),
  },
  silent: {
    'a status whose id was not seen': () => {
      const trace = new HandMadeTrace(foreignList, 'request-mode');
      trace.accepted('/provision/1/status');
      trace.exchange('foreign-status', 'GET /provision', { status: 200, credential: 'second', text: '[]' });
      return trace;
    },
  },
});
