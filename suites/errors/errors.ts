/** The errors of this tool: code that catches one decides by its code, and never by its message. */
import type { CodeOf, ErrorName } from './codes.js';

export abstract class ScimConformanceError<Name extends ErrorName = ErrorName> extends Error {
  abstract override readonly name: Name;

  /** `code` stays the same when the message changes; docs/errors.md explains it. */
  constructor(
    readonly code: CodeOf<Name>,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The scenario cannot continue, and neither this tool nor the target is at fault. The message gives the reason as a sentence. */
export class Blocked extends ScimConformanceError<'Blocked'> {
  override readonly name = 'Blocked';
}

/** A run cannot begin. The message says what happened, what was expected and what to do next. */
export class Unreachable extends ScimConformanceError<'Unreachable'> {
  override readonly name = 'Unreachable';
}

/** The user asked for something that does not exist or cannot be done. The message says what, and what there is. */
export class SelectionError extends ScimConformanceError<'SelectionError'> {
  override readonly name = 'SelectionError';
}

/** There is no access token. The message gives the reason in sentences; it may repeat a secret that the endpoint returned. */
export class NoAccessToken extends ScimConformanceError<'NoAccessToken'> {
  override readonly name = 'NoAccessToken';
}

/** The reports are not the parts of one run. The message says why, as a clause. */
export class MergeError extends ScimConformanceError<'MergeError'> {
  override readonly name = 'MergeError';
}

/** The text is not a recorded run. The message says in which line, and what was expected. */
export class RecordingError extends ScimConformanceError<'RecordingError'> {
  override readonly name = 'RecordingError';
}

/** A profile file is wrong. The message has a line for each mistake, with its place in the file. */
export class ProfileError extends ScimConformanceError<'ProfileError'> {
  override readonly name = 'ProfileError';
}

/** A rule of a profile file decides nothing: its author has to look at it. The message gives the reason as a clause. */
export class RuleError extends ScimConformanceError<'RuleError'> {
  override readonly name = 'RuleError';
}

/** This tool itself failed, and not the target. */
export class HarnessError extends ScimConformanceError<'HarnessError'> {
  override readonly name = 'HarnessError';

  /** For an error of the part of this tool that `where` names. */
  static in(code: CodeOf<'HarnessError'>, where: string, cause: unknown): HarnessError {
    const details = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    return new HarnessError(code, `${where}: ${details}`, { cause });
  }
}
