/** A requirement has a row, a guide and a judge, which are written together in one file. */
import type { RequirementRow } from '../contract/requirement-row.js';
import type { Judge } from '../judging/judge.js';
import type { Kept } from '../judging/trace-view.js';
import { guideOf, type Guide, type GuideDraft } from './guide.js';
import type { Scenario } from './scenario.js';

/** How a requirement is judged, and on which traffic. */
export interface Judging {
  readonly judge: Judge;
  /** The scenarios whose traces the judge reads; `every`: all scenarios of the profile. */
  readonly from: readonly Scenario[] | 'every';
  /** The scenario that shows a violation most reliably: its findings are confirmed first. */
  readonly first?: Scenario;
  /** Which answers the judge may read: only whole ones, or also those of which only the beginning was kept. */
  readonly looksAt: Kept;
  /** Why there may be nothing to judge, as a sentence; absent: the exercises say why. */
  readonly nothing?: string;
}

export interface Requirement<Code extends string = string> extends RequirementRow {
  readonly guide: Guide;
  /** Every code that a finding of this requirement may have, with its meaning. */
  readonly codes: Readonly<Record<Code, string>>;
  /** Undefined: this version has no judge for it. */
  readonly judging: Judging | undefined;
}

interface Written<Code extends string> extends RequirementRow {
  readonly guide: GuideDraft;
  /** Each code with a sentence that says what the provider does wrong. */
  readonly codes?: Readonly<Record<Code, string>>;
  readonly from?: Judging['from'];
  readonly first?: Scenario;
  /** `whole` if absent. */
  readonly looksAt?: Kept;
  readonly nothing?: string;
  readonly judge?: Judge<NoInfer<Code>>;
}

/** A requirement without `judge` and `from` is not judged yet. */
export const defineRequirement = <Code extends string = never>(written: Written<Code>): Requirement<Code> => {
  const { id, since, level, title, source, needs, alsoSynchronous, guide, codes, from, first } = written;
  const { looksAt = 'whole', judge, nothing } = written;
  return {
    id,
    since,
    level,
    title,
    source,
    needs,
    ...(alsoSynchronous === undefined ? {} : { alsoSynchronous }),
    guide: guideOf(guide),
    // Without codes there is no judge that could find one.
    codes: codes ?? ({} as Readonly<Record<Code, string>>),
    judging:
      judge === undefined || from === undefined
        ? undefined
        : {
            judge,
            from,
            looksAt,
            ...(first === undefined ? {} : { first }),
            ...(nothing === undefined ? {} : { nothing }),
          },
  };
};

/** Whether a judged requirement reads the traces of the scenario of this name. */
export const readsTraceOf = ({ judging }: Requirement, scenario: string): boolean =>
  judging !== undefined && (judging.from === 'every' || judging.from.some(({ name }) => name === scenario));
