/** Suite and provider in one process and in virtual time: a run that waits for ten seconds takes as long as its own work. */
export { SimulationStopped, VirtualClock, type VirtualClockOptions } from './virtual-clock.js';
export { Chance } from './chance.js';
