/** Suite and provider in one process and in virtual time: a run that waits for ten seconds takes as long as its own work. */
export { simulate } from './simulate.js';
export { mockProvider, type MockProviderOptions } from './mock-provider.js';
export { serverProvider } from './server-provider.js';
export type { SimulatedProvider, World } from './world.js';
export type { NetworkOptions } from './network.js';
