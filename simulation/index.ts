/** Runs the suite and a provider in one process and in virtual time, so that waiting takes no time. */
export { simulate, type SimulationOptions } from './simulate.js';
export { mockProvider, type MockProviderOptions } from './mock-provider.js';
export { serverProvider } from './server-provider.js';
export type { SimulatedProvider, World } from './world.js';
export type { NetworkOptions } from './network.js';
