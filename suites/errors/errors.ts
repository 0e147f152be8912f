/** The errors of this tool: whoever catches one can tell by its code which it is, and need not read its message. */
import type { CodeOf, ErrorName } from './codes.js';

export abstract class ScimConformanceError<Name extends ErrorName = ErrorName> extends Error {
  abstract override readonly name: Name;

  /** `code` stays when the message changes; docs/errors.md says what it means. */
  constructor(
    readonly code: CodeOf<Name>,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The scenario cannot go on, and that is nobody's bug. The message says why, as a sentence. */
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

/** There is no access token. The message says why, as sentences; it may repeat what the token endpoint was sent. */
export class NoAccessToken extends ScimConformanceError<'NoAccessToken'> {
  override readonly name = 'NoAccessToken';
}

/** The reports are not the parts of one run. The message says why, as a clause. */
export class MergeError extends ScimConformanceError<'MergeError'> {
  override readonly name = 'MergeError';
}

/** The text is no recorded run. The message says in which line, and what was expected. */
export class RecordingError extends ScimConformanceError<'RecordingError'> {
  override readonly name = 'RecordingError';
}

/** This tool itself failed, and never the target. */
export class HarnessError extends ScimConformanceError<'HarnessError'> {
  override readonly name = 'HarnessError';

  /** For what was thrown by a part of this tool, which `where` names. */
  static in(code: CodeOf<'HarnessError'>, where: string, cause: unknown): HarnessError {
    const what = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    return new HarnessError(code, `${where}: ${what}`, { cause });
  }
}
