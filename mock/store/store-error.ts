/** An error of the store that the user can do something about, with a stable code (docs/errors.md). */

/**
 * `store-url`: the URL is no URL of a kind that is supported. `store-unreachable`: there is no connection, or the database
 * refuses it. `store-newer`: the schema was made by a newer version.
 */
export type StoreErrorCode = 'store-url' | 'store-unreachable' | 'store-newer';

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
