/** An error of the message broker that the user can do something about, with a stable code (docs/errors.md). */

/**
 * `amqp-queue`: the queue cannot be used. `amqp-unreachable`: there is no connection, or the broker refuses it. `amqp-url`:
 * the URL is none of a broker.
 */
export const amqpErrorCodes = ['amqp-queue', 'amqp-unreachable', 'amqp-url'] as const;

export type AmqpErrorCode = (typeof amqpErrorCodes)[number];

/** It has no `cause`: what the client library throws may hold the URL with its password. */
export class AmqpError extends Error {
  override readonly name = 'AmqpError';

  constructor(
    readonly code: AmqpErrorCode,
    message: string,
  ) {
    super(message);
  }
}
