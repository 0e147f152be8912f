import type { ReceivedToken } from '../../../../schemas/types.js';
import { evt09 } from '../../../../suites/requirements/evt/evt-09.js';
import { proveRequirement } from '../../prove-requirement.js';
import { completionSet, created, EventTrace } from './event-trace.js';

const signed = (...signatures: ReceivedToken['signature'][]): EventTrace => {
  const trace = new EventTrace({ signingKeys: 'https://provider.example/jwks' });
  const submission = trace.create();
  signatures.forEach((signature, place) =>
    trace.brings(submission, completionSet({ jti: `jti-${place}` }), { signature }),
  );
  return trace;
};

proveRequirement(evt09, {
  right: { 'it verifies': () => signed('verified') },
  wrong: {
    'signature-invalid': () => signed('verified', 'invalid'),
    'signature-missing': () => signed('verified', 'unsigned'),
  },
  legal: {
    'one of HMAC beside one that verifies (profile §7, clarification 4)': () => signed('verified', 'hmac'),
    'an unsigned one at the result URI beside a signed one that is pushed (RFC 8417 §5.1)': () => {
      const trace = new EventTrace({ signingKeys: 'https://provider.example/jwks' });
      const submission = trace.create();
      trace.brings(submission, completionSet(), { signature: 'verified', via: 'push' });
      return trace.brings(submission, completionSet(), { signature: 'unsigned' });
    },
  },
  silent: {
    'unsigned tokens (RFC 7519 §6)': () => signed('unsigned'),
    'no keys to verify with': () => signed('unchecked'),
    'results come without tokens': () => {
      const trace = new EventTrace();
      return trace.bringsBare(trace.create(), created);
    },
  },
});
