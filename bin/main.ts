/** Turns arguments into a call of the library, and the result into an exit code. */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { version } from '../suites/version.js';
import { completionCommand, wordsToComplete, type CompletionAnswer } from './words-to-complete.js';
import { NotWritten } from './files/write-file.js';
import { withCommands } from './load-commands.js';
import { demandOnce } from './options/given-flags.js';
import { exitCodes } from './usage/exit-codes.js';
import { UsageError } from './usage/usage-error.js';

/** Exit code 2: wrong usage, a wrong file, or an error of this tool. */
const failed = (message: string): void => {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
};

type Words = ReturnType<typeof wordsToComplete>;

const parserOf = async (args: readonly string[], words: Words) => {
  const completions = words === undefined ? undefined : await import('./completion.js');
  const parser = yargs([...args])
    .scriptName('scim-conformance')
    .usage('$0 --target URL [options]\n\nTests whether a SCIM provider keeps the asynchronous SCIM profile.');
  return (
    (await withCommands(parser, args, words !== undefined))
      .completion(
        completionCommand,
        'Print a completion script for the shell in $SHELL, bash or zsh: source <(scim-conformance completion)',
        (
          _current: string,
          _argv: unknown,
          usual: (answer: CompletionAnswer) => unknown,
          done: (words: string[]) => unknown,
        ) => void completions?.completionsOf(words ?? [], usual).then(done),
      )
      .version(version)
      .strict()
      .recommendCommands()
      .wrap(Math.min(110, process.stdout.columns || 100))
      .epilogue(exitCodes)
      // After printing the completion script, yargs has to end the process, or it would run the default command.
      .exitProcess(args[0] === completionCommand)
      .fail((message: string | null, error: Error | undefined) => {
        // yargs throws its own errors for some usage mistakes.
        if (error !== undefined && error.name !== 'YError') throw error;
        throw new UsageError(error?.message ?? message ?? 'the command line could not be understood');
      })
  );
};

/** Runs the command that the arguments of this process name, and sets the exit code. */
export const main = async (): Promise<void> => {
  const args = hideBin(process.argv);
  const words = wordsToComplete(args);
  try {
    if (words === undefined) demandOnce(args);
    await (await parserOf(args, words)).parseAsync();
  } catch (error) {
    // A command line that is still being typed may be incomplete.
    if (words !== undefined) process.exitCode = 0;
    else if (error instanceof UsageError)
      failed(`scim-conformance: ${error.message}\n«scim-conformance --help» shows the options.`);
    else if (error instanceof NotWritten) failed(`scim-conformance: ${error.message}`);
    else
      failed(
        `scim-conformance failed because of an internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
  }
};
