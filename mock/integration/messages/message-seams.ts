/** The point at which faults change how messages are read. */

export interface MessageSeams {
  /** Returns the message that is validated. */
  readonly readMessage: (body: unknown) => unknown;
}

export const honestMessageSeams: MessageSeams = { readMessage: (body) => body };
