/** Compares two reports of one target, requirement by requirement, for people who want to see what has changed. */
import type { Report, RequirementResult } from '../../schemas/types.js';

type Outcome = RequirementResult['outcome'];

export interface Difference {
  readonly id: string;
  readonly title: string;
  /** Codes that are found only now, and codes that were found only before: a failed requirement may fail for a new reason. */
  readonly codes: { readonly new: readonly string[]; readonly gone: readonly string[] };
  /** Undefined if the report does not name the requirement. */
  readonly before: Outcome | undefined;
  readonly after: Outcome | undefined;
  /**
   * `new`: it fails now and did not fail before, or has a new code. `warned`: the same for a SHOULD. `fixed`: it failed and
   * passes now, or has fewer codes. `unexercised`: it was judged before and is not judged now. `changed`: all other changes.
   */
  readonly kind: 'new' | 'warned' | 'fixed' | 'unexercised' | 'changed';
}

const isWrong = (outcome: Outcome | undefined): boolean =>
  outcome === 'fail' || outcome === 'warning' || outcome === 'harness-error';

const isJudged = (outcome: Outcome | undefined): boolean =>
  isWrong(outcome) || outcome === 'pass' || outcome === 'ambiguous';

const kindOf = (before: Outcome | undefined, after: Outcome | undefined): Difference['kind'] => {
  if (isJudged(before) && !isJudged(after)) return 'unexercised';
  if (after === 'fail' || after === 'harness-error') return 'new';
  if (after === 'warning' && !isWrong(before)) return 'warned';
  if (isWrong(before) && !isWrong(after)) return 'fixed';
  return 'changed';
};

const codesIn = (result: RequirementResult | undefined): readonly string[] =>
  result === undefined || !isWrong(result.outcome)
    ? []
    : [result.evidence, ...(result.alsoFound ?? [])].flatMap((evidence) => evidence?.code ?? []);

/** Whether one of these codes violates a MUST. */
const hasNewFailure = (result: RequirementResult | undefined, codes: readonly string[]): boolean =>
  [result?.evidence, ...(result?.alsoFound ?? [])].some(
    (evidence) => evidence?.level === 'MUST' && codes.includes(evidence.code),
  );

/** In the order of the requirements; empty if nothing has changed. */
export const compareReports = (before: Report, after: Report): Difference[] => {
  const first = new Map(before.requirements.map((result) => [result.id, result]));
  const second = new Map(after.requirements.map((result) => [result.id, result]));
  const all = new Map([...first, ...second]);
  return [...all.values()]
    .sort((a, b) => orderOf(a.id, before, after) - orderOf(b.id, before, after))
    .flatMap(({ id, title }): Difference[] => {
      const [was, is] = [first.get(id), second.get(id)];
      const [old, now] = [codesIn(was), codesIn(is)];
      const codes = {
        new: now.filter((code) => !old.includes(code)),
        gone: old.filter((code) => !now.includes(code)),
      };
      const isSame = was?.outcome === is?.outcome;
      if (isSame && codes.new.length + codes.gone.length === 0) return [];
      const about = { id, title, codes, before: was?.outcome, after: is?.outcome };
      if (!isSame) return [{ ...about, kind: kindOf(was?.outcome, is?.outcome) }];
      if (codes.new.length === 0) return [{ ...about, kind: 'fixed' }];
      return [{ ...about, kind: hasNewFailure(is, codes.new) ? 'new' : 'warned' }];
    });
};

const orderOf = (id: string, ...reports: readonly Report[]): number =>
  Math.max(...reports.map(({ requirements }) => requirements.findIndex((result) => result.id === id)));
