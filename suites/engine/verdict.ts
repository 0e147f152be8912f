/** Decides the verdict and the exit code of a run from its results (profile §5, README). */
import type { EndedEarly, OutcomeCounts, RequirementResult, TargetFacts, Traffic } from '../../schemas/types.js';
import { bindingNames } from '../contract/binding-name.js';
import type { Profile } from '../definitions/profile.js';
import { isEndCode, type EndCode } from '../errors/codes.js';
import { servedBindings } from '../provider/served-bindings.js';

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
  /** Why the work of the run ended before all of it was done. */
  readonly endedBy: EndCode | undefined;
  /** The profile's `completion`. */
  readonly completion: string | undefined;
  /** The profile's `carriers`. */
  readonly carriers?: Profile['carriers'];
  /** Whether the run makes only some exercises of the requirements (`--path`, `--shard`). */
  readonly isPart?: boolean;
  /** Whether the user wants both bindings. */
  readonly wantsBoth: boolean;
  /** Whether the run must not write. */
  readonly readOnly: boolean;
}

const notTestable = (reason: string): Verdict => ({ verdict: 'not-testable', exitCode: 3, reason });

const failuresOf = ({ results }: RunState): string[] =>
  results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);

/** Judged without a failure. An ambiguous requirement was exercised, and nothing in its text says that the target is wrong. */
const isJudged = ({ outcome }: RequirementResult): boolean =>
  outcome === 'pass' || outcome === 'warning' || outcome === 'ambiguous';

/** How many requirements were judged without a failure. */
const judgedOf = ({ results }: RunState): number => results.filter(isJudged).length;

/** Returns a verdict if the rule applies. */
type Rule = (state: RunState) => Verdict | undefined;

const toolFailed: Rule = ({ endedBy }) =>
  endedBy === 'tool-failed'
    ? {
        verdict: 'error',
        exitCode: 2,
        reason: 'An unexpected error in scim-conformance itself ended the run.',
      }
    : undefined;

const wasInterrupted: Rule = ({ endedBy }) =>
  endedBy === 'run-interrupted'
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

/** Requirements that the run did not reach, because its work ended before. */
const unreachedOf = ({ results }: RunState): RequirementResult[] =>
  results.filter(({ outcome, blockedBy }) => outcome === 'inconclusive' && isEndCode(blockedBy));

/** Why requirements were not reached, as the end of a sentence. Of the other reasons, the verdict speaks itself. */
const endings: Partial<Record<EndCode, string>> = {
  'max-time-reached': 'before the time of the run was over (--max-time)',
  'waited-in-vain': 'because the target kept the run waiting for answers (--max-time)',
};

/** A sentence about the requirements that were not reached; empty if there are none. */
const unreachedSentence = (unreached: readonly RequirementResult[]): string => {
  const [first] = unreached;
  const code = first?.blockedBy;
  const ending = isEndCode(code) ? endings[code] : undefined;
  if (ending === undefined) return '';
  const ids = unreached.map(({ id }) => id).join(', ');
  return ` ${plural(unreached.length, 'requirement')} ${unreached.length === 1 ? 'was' : 'were'} not reached ${ending}: ${ids}.`;
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

/** A run that did not reach every MUST cannot say that the target conforms. */
const ranOutOfTime: Rule = (state) => {
  const unreached = unreachedOf(state);
  if (!unreached.some(({ level }) => level === 'MUST')) return undefined;
  return {
    verdict: 'inconclusive',
    exitCode: 3,
    reason: `No MUST failed of the ${plural(judgedOf(state), 'requirement')} that were judged, but not all were reached.`,
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
    ({ id, outcome, evidence, blockedBy }) =>
      id === completion && outcome === 'inconclusive' && evidence === undefined && !isEndCode(blockedBy),
  );
  if (unseen === undefined) return undefined;
  const requests = plural(traffic.accepted, 'accepted request');
  return notTestable(`None of the ${requests} could be followed to its end. ${unseen.reason ?? ''}`.trim());
};

/** The ids that carry the lifecycle of the bindings that the target serves, each once. */
const carriersOf = ({ carriers, facts }: RunState): string[] => [
  ...new Set(carriers === undefined ? [] : servedBindings(facts).flatMap((binding) => carriers[binding])),
];

/** Why one of these was not judged, as a sentence; of requirements that were not reached, the verdict speaks itself. */
const reasonOf = (open: readonly RequirementResult[]): string => {
  const why = open.find(({ reason, blockedBy }) => reason !== undefined && !isEndCode(blockedBy));
  return why === undefined ? '' : ` ${why.id}: ${why.reason ?? ''}`;
};

/** What carries the lifecycle has to be judged. What the user did not select is not demanded: the verdict says so. */
const leavesLifecycleOpen: Rule = (state) => {
  if (state.isPart === true) return undefined;
  const carriers = carriersOf(state);
  // An open point of the text can be seen before anything was judged, such as the answer while a result is not there yet.
  const open = state.results.filter(
    (result) => carriers.includes(result.id) && !(isJudged(result) && result.exercised > 0),
  );
  if (open.length === 0) return undefined;
  const ids = open.map(({ id }) => id).join(', ');
  return {
    verdict: 'inconclusive',
    exitCode: 3,
    reason: `No MUST failed of the ${plural(judgedOf(state), 'requirement')} that were judged, but what carries the lifecycle was not judged: ${ids}.${reasonOf(open)}`,
  };
};

/** What a conformant verdict leaves out by the user's choice; empty if it leaves out nothing. */
const deselected = (state: RunState): string => {
  const carriers = carriersOf(state);
  if (state.isPart === true && carriers.length > 0)
    return ' Only some of the exercises were made (--path, --shard), so this says nothing about the whole lifecycle.';
  const missing = carriers.filter((carrier) => !state.results.some(({ id }) => id === carrier));
  return missing.length === 0
    ? ''
    : ` By the selection of the run, this says nothing about the whole lifecycle: ${missing.join(', ')} ${missing.length === 1 ? 'was' : 'were'} not selected.`;
};

/** The first rule that applies decides. */
const rules: readonly Rule[] = [
  toolFailed,
  wasInterrupted,
  hasHarnessErrors,
  servesNoBinding,
  hasFailures,
  lacksBinding,
  wroteNothing,
  cannotBeObserved,
  judgedNothing,
  acceptsNothing,
  ranOutOfTime,
  leavesLifecycleOpen,
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
    reason: `No MUST failed: ${plural(judgedOf(state), 'requirement')} judged on ${plural(traffic.exchanges, 'exchange')}, ${plural(traffic.accepted, 'asynchronous request')} accepted${besides}.${deselected(state)}`,
  };
};

export const judgeRun = (state: RunState): Verdict => {
  const first = rules.map((rule) => rule(state)).find((verdict) => verdict !== undefined) ?? conformant(state);
  return { ...first, reason: `${first.reason}${unreachedSentence(unreachedOf(state))}` };
};
