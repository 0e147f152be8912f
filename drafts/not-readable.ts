/** A text that cannot be read as a draft. The message is a clause that says why. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable';
}
