/** An error of the store that the user can do something about, with a stable code (docs/errors.md). */

/**
 * `store-newer`: the schema was made by a newer version. `store-unreachable`: there is no connection, or the database
 * refuses it. `store-url`: the URL is none of a kind that is supported.
 */
export const storeErrorCodes = ['store-newer', 'store-unreachable', 'store-url'] as const;

export type StoreErrorCode = (typeof storeErrorCodes)[number];

/** The store does not answer now. The same may work a moment later. */
export class StoreAway extends Error {
  override readonly name = 'StoreAway';
}

export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
