/** How long a worker has an operation to itself, in all stores. */

/** A lease lasts twice the simulated work and these milliseconds. */
const slack = 60_000;

export const leaseMillis = (operationMillis: number): number => 2 * operationMillis + slack;
