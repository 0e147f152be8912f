/** The port of what limits requests: buckets of tokens and quotas. */

/** A number of requests for a time. */
export interface QuotaWindow {
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly start: number;
}

/** Token buckets and quotas. A bucket and a quota of one name have nothing to do with each other. */
export interface Limits {
  /**
   * Takes one token if there is a whole one. Returns how many there were before. `share`: the part of the usual refill that
   * the bucket has got since it was last asked for a token; default 1.
   */
  take(bucket: string, share?: number): Promise<number>;
  /** The number of tokens now, with a fraction. */
  look(bucket: string, share?: number): Promise<number>;
  /** Counts one request in this window if it is not used up. Returns how many were left before. */
  count(quota: string, window: QuotaWindow): Promise<number>;
  /** How many requests are left in this window. */
  left(quota: string, window: QuotaWindow): Promise<number>;
}
