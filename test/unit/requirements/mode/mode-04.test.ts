import { urn } from '../../../../schemas/names.js';
import { mode04 } from '../../../../suites/requirements/mode/mode-04.js';
import { modeValues, modeValuesSteps } from '../../../../suites/scenarios/request-mode/mode-values.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const userName = 'a@example.com';

/** A create in an unknown mode, and the users that are found afterwards. */
const unknown = (status: number, { scimType = 'invalidValue', found = [] as string[] } = {}): HandMadeTrace => {
  const trace = new HandMadeTrace(modeValues, 'request-mode');
  const variant = modeValuesSteps.unknown;
  const error = { schemas: [urn.error], status: String(status), scimType };
  trace.exchange('refusal', 'POST /Users', { variant, subject: userName, status, body: error });
  const Resources = found.map((name) => ({ schemas: [urn.user], id: '1', userName: name }));
  const list = { schemas: [urn.listResponse], totalResults: Resources.length, Resources };
  trace.exchange('search', 'GET /Users?filter=', { subject: userName, status: 200, body: list });
  return trace;
};

proveRequirement(mode04, {
  right: { 'a refusal without effect': () => unknown(400) },
  wrong: {
    'unknown-mode-done': () => unknown(201),
    'status-wrong': () => unknown(422),
    'scim-type-wrong': () => unknown(400, { scimType: 'invalidSyntax' }),
    'refused-and-done': () => unknown(400, { found: [userName] }),
  },
  legal: {
    'another user that is found as well: the filter is for CORE-06 to judge (RFC 7644 §3.4.2.2)': () =>
      unknown(400, { found: ['aa@example.com'] }),
  },
  silent: {
    'the mode synchronous, which everybody knows': () => {
      const trace = new HandMadeTrace(modeValues, 'request-mode');
      trace.exchange('create', 'POST /Users', { variant: modeValuesSteps.synchronous, status: 201 });
      return trace;
    },
  },
});
