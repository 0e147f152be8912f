/** Loads the commands that a command line may mean. Loading all of them takes longer than many of them take to work. */
import type { Argv } from 'yargs';

type Load = (parser: Argv) => Promise<Argv>;

/** All commands but the run, which has no name, in the order in which --help lists them. */
const named: Readonly<Record<string, Load>> = {
  init: async (parser) => parser.command((await import('./commands/init.js')).initCommand),
  demo: async (parser) => parser.command((await import('./commands/demo.js')).demoCommand),
  judge: async (parser) => parser.command((await import('./commands/judge.js')).judgeCommand),
  report: async (parser) => parser.command((await import('./commands/report.js')).reportCommand),
  diff: async (parser) => parser.command((await import('./commands/diff.js')).diffCommand),
  interop: async (parser) => parser.command((await import('./commands/interop.js')).interopCommand),
  verify: async (parser) => parser.command((await import('./commands/verify.js')).verifyCommand),
  merge: async (parser) => parser.command((await import('./commands/merge.js')).mergeCommand),
  clean: async (parser) => parser.command((await import('./commands/clean.js')).cleanCommand),
  mock: async (parser) => parser.command((await import('./commands/mock.js')).mockCommand),
  list: async (parser) => parser.command((await import('./commands/list.js')).listCommand),
  explain: async (parser) => parser.command((await import('./commands/explain.js')).explainCommand),
  draft: async (parser) => parser.command((await import('./commands/draft/draft.js')).draftCommand),
  'self-test': async (parser) => parser.command((await import('./commands/self-test.js')).selfTestCommand),
};

const run: Load = async (parser) => parser.command((await import('./commands/run.js')).runCommand);

const all: readonly Load[] = [run, ...Object.values(named)];

/**
 * The loaders of the commands that these arguments may mean: the named one, or the run. All of them if that is not certain,
 * or if the help or the suggestions have to name them.
 */
const loadersFor = (args: readonly string[]): readonly Load[] => {
  const [first = ''] = args;
  const one = Object.hasOwn(named, first) ? named[first] : undefined;
  if (one !== undefined) return [one];
  const isRun = first.startsWith('--') && !args.some((arg) => arg.startsWith('--help') || Object.hasOwn(named, arg));
  return isRun ? [run] : all;
};

/** `isTyped`: the words are completed by a shell while somebody types them, so that they may become any command. */
export const withCommands = async (parser: Argv, args: readonly string[], isTyped: boolean): Promise<Argv> => {
  let known = parser;
  for (const load of isTyped ? all : loadersFor(args)) known = await load(known);
  return known;
};
