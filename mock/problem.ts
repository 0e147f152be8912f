/** What goes wrong for a client, as RFC 7644 §3.12 names it; everything else that is thrown is the mock's own bug. */
import type { scimTypes } from '../schemas/names.js';

export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** HTTP status. */
    readonly status: number,
    /** For people; holds nothing of the client's secrets and nothing of our insides. */
    detail: string,
    readonly scimType?: (typeof scimTypes)[number],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}
