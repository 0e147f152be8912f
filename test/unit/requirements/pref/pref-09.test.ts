import type { TargetFacts } from '../../../../schemas/types.js';
import { pref09 } from '../../../../suites/requirements/pref/pref-09.js';
import { resourceLifecycle } from '../../../../suites/scenarios/synchronous/resource-lifecycle.js';
import type { Answer } from '../../hand-made-trace.js';
import { PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const created = (answer: Answer, facts: Partial<TargetFacts> = {}): PreferringTrace => {
  const trace = new PreferringTrace(resourceLifecycle, facts);
  trace.exchange('create', 'POST /Users', answer);
  return trace;
};

const accepted = { status: 202, headers: { 'Set-Txn': 'txn' } };
const both = { bindings: { 'request-mode': 'advertised', 'respond-async': 'advertised' } } as const;

proveRequirement(pref09, {
  right: { 'a synchronous answer': () => created({ status: 201 }) },
  wrong: { 'accepted-unasked': () => created(accepted, both) },
  legal: {
    'a 202 without Set-Txn of a target of both bindings, which MODE-02 judges': () => created({ status: 202 }, both),
    'an error, which CORE judges': () => created({ status: 500 }),
  },
  silent: {
    'asyncRequest is long, in any letter case (RFC 9967 §4)': () =>
      created(accepted, { securityEvents: { asyncRequest: 'LONG' } }),
    'a request with the preference': () => created({ ...accepted, requestHeaders: { Prefer: 'respond-async' } }),
    'a request with the mode header': () =>
      created({ ...accepted, requestHeaders: { 'X-SCIM-Request-Mode': 'asynchronous' } }),
  },
});
