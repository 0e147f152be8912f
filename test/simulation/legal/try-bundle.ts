/** Runs the suite against a bundle of variants, and lists what it wrongly complains about. */
import type { BindingName, Report, RequirementResult } from '../../../suites/index.js';
import type { simulate } from '../../harness/simulate.js';
import { compose } from './compose.js';
import type { Delivery, Variant } from './variant.js';

export interface Trial {
  readonly variants: readonly Variant[];
  readonly binding: BindingName;
  readonly seed: number;
}

export interface Verdict {
  /** One line for each complaint: the id, and the finding. */
  readonly complaints: readonly string[];
  /** Ids of the requirements that the complaints are about, without repetitions. */
  readonly ids: readonly string[];
  readonly verdict: Report['verdict'];
  /** Names of the variants that changed something in this run. */
  readonly acted: ReadonlySet<string>;
}

/** The number of random inputs for each scenario. */
const runs = 2;

const red: readonly RequirementResult['outcome'][] = ['fail', 'warning', 'harness-error'];

const sentence = ({ id, outcome, reason, evidence }: RequirementResult): string =>
  evidence === undefined
    ? `${id} ${outcome}: ${reason ?? ''}`
    : `${id} ${outcome}: expected ${evidence.expected}, but ${evidence.actual}`;

const isAnnounced = ({ id, outcome }: RequirementResult, variants: readonly Variant[]): boolean =>
  outcome === 'warning' && variants.some(({ warns = [] }) => warns.includes(id));

const deliveriesOf = (variants: readonly Variant[]): Delivery[] => [
  ...new Set(variants.flatMap(({ deliveries = [] }) => deliveries)),
];

export const tryBundle = async ({ variants, binding, seed }: Trial, run: typeof simulate): Promise<Verdict> => {
  const { provider, acted } = compose(variants);
  const burst = Math.max(0, ...variants.map((variant) => variant.run?.burst ?? 0));
  const { report } = await run({ seed, provider, deliveries: deliveriesOf(variants), run: { burst, binding, runs } });
  const wrong = report.requirements.filter((result) => red.includes(result.outcome) && !isAnnounced(result, variants));
  const isNonConformant = report.verdict === 'non-conformant' && wrong.length === 0;
  return {
    complaints: [...wrong.map(sentence), ...(isNonConformant ? ['the verdict is non-conformant'] : [])],
    ids: wrong.map(({ id }) => id),
    verdict: report.verdict,
    acted,
  };
};
