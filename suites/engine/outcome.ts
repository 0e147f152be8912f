/** Decides the outcome of a requirement from its case (profile §5). */
import type { Evidence, RequirementResult } from '../../schemas/types.js';
import { countExercises, type Confirmation } from './confirm.js';
import type { Ambiguity } from '../judging/judge.js';
import type { Requirement } from '../definitions/requirement.js';
import type { Case } from './case.js';
import { defectOf, defectsOf, isOfDefect, type Suspicion } from './suspicion.js';
import { adviceOnIntermediary } from '../trace/intermediary.js';
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

/** The reason of a requirement for which no exercise showed anything to judge. */
const nothingExercised = ({ requirement: { judging } }: Case, cut: 'read-only' | undefined): string => {
  if (cut === 'read-only') return 'Exercises that only read (--read-only) showed nothing that it judges.';
  const from = judging?.from;
  const tried = from === undefined || from === 'every' ? 'all exercises' : from.map(({ name }) => name).join(', ');
  return `These exercises showed nothing that it judges: ${tried}.`;
};

/** What a reader of a failure needs next: parts of the guide, and whose answer it may be. */
export const guideTo = ({ guide }: Requirement, { exchanges }: Evidence): Pick<RequirementResult, 'guide'> => {
  const last = exchanges.at(-1);
  const advice = last === undefined ? undefined : adviceOnIntermediary(last);
  return { guide: { why: guide.why, fix: advice === undefined ? guide.fix : `${advice} ${guide.fix}` } };
};

/** Facts of the run that decide together with the case. */
interface Circumstances {
  readonly seed: number;
  /** What kept the run from exercising everything. */
  readonly cut?: 'interrupted' | 'read-only' | undefined;
}

type Outcome = Omit<RequirementResult, keyof ReturnType<typeof head> | 'exercised' | 'unconfirmed'>;

/** The outcome of a case whose findings did not come again, or could not be repeated. */
const unconfirmedOutcome = (open: Case, { flaky }: Confirmation, seed: number): Outcome | undefined => {
  const [first] = flaky;
  const [suspicion] = open.suspicions;
  if (first !== undefined) {
    const evidence = evidenceOf(open, { suspicion: first.suspicion, shrinks: 0 }, seed);
    return {
      outcome: 'inconclusive',
      reason: 'A defect was found once, but did not come again with the same input: flaky evidence.',
      evidence: { ...evidence, again: tellStory(first.again) },
    };
  }
  if (suspicion === undefined) return undefined;
  return {
    outcome: 'inconclusive',
    reason: 'A defect was found, but the run ended before it could be confirmed.',
    evidence: evidenceOf(open, { suspicion, shrinks: 0 }, seed),
  };
};

/** The outcome of a case without findings. */
const outcomeWithoutFindings = (open: Case, cut: Circumstances['cut']): Outcome => {
  if (open.ambiguities.size > 0)
    return { outcome: 'ambiguous', reason: [...open.ambiguities.values()].map(describeAmbiguity).join(' ') };
  if (open.exercised > 0) return { outcome: 'pass' };
  const [inapplicable] = open.notApplicable;
  if (inapplicable !== undefined) return { outcome: 'skip', reason: inapplicable };
  if (cut === 'interrupted')
    return { outcome: 'inconclusive', reason: 'The run was interrupted before it could be judged.' };
  const blocked = [...open.blocked].slice(0, 2).join(' ');
  return { outcome: 'inconclusive', reason: blocked === '' ? nothingExercised(open, cut) : blocked };
};

/** The outcome of a case after the attempt to confirm its suspicions. */
export const conclude = (open: Case, confirmation: Confirmation, { seed, cut }: Circumstances): RequirementResult => {
  const { confirmed } = confirmation;
  const shown = new Set(confirmed.map(({ suspicion }) => suspicion.finding.code));
  const unconfirmed = defectsOf(open.suspicions).flatMap(({ code }) => (shown.has(code) ? [] : [code]));
  const result = {
    ...head(open),
    exercised: open.exercised,
    ...(unconfirmed.length === 0 ? {} : { unconfirmed }),
  };
  if (open.harnessError !== undefined)
    return { ...result, outcome: 'harness-error', reason: open.harnessError.message };
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
  return { ...result, ...(unconfirmedOutcome(open, confirmation, seed) ?? outcomeWithoutFindings(open, cut)) };
};
