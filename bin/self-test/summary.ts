/** The lines in which `self-test` says what it found. What was not tried is said, and never counts as right. */
import { killedIn, type KillMatrix } from './kill-matrix.js';

export interface Tried {
  readonly matrix: KillMatrix;
  /** Number of seeds of each fault, and of the mock without a fault. */
  readonly seeds: number;
  readonly clean: number;
  readonly quick: boolean;
  /** Lines of the longest counter-example. */
  readonly longest: number;
  /** Requirements that a profile file declares. */
  readonly declared: readonly string[];
  /** Whether all faults were tried, so that a requirement without one is worth a line. */
  readonly isWhole: boolean;
}

const inSeeds = (count: number): string => `in ${count} seed${count === 1 ? '' : 's'}`;

const faultLine = ({ matrix, seeds, quick, longest }: Tried): string => {
  if (seeds === 0) return 'no fault was tried (--seeds 0)';
  return `${killedIn(matrix)} of ${matrix.faults.length} faults killed${quick ? '' : ' without collateral'}, ${inSeeds(seeds)} each; the longest counter-example has ${longest} lines`;
};

const honestLine = ({ matrix: { falseAlarms }, clean }: Tried): string =>
  clean === 0
    ? 'the honest mock was not tried (--clean 0)'
    : `the honest mock: ${falseAlarms.length === 0 ? 'nothing red' : 'RED'} ${inSeeds(clean)}`;

export const summaryOf = (tried: Tried): string[] => {
  const { matrix, declared, isWhole, seeds } = tried;
  return [
    faultLine(tried),
    honestLine(tried),
    ...(isWhole && seeds > 0 && matrix.withoutFault.length > 0
      ? [`judged requirements without a fault: ${matrix.withoutFault.join(', ')}`]
      : []),
    ...(declared.length === 0 ? [] : [`declared by the profile file, without a fault: ${declared.join(', ')}`]),
  ];
};
