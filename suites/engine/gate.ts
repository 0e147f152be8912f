/**
 * Decides the exit code of a run beside its verdict: which outcomes fail it (`--fail-on`), and which failures are known
 * (the baseline). A known failure still runs and must still fail: what fails no more has to leave the baseline, so that
 * it cannot come back unseen.
 */
import type { GateWord } from '../events.js';
import type { Baseline, Gate, KnownFailure, Report, RequirementResult } from '../../schemas/types.js';
import { judgeRun, type RunState, type Verdict } from './verdict.js';

export type FailOn = Gate['failOn'];

export interface GateOptions {
  /** The least that fails a run; `must` where absent. */
  readonly failOn?: FailOn;
  /** Known failures, and the name of the file that holds them. */
  readonly baseline?: { readonly file: string; readonly entries: readonly KnownFailure[] };
}

type Outcome = RequirementResult['outcome'];

const failing: Record<FailOn, readonly Outcome[]> = {
  must: ['fail'],
  should: ['fail', 'warning'],
  inconclusive: ['fail', 'warning', 'inconclusive'],
};

/** How bad an outcome is that says something of the target; the others say nothing of it. */
const badness: Partial<Record<Outcome, number>> = { pass: 0, ambiguous: 0, warning: 2, fail: 3 };

const badnessOf = (entry: KnownFailure): number => badness[entry.outcome] ?? 1;

const list = (ids: readonly string[]): string => ids.join(', ');

/** The results that fail a run. */
export const failuresOf = (results: readonly RequirementResult[], failOn: FailOn = 'must'): RequirementResult[] =>
  results.filter(({ outcome }) => failing[failOn].includes(outcome));

const knownAs = ({ id, outcome }: RequirementResult, { baseline }: GateOptions): KnownFailure | undefined =>
  baseline?.entries.find((entry) => entry.id === id && entry.outcome === outcome);

/** What the gate says of one result, before anything is known of the others; undefined where there is no gate. */
export const wordOf = (result: RequirementResult, options: GateOptions): GateWord | undefined => {
  if (options.failOn === undefined && options.baseline === undefined) return undefined;
  if (failuresOf([result], options.failOn).length === 0) return { known: [], fresh: [] };
  const { id } = result;
  const entry = knownAs(result, options);
  return entry === undefined ? { known: [], fresh: [id] } : { known: [id], fresh: [], reasons: { [id]: entry.reason } };
};

export interface Gated {
  readonly gate: Gate;
  readonly exitCode: Report['exitCode'];
}

/**
 * What the gate makes of a verdict; undefined where there is no gate. Where the run itself failed (unreachable, error,
 * interrupted) or nothing asynchronous could be judged, known failures do not make it succeed.
 */
export const passGate = (verdict: Verdict, options: GateOptions, state: RunState | undefined): Gated | undefined => {
  const { failOn, baseline } = options;
  if (failOn === undefined && baseline === undefined) return undefined;
  const results = state?.results ?? [];
  const words = results.flatMap((result) => wordOf(result, options) ?? []);
  const entries = baseline?.entries ?? [];
  const seen = (id: string): number | undefined =>
    badness[results.find((result) => result.id === id)?.outcome ?? 'skip'];
  const known = words.flatMap((word) => word.known);
  const fresh = words.flatMap((word) => word.fresh);
  const reasons = Object.fromEntries(words.flatMap((word) => Object.entries(word.reasons ?? {})));
  const others = entries.filter(({ id }) => !known.includes(id));
  const stale = others.filter((entry) => (seen(entry.id) ?? Infinity) < badnessOf(entry)).map(({ id }) => id);
  const unchecked = others.filter(({ id }) => seen(id) === undefined).map(({ id }) => id);
  const gate = {
    failOn: failOn ?? 'must',
    ...(baseline === undefined ? {} : { baseline: baseline.file }),
    known,
    ...(known.length === 0 ? {} : { reasons }),
    fresh,
    stale,
    unchecked,
  };
  const tolerated =
    state === undefined
      ? verdict
      : judgeRun({
          ...state,
          results: results.map((result) => (known.includes(result.id) ? { ...result, outcome: 'warning' } : result)),
        });
  const because = [
    ...(fresh.length === 0 ? [] : [`not in the baseline: ${list(fresh)}`]),
    ...(stale.length === 0
      ? []
      : [`in the baseline, and failing no more: ${list(stale)} (take ${stale.length === 1 ? 'it' : 'them'} out)`]),
  ];
  const isBroken = tolerated.exitCode !== 0 && tolerated.exitCode !== 1;
  if (isBroken) {
    return { gate: { ...gate, passed: false, reason: tolerated.reason }, exitCode: tolerated.exitCode };
  }
  if (because.length > 0) {
    const what = baseline === undefined ? `--fail-on ${gate.failOn}: ${list(fresh)}` : because.join('; ');
    return { gate: { ...gate, passed: false, reason: `The gate is shut: ${what}.` }, exitCode: 1 };
  }
  const reason =
    known.length === 0
      ? 'The gate is open: nothing fails that is not allowed to.'
      : `The gate is open: what fails is known (${list(known)}).`;
  return { gate: { ...gate, passed: true, reason }, exitCode: 0 };
};

/** What a requirement is known to fail with, until somebody says why it is tolerated. */
const seenReason = ({ evidence, reason }: RequirementResult, { startedAt }: Report): string =>
  `found on ${startedAt.slice(0, 10)}: ${evidence === undefined ? (reason ?? 'no more is known') : `expected ${evidence.expected}, but ${evidence.actual}`}`;

/**
 * The known failures of a report, as `--write-baseline` writes them. Reasons that were given before are kept, and so is
 * every entry that this run says nothing of: only what was seen to be better leaves.
 */
export const baselineOf = (report: Report, failOn: FailOn | undefined, before?: Baseline): Baseline => {
  const failures = failuresOf(report.requirements, failOn);
  const found = failures.map((result) => ({
    id: result.id,
    outcome: result.outcome as KnownFailure['outcome'],
    reason: before?.known.find(({ id }) => id === result.id)?.reason ?? seenReason(result, report),
  }));
  const kept = (before?.known ?? []).filter((entry) => {
    const seen = badness[report.requirements.find(({ id }) => id === entry.id)?.outcome ?? 'skip'];
    return !found.some(({ id }) => id === entry.id) && (seen === undefined || seen >= badnessOf(entry));
  });
  return { format: 1, known: [...found, ...kept].sort((one, other) => one.id.localeCompare(other.id, 'en')) };
};
