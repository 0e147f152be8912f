/**
 * Decides the exit code of a run independently of its verdict: which outcomes fail it (`--fail-on`), and which failures
 * are known (the baseline). A known failure is still judged and must still fail: an entry that no longer fails has to be
 * removed from the baseline, so that the failure cannot come back unnoticed.
 */
import type { GateWord } from '../events.js';
import type { Baseline, ClientShape, Gate, KnownFailure, Report, RequirementResult } from '../../schemas/types.js';
import { clientsInWords, unworkable } from './client-gate.js';
import type { RunState, Verdict } from './verdict/run-state.js';
import { judgeRun } from './verdict/verdict.js';

export type FailOn = Gate['failOn'];

export interface GateOptions {
  /** The mildest outcome that fails a run; `must` if absent. */
  readonly failOn?: FailOn;
  /** Known failures, and the name of the file that holds them. */
  readonly baseline?: { readonly file: string; readonly entries: readonly KnownFailure[] };
  /** Whether a request shape of a client that does not work fails the run. */
  readonly requireClients?: boolean;
}

type Outcome = RequirementResult['outcome'];

const failing: Record<FailOn, readonly Outcome[]> = {
  must: ['fail'],
  should: ['fail', 'warning'],
  inconclusive: ['fail', 'warning', 'inconclusive'],
};

const list = (names: readonly string[]): string => names.join(', ');

/** How bad an outcome is. Outcomes that are not listed contain no information about the target. */
const badness: Partial<Record<Outcome, number>> = { pass: 0, ambiguous: 0, warning: 2, fail: 3 };

const badnessOf = (outcome: KnownFailure['outcome']): number => badness[outcome] ?? 1;

/** One defect of a requirement, and the outcome for which it counts. */
interface Flaw {
  /** Undefined if nothing was found, and the requirement is inconclusive for another reason. */
  readonly code: string | undefined;
  readonly outcome: KnownFailure['outcome'];
}

/** The defects of a requirement, each code once. */
const flawsOf = ({ outcome, evidence, alsoFound = [] }: RequirementResult): Flaw[] => {
  if (outcome === 'inconclusive') return [{ code: evidence?.code, outcome }];
  if (outcome !== 'fail' && outcome !== 'warning') return [];
  return [evidence, ...alsoFound].map((each) => ({
    code: each?.code,
    outcome: each === undefined ? outcome : each.level === 'MUST' ? 'fail' : 'warning',
  }));
};

/** The name of a failure in a gate: the id of the requirement and, if there is one, the code. */
const nameOf = (id: string, code: string | undefined): string => (code === undefined ? id : `${id} ${code}`);

/** An entry without a code (format 1) excuses all defects of a requirement with this outcome. */
const excuses = (entry: KnownFailure, result: RequirementResult, flaw: Flaw): boolean =>
  entry.id === result.id &&
  (entry.code === undefined
    ? entry.outcome === result.outcome
    : entry.code === flaw.code && entry.outcome === flaw.outcome);

const isFailing = (flaw: Flaw, failOn: FailOn = 'must'): boolean => failing[failOn].includes(flaw.outcome);

/** The results that fail a run. */
export const failuresOf = (results: readonly RequirementResult[], failOn?: FailOn): RequirementResult[] =>
  results.filter((result) => flawsOf(result).some((flaw) => isFailing(flaw, failOn)));

const hasGate = ({ failOn, baseline, requireClients = false }: GateOptions): boolean =>
  failOn !== undefined || baseline !== undefined || requireClients;

/** The decision of the gate on one result, without the others; undefined if there is no gate. */
export const wordOf = (result: RequirementResult, options: GateOptions): GateWord | undefined => {
  const { failOn, baseline } = options;
  if (!hasGate(options)) return undefined;
  const known: string[] = [];
  const fresh: string[] = [];
  const reasons: Record<string, string> = {};
  for (const flaw of flawsOf(result).filter((each) => isFailing(each, failOn))) {
    const name = nameOf(result.id, flaw.code);
    const entry = baseline?.entries.find((each) => excuses(each, result, flaw));
    (entry === undefined ? fresh : known).push(name);
    if (entry !== undefined) reasons[name] = entry.reason;
  }
  return { known, fresh, ...(known.length === 0 ? {} : { reasons }) };
};

/** Whether an entry of the baseline still fails, fails no longer (`stale`), or was not judged in this run. */
const standingOf = (entry: KnownFailure, result: RequirementResult | undefined): 'fails' | 'stale' | 'unchecked' => {
  if (result === undefined) return 'unchecked';
  const flaws = flawsOf(result);
  if (flaws.some((flaw) => excuses(entry, result, flaw))) return 'fails';
  const seen = badness[result.outcome];
  if (seen === undefined) return 'unchecked';
  if (entry.code === undefined) return seen < badnessOf(entry.outcome) ? 'stale' : 'fails';
  if (result.unconfirmed?.includes(entry.code) === true) return 'unchecked';
  const now = flaws.find(({ code }) => code === entry.code);
  // A known warning that has become a failure is not stale.
  return now !== undefined && badnessOf(now.outcome) > badnessOf(entry.outcome) ? 'fails' : 'stale';
};

const resultOf = (results: readonly RequirementResult[], id: string): RequirementResult | undefined =>
  results.find((result) => result.id === id);

/** Whether all defects of a result that fail the run are known. */
const isExcused = (result: RequirementResult, options: GateOptions): boolean => {
  const word = wordOf(result, options);
  return word !== undefined && word.known.length > 0 && word.fresh.length === 0;
};

