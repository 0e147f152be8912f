/** How a run ended, made up: what tests of verdicts and gates start from. */
import type { RequirementResult } from '../../../schemas/types.js';
import type { RunState } from '../../../suites/engine/verdict/run-state.js';

/** A run that reached a target which serves request-mode, with these results. */
export const runStateOf = (results: readonly RequirementResult[], more: Partial<RunState> = {}): RunState => ({
  results,
  traffic: { exchanges: 9, submissions: 2, accepted: 2, exercises: 2 },
  facts: {
    baseUrl: 'http://127.0.0.1:1',
    authenticated: true,
    secondCredential: false,
    bindings: { 'request-mode': 'advertised' },
    bindingNote: 'request-mode is advertised',
    capabilities: { patch: true, bulk: true, filter: true, groups: true },
    features: [],
  },
  endedBy: undefined,
  completion: 'LIFE-01',
  wantsBoth: false,
  readOnly: false,
  ...more,
});
