/** Decides the verdict and the exit code of a run from its results (profile §5, README). */
import type { EndedEarly, OutcomeCounts, RequirementResult, TargetFacts, Traffic } from '../../schemas/types.js';
import { bindingNames } from '../contract/binding-name.js';

export type Verdict = Readonly<EndedEarly>;

export const countOutcomes = (results: readonly RequirementResult[]): OutcomeCounts => {
  const counts: OutcomeCounts = {
    pass: 0,
    fail: 0,
    warning: 0,
    skip: 0,
    inconclusive: 0,
    ambiguous: 0,
    'not-implemented': 0,
    'harness-error': 0,
  };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export interface RunState {
  readonly results: readonly RequirementResult[];
  readonly traffic: Traffic;
  readonly facts: TargetFacts;
  readonly interrupted: boolean;
  /** The profile's `completion`. */
  readonly completion: string | undefined;
  /** Whether the user wants both bindings. */
  readonly wantsBoth: boolean;
  /** Whether the run must not write. */
  readonly readOnly: boolean;
}

const notTestable = (reason: string): Verdict => ({ verdict: 'not-testable', exitCode: 3, reason });

const failuresOf = ({ results }: RunState): string[] =>
  results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);

/** How many requirements were judged without a failure. */
const judgedOf = ({ results }: RunState): number =>
  results.filter(({ outcome }) => outcome === 'pass' || outcome === 'warning' || outcome === 'ambiguous').length;

/** Returns a verdict if the rule applies. */
type Rule = (state: RunState) => Verdict | undefined;

const wasInterrupted: Rule = ({ interrupted }) =>
  interrupted
    ? { verdict: 'interrupted', exitCode: 130, reason: 'The run was interrupted before its end.' }
    : undefined;

const hasHarnessErrors: Rule = ({ results }) => {
  const count = countOutcomes(results)['harness-error'];
  if (count === 0) return undefined;
  return {
    verdict: 'error',
    exitCode: 2,
    reason: `${plural(count, 'requirement')} could not be judged because of an error in scim-conformance itself.`,
  };
};

const servesNoBinding: Rule = (state) => {
  const { facts } = state;
  if (Object.keys(facts.bindings).length > 0) return undefined;
  const failed = failuresOf(state).length;
  const besides = failed === 0 ? '' : ` In addition, ${plural(failed, 'requirement')} of synchronous SCIM failed.`;
  return notTestable(
    `Nothing asynchronous could be exercised: ${facts.bindingNote}. If the target serves a binding nevertheless, name it with --serves.${besides}`,
  );
};

const hasFailures: Rule = (state) => {
  const failed = failuresOf(state);
  if (failed.length === 0) return undefined;
  return {
    verdict: 'non-conformant',
    exitCode: 1,
    reason: `${plural(failed.length, 'MUST requirement')} failed: ${failed.join(', ')}.`,
  };
};

const lacksBinding: Rule = ({ wantsBoth, facts }) => {
  const missing = wantsBoth ? bindingNames.filter((name) => facts.bindings[name] === undefined) : [];
  if (missing.length === 0) return undefined;
  return notTestable(`Both bindings were requested, but ${missing.join(', ')} was not found: ${facts.bindingNote}.`);
};

const wroteNothing: Rule = (state) =>
  state.readOnly
    ? notTestable(
        `No MUST failed of the ${plural(judgedOf(state), 'requirement')} that can be judged by reading; nothing asynchronous was exercised, because of --read-only.`,
      )
    : undefined;

const cannotBeObserved: Rule = ({ facts }) =>
  facts.bindings['request-mode'] === undefined && facts.observation === undefined
    ? notTestable(
        'Requests are accepted, but their results cannot be seen: the 202 has no URI of a result, and neither --set-poll nor --set-push was given.',
      )
    : undefined;

const judgedNothing: Rule = (state) =>
  judgedOf(state) === 0 ? notTestable('None of the selected requirements could be judged.') : undefined;

const acceptsNothing: Rule = ({ traffic }) =>
  traffic.accepted === 0
    ? notTestable('No asynchronous request was accepted, so nothing asynchronous was exercised.')
    : undefined;

/** If no accepted request was seen completed, nothing is known about asynchronous work. */
const completesNothing: Rule = ({ results, traffic, completion }) => {
  const unseen = results.find(
    ({ id, outcome, evidence }) => id === completion && outcome === 'inconclusive' && evidence === undefined,
  );
  if (unseen === undefined) return undefined;
  const requests = plural(traffic.accepted, 'accepted request');
  return notTestable(`None of the ${requests} could be followed to its end. ${unseen.reason ?? ''}`.trim());
};

/** The first rule that applies decides. */
const rules: readonly Rule[] = [
  wasInterrupted,
  hasHarnessErrors,
  servesNoBinding,
  hasFailures,
  lacksBinding,
  wroteNothing,
  cannotBeObserved,
  judgedNothing,
  acceptsNothing,
  completesNothing,
];

const conformant = (state: RunState): Verdict => {
  const { results, traffic } = state;
  const counts = countOutcomes(results);
  const besides = [
    counts.warning === 0 ? '' : `, ${plural(counts.warning, 'SHOULD')} not met`,
    counts.inconclusive === 0 ? '' : `, ${counts.inconclusive} inconclusive`,
  ].join('');
  return {
    verdict: 'conformant',
    exitCode: 0,
    reason: `No MUST failed: ${plural(judgedOf(state), 'requirement')} judged on ${plural(traffic.exchanges, 'exchange')}, ${plural(traffic.accepted, 'asynchronous request')} accepted${besides}.`,
  };
};

export const judgeRun = (state: RunState): Verdict => {
  for (const rule of rules) {
    const verdict = rule(state);
    if (verdict !== undefined) return verdict;
  }
  return conformant(state);
};
