import { urn } from '../../../../schemas/names.js';
import { err02 } from '../../../../suites/requirements/err/err-02.js';
import { malformedJson } from '../../../../suites/scenarios/errors/malformed-json.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const answered = (status: number, scimType?: unknown) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(malformedJson, 'request-mode');
  const body = { schemas: [urn.error], status: String(status), scimType };
  trace.exchange('malformed', 'POST /Users', { status, body });
  return trace;
};

proveRequirement(err02, {
  right: { '400 with invalidSyntax': answered(400, 'invalidSyntax') },
  wrong: {
    'malformed-json-accepted': answered(202),
    'refused-otherwise-than-400': answered(422, 'invalidSyntax'),
    'scim-type-not-invalid-syntax': answered(400, 'invalidValue'),
  },
  legal: {
    'a detail and members of the provider’s own beside it (RFC 7644 §3.12)': () => {
      const trace = new HandMadeTrace(malformedJson, 'request-mode');
      const body = { schemas: [urn.error], status: '400', scimType: 'invalidSyntax', detail: 'At 7.', line: 7 };
      trace.exchange('malformed', 'POST /Users', { status: 400, body });
      return trace;
    },
  },
  silent: { 'an answer that was throttled (RFC 6585 §4)': answered(429) },
});
