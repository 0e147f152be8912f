/**
 * The suggestions of a shell while a command line is typed. yargs completes commands, flags and their choices. This
 * module adds ids, groups, faults and formats, and the flags of the default command.
 */
import yargs from 'yargs';
import { formats } from '../reports/formats.js';
import { defaultProfile, groupsOf } from '../suites/index.js';
import { flagsOfRun } from './commands/run.js';
import type { CompletionAnswer } from './words-to-complete.js';

const groups = groupsOf(defaultProfile);

const ids = (): string[] => defaultProfile.requirements.map(({ id }) => id);

/** The mock is loaded only if its faults are needed. */
const faultNames = async (): Promise<string[]> => (await import('../mock/index.js')).faults.map(({ name }) => name);

const namesOf: Readonly<Record<string, () => string[] | Promise<string[]>>> = {
  '--only': () => [...ids(), ...groups],
  '--suite': () => [...groups],
  '--clients': () => (defaultProfile.clients ?? []).map(({ name }) => name),
  '--fault': faultNames,
  '--report': () => Object.keys(formats).map((name) => `${name}=`),
};

/** The last flag before the current word. A flag may have several values. */
const flagBefore = (words: readonly string[]): string | undefined =>
  words.slice(0, -1).findLast((word) => word.startsWith('-'));

/** The ids, groups, faults or formats that are possible here; undefined if something else is expected. */
const ownNames = async (words: readonly string[]): Promise<string[] | undefined> => {
  const current = words.at(-1) ?? '';
  if (current.startsWith('-')) return undefined;
  const names = words[0] === 'explain' && words.length > 1 ? ids : namesOf[flagBefore(words) ?? ''];
  if (names === undefined) return undefined;
  const typed = current.toUpperCase();
  return (await names()).filter((name) => name.toUpperCase().startsWith(typed));
};

/** The words without --config, because completion must not read a target file. */
const withoutConfig = (words: readonly string[]): string[] =>
  words.filter((word, place) => !/^--config(=|$)/.test(word) && words[place - 1] !== '--config');

/** The completions of yargs; none if it fails, because an error would be printed into the line that the user types. */
const answered = (complete: (answer: CompletionAnswer) => unknown): Promise<readonly string[]> =>
  new Promise((resolve) => {
    const nothing = (): void => resolve([]);
    Promise.resolve()
      .then(() => complete((_error, completions) => resolve(completions ?? [])))
      .catch(nothing);
  });

/** All completions of the last word. `usual` asks yargs, which knows the named commands. */
export const completionsOf = async (
  words: readonly string[],
  usual: (answer: CompletionAnswer) => unknown,
): Promise<string[]> => {
  const own = await ownNames(words);
  if (own !== undefined) return own;
  const current = words.at(-1) ?? '';
  const isOfRun = words[0]?.startsWith('-') === true;
  const known = await answered(
    isOfRun ? (answer) => flagsOfRun(yargs().help().version()).getCompletion(withoutConfig(words), answer) : usual,
  );
  // Flags are offered only after a hyphen. If there are no completions, the shell offers file names.
  return known.filter(
    (word) => word.startsWith(current) && word.startsWith('-') === current.startsWith('-') && !word.startsWith('$0'),
  );
};
