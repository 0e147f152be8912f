/** What is different between two reports of one target, requirement by requirement. */
import type { Report, RequirementResult } from '../../schemas/types.js';

type Outcome = RequirementResult['outcome'];

export interface Difference {
  readonly id: string;
  readonly title: string;
  /** Undefined where the report does not name the requirement. */
  readonly before: Outcome | undefined;
  readonly after: Outcome | undefined;
  /**
   * `new`: fails now, and did not. `warned`: a SHOULD that was met is not met now. `fixed`: failed, and passes now.
   * `unexercised`: was judged, and nothing is learnt of it now. `changed`: anything else.
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

/** In the order of the catalogue; empty where nothing is different. */
export const compareReports = (before: Report, after: Report): Difference[] => {
  const first = new Map(before.requirements.map((result) => [result.id, result]));
  const second = new Map(after.requirements.map((result) => [result.id, result]));
  const all = new Map([...first, ...second]);
  return [...all.values()]
    .sort((a, b) => orderOf(a.id, before, after) - orderOf(b.id, before, after))
    .flatMap(({ id, title }): Difference[] => {
      const was = first.get(id)?.outcome;
      const is = second.get(id)?.outcome;
      return was === is ? [] : [{ id, title, before: was, after: is, kind: kindOf(was, is) }];
    });
};

const orderOf = (id: string, ...reports: readonly Report[]): number =>
  Math.max(...reports.map(({ requirements }) => requirements.findIndex((result) => result.id === id)));
