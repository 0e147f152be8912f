/** What is to happen when, in the order of its time: what is due at the same moment comes in the order of its entry. */

interface Entry {
  /** Microseconds. */
  readonly at: number;
  /** Its number among all entries. */
  readonly order: number;
  /** Undefined where it was taken back. */
  then: (() => void) | undefined;
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap: its first entry is the next. */
export class Agenda {
  private readonly heap: Entry[] = [];
  private entered = 0;
  private takenBack = 0;

  /** How many entries are to happen yet. */
  get size(): number {
    return this.heap.length - this.takenBack;
  }

  /** Enters what is to happen at a time in microseconds. What is returned takes it back; where it has happened, nothing. */
  enter(at: number, then: () => void): () => void {
    const entry: Entry = { at, order: this.entered, then };
    this.entered += 1;
    this.heap.push(entry);
    this.rise(this.heap.length - 1);
    return () => {
      if (entry.then === undefined) return;
      entry.then = undefined;
      this.takenBack += 1;
    };
  }

  /** Takes out what is next; undefined where nothing is to happen. */
  takeNext(): { readonly at: number; readonly then: () => void } | undefined {
    for (let entry = this.takeFirst(); entry !== undefined; entry = this.takeFirst()) {
      const { at, then } = entry;
      if (then !== undefined) {
        entry.then = undefined;
        return { at, then };
      }
      this.takenBack -= 1;
    }
    return undefined;
  }

  private takeFirst(): Entry | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (last !== undefined && last !== first) {
      this.heap[0] = last;
      this.sink();
    }
    return first;
  }

  private rise(from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.swapIfLater(above, place)) return;
      place = above;
    }
  }

  private sink(): void {
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [a, b] = [this.heap[left], this.heap[left + 1]];
      if (a === undefined) return;
      const below = b !== undefined && isBefore(b, a) ? left + 1 : left;
      if (!this.swapIfLater(place, below)) return;
      place = below;
    }
  }

  /** Exchanges two entries where the upper one is the later; whether it was. */
  private swapIfLater(upper: number, lower: number): boolean {
    const [above, below] = [this.heap[upper], this.heap[lower]];
    if (above === undefined || below === undefined || !isBefore(below, above)) return false;
    this.heap[upper] = below;
    this.heap[lower] = above;
    return true;
  }
}
