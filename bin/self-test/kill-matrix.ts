/** Summarises trials: which faults the suite finds, which faults it misses, and what it reports without a reason. */
import type { Fault } from '../../mock/index.js';
import type { Trial } from './trial.js';

export interface KillRow {
  readonly name: string;
  readonly title: string;
  /** The requirements that the fault breaks. */
  readonly breaks: readonly string[];
  /** Those of `breaks` that were not reported in some seed. */
  readonly missed: readonly string[];
  /** Requirements that were reported in some seed, although the fault neither breaks nor entails them. */
  readonly collateral: readonly string[];
  readonly seeds: readonly number[];
}

export interface KillMatrix {
  readonly format: 1;
  readonly tool: string;
  readonly seeds: readonly number[];
  readonly faults: readonly KillRow[];
  /** Requirements that were reported although the mock had no fault. */
  readonly falseAlarms: readonly { readonly seed: number; readonly ids: readonly string[] }[];
  /** Requirements with a judge for which there is no fault. */
  readonly withoutFault: readonly string[];
}

const idsIn = (trials: readonly Trial[], wanted: (id: string, trial: Trial) => boolean): string[] =>
  [...new Set(trials.flatMap((trial) => trial.red.filter((id) => wanted(id, trial))))].sort();

export const killMatrix = (
  faults: readonly Fault[],
  trials: readonly Trial[],
  judged: readonly string[],
  tool: string,
): KillMatrix => ({
  format: 1,
  tool,
  seeds: [...new Set(trials.filter(({ fault }) => fault !== undefined).map(({ seed }) => seed))],
  faults: faults.map(({ name, title, breaks, entails = [] }) => {
    const own = trials.filter(({ fault }) => fault === name);
    return {
      name,
      title,
      breaks,
      missed: breaks.filter((id) => own.some(({ red }) => !red.includes(id))),
      collateral: idsIn(own, (id) => !breaks.includes(id) && !entails.includes(id)),
      seeds: own.map(({ seed }) => seed),
    };
  }),
  falseAlarms: trials
    .filter(({ fault, red }) => fault === undefined && red.length > 0)
    .map(({ seed, red }) => ({ seed, ids: red })),
  withoutFault: judged.filter((id) => !faults.some(({ breaks }) => breaks.includes(id))),
});

/** The number of faults that turned red exactly what they break. */
export const killedIn = ({ faults }: Pick<KillMatrix, 'faults'>): number =>
  faults.filter(({ missed, collateral }) => missed.length + collateral.length === 0).length;

export const isClean = (matrix: KillMatrix): boolean =>
  matrix.falseAlarms.length === 0 && killedIn(matrix) === matrix.faults.length;

const listed = (ids: readonly string[]): string => (ids.length === 0 ? '–' : ids.join(', '));

/** The matrix as a page of the documentation. `quick`: only what each fault breaks was tested. */
export const killTable = (matrix: KillMatrix, quick: boolean): string => {
  const killed = killedIn(matrix);
  const ids = new Set(matrix.faults.flatMap(({ breaks }) => breaks));
  return `# Kill matrix

Every fault of the mock (\`scim-conformance mock --list-faults\`) and the result of the suite against it. *Killed*: the
requirements that the fault breaks, and that turned red; *missed*: those that stayed green${
    quick ? '. What else a fault turns red was not tested this time' : '; *collateral*: others that turned red'
  }. Written by \`npm run self-test${quick ? ' -- --quick' : ''}\`;
${killed} of ${matrix.faults.length} faults killed${quick ? '' : ' without collateral'}, in ${matrix.seeds.length === 1 ? 'seed' : 'each of the seeds'} ${matrix.seeds.join(', ')}; ${ids.size} requirements have a fault.

| fault | a provider with | killed | missed |${quick ? '' : ' collateral |'}
| --- | --- | --- | --- |${quick ? '' : ' --- |'}
${matrix.faults
  .map(
    ({ name, title, breaks, missed, collateral }) =>
      `| \`${name}\` | ${title} | ${listed(breaks.filter((id) => !missed.includes(id)))} | ${listed(missed)} |${quick ? '' : ` ${listed(collateral)} |`}`,
  )
  .join('\n')}

Without a fault: ${matrix.falseAlarms.length === 0 ? 'nothing turned red.' : matrix.falseAlarms.map(({ seed, ids: red }) => `seed ${seed}: ${red.join(', ')}`).join('; ')}
${matrix.withoutFault.length === 0 ? '' : `\nJudged requirements without a fault: ${matrix.withoutFault.join(', ')}.\n`}`;
};
