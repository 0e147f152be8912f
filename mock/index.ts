/** The reference provider as a library: `startMock()` in a test, `scim-conformance mock` on the command line. */
export { startMock, type Mock } from './start-mock.js';
export type { MockClient, MockOptions, RateLimit } from './options.js';
