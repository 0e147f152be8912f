/** A list of limited length: it drops its oldest members, so that a stream that nobody reads does not grow for ever. */
export class NewestOf<T> implements Iterable<T> {
  private readonly members = new Set<T>();

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.members.size;
  }

  add(member: T): void {
    this.members.add(member);
    // Drops many at a time: finding the first member of a Set takes time for each deleted member before it.
    if (this.members.size <= this.limit * 1.1) return;
    for (const oldest of this.members) {
      if (this.members.size <= this.limit) return;
      this.members.delete(oldest);
    }
  }

  delete(member: T): void {
    this.members.delete(member);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.members[Symbol.iterator]();
  }
}
