/**
 * Finds the flags that the user gave on the command line. yargs does not distinguish them from defaults and from values
 * of a target file.
 */
import { hideBin, Parser } from 'yargs/helpers';
import { UsageError } from '../usage/usage-error.js';

/** Flags whose values form a list. Every other flag may be given only once. */
const listFlags: ReadonlySet<string> = new Set([
  'clients',
  'fault',
  'feature',
  'header',
  'only',
  'public-header',
  'report',
  'serves',
  'suite',
]);

/** How often each flag was given, by name: `--no-color` counts as `color`, and `--maxRps` as `max-rps`. */
const countFlags = (args: readonly string[]): ReadonlyMap<string, number> => {
  const parsed = Parser([...args], {
    configuration: { 'camel-case-expansion': false, 'dot-notation': false, 'parse-numbers': false },
  });
  const counts = new Map<string, number>();
  for (const [written, value] of Object.entries<unknown>(parsed)) {
    // The arguments that do not belong to a flag.
    if (written === '_') continue;
    const name = Parser.decamelize(written, '-');
    counts.set(name, (counts.get(name) ?? 0) + (Array.isArray(value) ? value.length : 1));
  }
  return counts;
};

/** The names of the flags, without hyphens. */
export const givenFlags = (args: readonly string[] = hideBin(process.argv)): ReadonlySet<string> =>
  new Set(countFlags(args).keys());

/**
 * Throws UsageError if a flag that is not a list was given twice. yargs would use the last value of some flags, and
 * would unexpectedly make a list from others.
 */
export const demandOnce = (args: readonly string[]): void => {
  for (const [name, count] of countFlags(args)) {
    if (count > 1 && !listFlags.has(name))
      throw new UsageError(`--${name} is given ${count === 2 ? 'twice' : `${count} times`}: give it once`);
  }
};
