/** A queue with constant time for adding and taking; `shift` of a long array takes linear time. */
export class Fifo<T> {
  private members: (T | undefined)[] = [];
  private first = 0;

  get size(): number {
    return this.members.length - this.first;
  }

  add(member: T): void {
    this.members.push(member);
  }

  /** The next member to be taken. */
  peek(): T | undefined {
    return this.members[this.first];
  }

  take(): T | undefined {
    const member = this.members[this.first];
    if (this.first === this.members.length) return undefined;
    this.members[this.first] = undefined;
    this.first += 1;
    // More than half of the array is empty.
    if (this.first > 1000 && this.first * 2 > this.members.length) {
      this.members = this.members.slice(this.first);
      this.first = 0;
    }
    return member;
  }
}
