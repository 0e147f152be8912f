/** The reference provider as a library: `startMock()` in a test, `scim-conformance mock` on the command line. */
export { startMock, type Mock, type PushOrder, type StartOptions } from './start-mock.js';
export { faults, UnknownFault } from './faults/index.js';
export type { Fault } from './faults/fault.js';
export type { MockClient, MockOptions, PushTarget, RateLimit } from './options.js';
