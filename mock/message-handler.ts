/** What messages do (profile MSGQ-01): a handler reads a source and says what has to be written. */
import type { QueueMessage } from '../schemas/types.js';
import type { Operation } from './operation.js';

/**
 * Rejects with a Problem if the message cannot be handled. One of 503 says that it can be later, and a broker then keeps the
 * message until then.
 */
export type MessageHandler = (message: QueueMessage) => Promise<readonly Operation[]>;

/** By the `operation` of the message. */
export type MessageHandlers = Readonly<Record<string, MessageHandler>>;
