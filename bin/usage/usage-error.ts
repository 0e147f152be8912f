/** A mistake of the user. The command line shows the message without a stack trace, and exits with code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
