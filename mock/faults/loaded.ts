/**
 * The faults, if they are loaded. Loading them takes time, so that a mock without a fault does not; but a mock that starts in
 * virtual time must not wait for a file, and finds them here.
 */
import type { Fault } from './fault.js';

/** Throws UnknownFault. */
export type DemandFault = (name: string) => Fault;

let loaded: DemandFault | undefined;

export const setLoaded = (demandFault: DemandFault): void => {
  loaded = demandFault;
};

export const loadedFaults = (): DemandFault | undefined => loaded;
