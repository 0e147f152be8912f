/** The reference provider as a library: `startMock()` in a test, `scim-conformance mock` on the command line. */
export { startMock, type Mock, type StartOptions } from './start-mock.js';
export { faults, UnknownFault } from './faults/index.js';
export type { Fault } from './faults/fault.js';
export type { MockClient, MockOptions, RateLimit } from './options.js';
