/** Decides the outcome of a requirement from its case (profile §5). */
import type { Evidence, RequirementResult } from '../../schemas/types.js';
import { countExercises } from './confirm.js';
import type { EndOfWork } from '../session/end-of-work.js';
import type { Ambiguity } from '../judging/judge.js';
import type { Requirement } from '../definitions/requirement.js';
import type { Case } from './case.js';
import { RuleError } from '../errors/errors.js';
import { adviceOnIntermediary } from '../trace/intermediary.js';
import {
  defectOf,
  defectsOf,
  isOfDefect,
  type Confirmation,
  type Flaky,
  type Suspicion,
  type Unknown,
} from './suspicion.js';
import { pathOf } from '../trace/path.js';
import { tellFinding, tellStory } from './story.js';

const head = ({ requirement: { id, level, title, source } }: Pick<Case, 'requirement'>) => ({
  id,
  level,
  title,
  source: source.map((citation) => ({ ...citation })),
});

const evidenceOf = (
  open: Case,
  { suspicion, shrinks }: { suspicion: Suspicion; shrinks: number },
  seed: number,
): Evidence => ({
  code: suspicion.finding.code,
  level: suspicion.level,
  expected: suspicion.finding.expected,
  actual: suspicion.finding.actual,
  scenario: suspicion.trace.scenario,
  input: suspicion.trace.input,
  seed,
  path: pathOf(suspicion.trace.scenario, suspicion.trace.binding, suspicion.trace.path),
  shrinks,
  occurrences: open.suspicions.filter(isOfDefect(defectOf(suspicion))).length,
  exercises: countExercises(open, defectOf(suspicion)),
  story: tellFinding(suspicion.trace, suspicion.finding),
  exchanges: [...suspicion.finding.exchanges],
});

export const notImplemented = (open: Pick<Case, 'requirement'>): RequirementResult => ({
  ...head(open),
  outcome: 'not-implemented',
  exercised: 0,
  reason: 'This version has no judge for it.',
});

export const skipped = (open: Pick<Case, 'requirement'>, reason: string): RequirementResult => ({
  ...head(open),
  outcome: 'skip',
  exercised: 0,
  reason,
});

const describeAmbiguity = ({ point, readings: [one, other], seen }: Ambiguity): string =>
  `The text does not decide ${point}: ${one}, or ${other}. The target ${seen}.`;

/** Facts of the run that decide together with the case. */
interface Circumstances {
  readonly seed: number;
  readonly readOnly: boolean;
  /** Why the work of the run ended before all of it was done. */
  readonly end: EndOfWork | undefined;
  /** Number of planned exercises that test the requirement, and how many of them were not made. */
  readonly planned: number;
  readonly left: number;
}

/** What a reader of a failure needs next: parts of the guide, and whose answer it may be. */
export const guideTo = ({ guide }: Requirement, { exchanges }: Evidence): Pick<RequirementResult, 'guide'> => {
  const last = exchanges.at(-1);
  const advice = last === undefined ? undefined : adviceOnIntermediary(last);
  return { guide: { why: guide.why, fix: advice === undefined ? guide.fix : `${advice} ${guide.fix}` } };
};

type Outcome = Omit<RequirementResult, keyof ReturnType<typeof head> | 'exercised' | 'unconfirmed'>;

/** The outcome of a case with findings, none of which could be confirmed. */
const unconfirmedOutcome = (open: Case, [doubt]: readonly (Flaky | Unknown)[], seed: number): Outcome | undefined => {
  const suspicion = doubt?.suspicion ?? open.suspicions[0];
  if (suspicion === undefined) return undefined;
  const evidence = evidenceOf(open, { suspicion, shrinks: 0 }, seed);
  if (doubt?.type === 'flaky')
    return {
      outcome: 'inconclusive',
      reason: 'A defect was found once, but did not come again with the same input: flaky evidence.',
      evidence: { ...evidence, again: tellStory(doubt.again) },
    };
  return {
    outcome: 'inconclusive',
    ...(doubt === undefined ? {} : { blockedBy: doubt.why.code }),
    reason: `A defect was found, but it could not be confirmed. ${doubt?.why.reason ?? ''}`.trim(),
    evidence,
  };
};

