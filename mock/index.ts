/**
 * The reference provider as a library. `startMock()` listens on a port; `createMock()` answers requests inside this
 * process. On the command line it is `scim-conformance mock`.
 */
export { createMock, type CreateOptions, type MemoryMock } from './assembly/create-mock.js';
export {
  MemoryTransport,
  type MemoryAnswer,
  type MemoryFailure,
  type MemoryReply,
  type MemoryRequest,
} from './http/server/memory-transport.js';
export { startMock, type Mock, type StartOptions } from './assembly/start-mock.js';
export type { PushOrder, Snapshot } from './assembly/assemble.js';
export type { Clock } from './clock.js';
export type {
  Environment,
  Evaluated,
  Evaluator,
  PostAnswer,
  Poster,
  PostRequest,
  SigningAlgorithm,
  SigningKey,
} from './environment.js';
export { systemEnvironment } from './system-environment.js';
export { faults } from './faults/index.js';
export { UnknownFault } from './faults/unknown-fault.js';
export type { Fault } from './faults/fault.js';
export { AmqpError, type AmqpErrorCode } from './integration/amqp/amqp-error.js';
export type { MessageHandler, MessageHandlers } from './message-handler.js';
export { usualFeatures } from './options.js';
export { Problem } from './problem.js';
export type { AdaptiveLimit, MockClient, MockOptions, PushTarget, RateLimit } from './options.js';
export { OptionError, type AttributeRule, type OAuth, type Policy, type PolicyRule } from './security-options.js';
export { StoreError, type StoreErrorCode } from './store/store-error.js';
