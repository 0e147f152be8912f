/** Lets one transaction after another have its turn, in the order in which they ask. */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Resolves when the turns before are over, with a function that ends this one. */
  async next(): Promise<() => void> {
    const before = this.last;
    let end = (): void => undefined;
    this.last = new Promise<void>((resolve) => (end = resolve));
    await before;
    return end;
  }
}