/** The outcome of a requirement that the run ended before it was tested; undefined if it was tested. */
const unreachedOutcome = ({ exercised }: Case, { end, planned, left }: Circumstances): Outcome | undefined => {
  if (end === undefined || (left === 0 && exercised > 0)) return undefined;
  const made = planned - left;
  const reason = made === 0 ? 'It was not reached.' : `Only ${made} of ${planned} exercises that test it were made.`;
  return { outcome: 'inconclusive', blockedBy: end.code, reason: `${reason} ${end.message}` };
};

/** The outcome of a requirement for which no exercise showed anything to judge. */
const unexercisedOutcome = ({ requirement: { judging }, blocked }: Case, { readOnly }: Circumstances): Outcome => {
  if (judging?.nothing !== undefined) return { outcome: 'inconclusive', reason: judging.nothing };
  const [first, second] = [...blocked];
  if (first !== undefined) {
    const [reason, code] = first;
    const more = second === undefined ? '' : ` ${second[0]}`;
    return { outcome: 'inconclusive', ...(code === '' ? {} : { blockedBy: code }), reason: `${reason}${more}` };
  }
  if (readOnly)
    return { outcome: 'inconclusive', reason: 'Exercises that only read (--read-only) showed nothing that it judges.' };
  const from = judging?.from;
  const tried = from === undefined || from === 'every' ? 'all exercises' : from.map(({ name }) => name).join(', ');
  return { outcome: 'inconclusive', reason: `These exercises showed nothing that it judges: ${tried}.` };
};

/** The outcome of a case without findings. */
const outcomeWithoutFindings = (open: Case, circumstances: Circumstances): Outcome => {
  const unreached = unreachedOutcome(open, circumstances);
  if (unreached !== undefined) return unreached;
  if (open.ambiguities.size > 0)
    return { outcome: 'ambiguous', reason: [...open.ambiguities.values()].map(describeAmbiguity).join(' ') };
  if (open.exercised > 0) return { outcome: 'pass' };
  const [inapplicable] = open.notApplicable;
  return inapplicable === undefined
    ? unexercisedOutcome(open, circumstances)
    : { outcome: 'skip', reason: inapplicable };
};

/** The outcome of a case, with what is known about its defects, MUST before SHOULD. */
export const conclude = (
  open: Case,
  confirmations: readonly Confirmation[],
  circumstances: Circumstances,
): RequirementResult => {
  const { seed } = circumstances;
  const confirmed = confirmations.filter((each) => each.type === 'confirmed');
  const doubts = confirmations.filter((each) => each.type !== 'confirmed');
  const shown = new Set(confirmed.map(({ suspicion }) => suspicion.finding.code));
  const unconfirmed = defectsOf(open.suspicions).flatMap(({ code }) => (shown.has(code) ? [] : [code]));
  const result = {
    ...head(open),
    exercised: open.exercised,
    ...(unconfirmed.length === 0 ? {} : { unconfirmed }),
  };
  const { harnessError } = open;
  if (harnessError !== undefined)
    return {
      ...result,
      outcome: 'harness-error',
      ...(harnessError instanceof RuleError ? { blockedBy: harnessError.code } : {}),
      reason: harnessError.message,
    };
  const [evidence, ...alsoFound] = confirmed.map((each) => evidenceOf(open, each, seed));
  if (evidence !== undefined) {
    return {
      ...result,
      outcome: evidence.level === 'MUST' ? 'fail' : 'warning',
      evidence,
      ...(alsoFound.length === 0 ? {} : { alsoFound }),
      ...guideTo(open.requirement, evidence),
    };
  }
  return { ...result, ...(unconfirmedOutcome(open, doubts, seed) ?? outcomeWithoutFindings(open, circumstances)) };
};