export interface Gated {
  readonly gate: Gate;
  readonly exitCode: Report['exitCode'];
}

/** Why the gate is closed, as clauses. */
const becauseOf = (
  { failOn, baseline, fresh, stale }: Omit<Gate, 'passed' | 'reason'>,
  failing: readonly ClientShape[],
): string[] => [
  ...(fresh.length === 0
    ? []
    : [baseline === undefined ? `--fail-on ${failOn}: ${list(fresh)}` : `not in the baseline: ${list(fresh)}`]),
  ...(stale.length === 0
    ? []
    : [`in the baseline, but no longer failing: ${list(stale)} (remove ${stale.length === 1 ? 'it' : 'them'})`]),
  ...(failing.length === 0 ? [] : [clientsInWords(failing)]),
];

/**
 * The decision of the gate on a whole run; undefined if there is no gate. If the run itself failed (unreachable, error,
 * interrupted), or nothing asynchronous could be judged, the gate is closed even if all failures are known.
 */
export const passGate = (
  verdict: Verdict,
  options: GateOptions,
  state: RunState | undefined,
  clients: readonly ClientShape[] = [],
): Gated | undefined => {
  const { failOn, baseline, requireClients = false } = options;
  if (!hasGate(options)) return undefined;
  const failing = requireClients ? unworkable(clients) : [];
  const results = state?.results ?? [];
  const words = results.flatMap((result) => wordOf(result, options) ?? []);
  const known = words.flatMap((word) => word.known);
  const fresh = words.flatMap((word) => word.fresh);
  const reasons = Object.fromEntries(words.flatMap((word) => Object.entries(word.reasons ?? {})));
  const having = (standing: ReturnType<typeof standingOf>): string[] =>
    (baseline?.entries ?? [])
      .filter((entry) => standingOf(entry, resultOf(results, entry.id)) === standing)
      .map(({ id, code }) => nameOf(id, code));
  const stale = having('stale');
  const unchecked = having('unchecked');
  const gate = {
    failOn: failOn ?? 'must',
    ...(baseline === undefined ? {} : { baseline: baseline.file }),
    known,
    ...(known.length === 0 ? {} : { reasons }),
    fresh,
    stale,
    unchecked,
    ...(requireClients ? { clients: failing.map(({ client, shape }) => `${client} ${shape}`) } : {}),
  };
  const tolerated =
    state === undefined
      ? verdict
      : judgeRun({
          ...state,
          results: results.map((result) => (isExcused(result, options) ? { ...result, outcome: 'warning' } : result)),
        });
  const because = becauseOf(gate, failing);
  const isBroken = tolerated.exitCode !== 0 && tolerated.exitCode !== 1;
  // What was seen not to work is known, also where too little of the rest could be tested (exit code 3).
  const isSeen = failing.some(({ outcome }) => outcome !== 'not-tried');
  if (isBroken && tolerated.exitCode === 3 && isSeen) {
    const reason = `The gate is closed: ${clientsInWords(failing)}. ${tolerated.reason}`;
    return { gate: { ...gate, passed: false, reason }, exitCode: 1 };
  }
  if (isBroken) {
    return { gate: { ...gate, passed: false, reason: tolerated.reason }, exitCode: tolerated.exitCode };
  }
  if (because.length > 0) {
    return { gate: { ...gate, passed: false, reason: `The gate is closed: ${because.join('; ')}.` }, exitCode: 1 };
  }
  const reason =
    known.length === 0
      ? 'The gate is open: there are no failures.'
      : `The gate is open: all failures are known (${list(known)}).`;
  return { gate: { ...gate, passed: true, reason }, exitCode: 0 };
};

/** The first reason of a baseline entry: what was found, until a user writes why it is tolerated. */
const seenReason = (result: RequirementResult, code: string | undefined, { startedAt }: Report): string => {
  const evidence = [result.evidence, ...(result.alsoFound ?? [])].find((each) => each?.code === code);
  const what =
    evidence === undefined
      ? (result.reason ?? 'the report has no details')
      : `expected ${evidence.expected}, but ${evidence.actual}`;
  return `found on ${startedAt.slice(0, 10)}: ${what}`;
};

/**
 * The known failures of a report, as `--write-baseline` writes them (format 2). Reasons in the former baseline are kept,
 * and so are entries that this run did not judge: only stale entries are removed. An entry of format 1 becomes one entry
 * for each code.
 */
export const baselineOf = (report: Report, failOn: FailOn | undefined, before?: Baseline): Baseline => {
  const entries = before?.known ?? [];
  const found = failuresOf(report.requirements, failOn).flatMap((result) =>
    flawsOf(result)
      .filter((flaw) => isFailing(flaw, failOn))
      .map((flaw): KnownFailure => {
        const reason =
          entries.find(({ id, code }) => id === result.id && (code === undefined || code === flaw.code))?.reason ??
          seenReason(result, flaw.code, report);
        const { id } = result;
        return { id, ...(flaw.code === undefined ? {} : { code: flaw.code }), outcome: flaw.outcome, reason };
      }),
  );
  const isFound = ({ id, code }: KnownFailure): boolean =>
    found.some((entry) => entry.id === id && (code === undefined || entry.code === code));
  const kept = entries.filter(
    (entry) => !isFound(entry) && standingOf(entry, resultOf(report.requirements, entry.id)) !== 'stale',
  );
  const byName = (one: KnownFailure, other: KnownFailure): number =>
    nameOf(one.id, one.code).localeCompare(nameOf(other.id, other.code), 'en');
  return { format: 2, known: [...found, ...kept].sort(byName) };
};
