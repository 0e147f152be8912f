/** How a shell asks for suggestions. It is apart from the suggestions, because loading these takes time. */

/** The command that prints the completion script for a shell. */
export const completionCommand = 'completion';

/** The completion script calls the tool with this flag, followed by the words that have been typed. */
const completionFlag = '--get-yargs-completions';

/**
 * The words that have been typed, without the name of the tool; undefined if this is not a request for completions. The
 * last word is incomplete, and may be empty.
 */
export const wordsToComplete = (args: readonly string[]): readonly string[] | undefined => {
  const at = args.indexOf(completionFlag);
  return at === -1 ? undefined : args.slice(at + 2);
};

/** The callback that receives the completions. */
export type CompletionAnswer = (error: Error | null, completions: readonly string[] | undefined) => void;
