/** The error for a name that no fault has. */

/** There is no fault with this name. The message says how to list the names. */
export class UnknownFault extends Error {
  override readonly name = 'UnknownFault';

  constructor(name: string) {
    super(`there is no fault «${name}»: «scim-conformance mock --list-faults» shows them all`);
  }
}
