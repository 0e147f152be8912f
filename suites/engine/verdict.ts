/** Says what a run comes to, and with which exit code (profile §5, README). */
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
  /** Whether both bindings were asked for. */
  readonly wantsBoth: boolean;
  /** Whether nothing was to be written. */
  readonly readOnly: boolean;
}

export const judgeRun = ({ results, traffic, facts, interrupted, wantsBoth, readOnly }: RunState): Verdict => {
  const counts = countOutcomes(results);
  const failed = results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
  if (interrupted) return { verdict: 'interrupted', exitCode: 130, reason: 'The run was interrupted before its end.' };
  if (counts['harness-error'] > 0) {
    return {
      verdict: 'error',
      exitCode: 2,
      reason: `${plural(counts['harness-error'], 'requirement')} could not be judged because of an error in scim-conformance itself.`,
    };
  }
  const served = Object.keys(facts.bindings);
  if (served.length === 0) {
    const besides =
      failed.length === 0 ? '' : ` Besides, ${plural(failed.length, 'requirement')} of synchronous SCIM failed.`;
    return {
      verdict: 'not-testable',
      exitCode: 3,
      reason: `Nothing asynchronous could be exercised: ${facts.bindingNote}. Where it serves one all the same, --serves says so.${besides}`,
    };
  }
  if (failed.length > 0) {
    return {
      verdict: 'non-conformant',
      exitCode: 1,
      reason: `${plural(failed.length, 'MUST requirement')} failed: ${failed.join(', ')}.`,
    };
  }
  const missing = wantsBoth ? bindingNames.filter((name) => facts.bindings[name] === undefined) : [];
  if (missing.length > 0) {
    return {
      verdict: 'not-testable',
      exitCode: 3,
      reason: `Both bindings were asked for, and ${missing.join(', ')} was not found: ${facts.bindingNote}.`,
    };
  }
  if (readOnly) {
    return {
      verdict: 'not-testable',
      exitCode: 3,
      reason: `No MUST failed of the ${plural(counts.pass + counts.warning + counts.ambiguous, 'requirement')} that can be judged by reading; nothing asynchronous was exercised, because of --read-only.`,
    };
  }
  if (facts.bindings['request-mode'] === undefined && facts.observation === undefined) {
    return {
      verdict: 'not-testable',
      exitCode: 3,
      reason:
        'Requests are accepted, and what comes of them cannot be seen: the 202 names no URI of a result, and neither --set-poll nor --set-push was given.',
    };
  }
  const judged = counts.pass + counts.warning + counts.ambiguous;
  if (judged === 0) {
    return { verdict: 'not-testable', exitCode: 3, reason: 'None of the selected requirements could be judged.' };
  }
  if (traffic.accepted === 0) {
    return {
      verdict: 'not-testable',
      exitCode: 3,
      reason: 'No asynchronous request was accepted, so nothing asynchronous was exercised.',
    };
  }
  // What is accepted and never seen again is not known to be done (LIFE-01).
  const unseen = results.find(
    ({ id, outcome, evidence }) => id === 'LIFE-01' && outcome === 'inconclusive' && !evidence,
  );
  if (unseen !== undefined) {
    return {
      verdict: 'not-testable',
      exitCode: 3,
      reason:
        `Of ${plural(traffic.accepted, 'request')} that ${traffic.accepted === 1 ? 'was' : 'were'} accepted, none could be followed to its end. ${unseen.reason ?? ''}`.trim(),
    };
  }
  const besides = [
    counts.warning === 0 ? '' : `, ${plural(counts.warning, 'SHOULD')} not met`,
    counts.inconclusive === 0 ? '' : `, ${counts.inconclusive} inconclusive`,
  ].join('');
  return {
    verdict: 'conformant',
    exitCode: 0,
    reason: `No MUST failed: ${plural(judged, 'requirement')} judged on ${plural(traffic.exchanges, 'exchange')}, ${plural(traffic.accepted, 'asynchronous request')} accepted${besides}.`,
  };
};
