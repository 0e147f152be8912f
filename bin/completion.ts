/**
 * What a shell offers while a command line is typed. yargs knows the commands, the flags and their choices; this adds
 * the names that only this tool knows, and the flags of the command that has no name.
 */
import yargs from 'yargs';
import { formats } from '../reports/formats.js';
import { defaultProfile, groupsOf } from '../suites/index.js';
import { flagsOfRun } from './commands/run.js';

/** Prints the script for a shell. */
export const completionCommand = 'completion';

/** With this before them, the words so far are asked about. It is what the script of yargs asks with. */
const question = '--get-yargs-completions';

/** The words of the line so far, without the name of the tool; the last is the one that is typed, empty before it is begun. */
export const wordsToComplete = (args: readonly string[]): readonly string[] | undefined => {
  const at = args.indexOf(question);
  return at === -1 ? undefined : args.slice(at + 2);
};

const groups = groupsOf(defaultProfile);

const ids = (): string[] => defaultProfile.requirements.map(({ id }) => id);

/** Only who asks for the faults waits for the provider that has them. */
const faultNames = async (): Promise<string[]> => (await import('../mock/index.js')).faults.map(({ name }) => name);

/** Names for the values of these flags. */
const namesOf: Readonly<Record<string, () => string[] | Promise<string[]>>> = {
  '--only': () => [...ids(), ...groups],
  '--suite': () => [...groups],
  '--fault': faultNames,
  '--report': () => Object.keys(formats).map((name) => `${name}=`),
};

/** The flag that the word being typed is a value of, as far as its name tells; several values may follow one. */
const flagBefore = (words: readonly string[]): string | undefined =>
  words.slice(0, -1).findLast((word) => word.startsWith('-'));

/** The names that may stand here; undefined where they are not among those that this tool alone knows. */
const ownNames = async (words: readonly string[]): Promise<string[] | undefined> => {
  const current = words.at(-1) ?? '';
  if (current.startsWith('-')) return undefined;
  const names = words[0] === 'explain' && words.length > 1 ? ids : namesOf[flagBefore(words) ?? ''];
  if (names === undefined) return undefined;
  const typed = current.toUpperCase();
  return (await names()).filter((name) => name.toUpperCase().startsWith(typed));
};

/** A target file is not read for a completion. */
const withoutConfig = (words: readonly string[]): string[] =>
  words.filter((word, place) => !/^--config(=|$)/.test(word) && words[place - 1] !== '--config');

/** What is called with the completions. */
export type CompletionAnswer = (error: Error | null, completions: readonly string[] | undefined) => void;

/** What yargs completes; nothing where it cannot: nobody has to hear of that in the middle of a line. */
const answered = (complete: (answer: CompletionAnswer) => unknown): Promise<readonly string[]> =>
  new Promise((resolve) => {
    const nothing = (): void => resolve([]);
    Promise.resolve()
      .then(() => complete((_error, completions) => resolve(completions ?? [])))
      .catch(nothing);
  });

/** All that may stand at the end of these words. `usual` asks yargs, which knows the commands that have a name. */
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
  // Flags are for who begins one: elsewhere a value stands, and where its choices are not known, the shell offers files.
  return known.filter(
    (word) => word.startsWith(current) && word.startsWith('-') === current.startsWith('-') && !word.startsWith('$0'),
  );
};
