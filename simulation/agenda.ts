/**
 * The timers of the virtual clock, in the order of their times. Timers with the same time run in the order in which
 * they were added.
 */

interface Entry {
  /** Microseconds. */
  readonly at: number;
  /** Number of timers that were added before it. */
  readonly order: number;
  /** Undefined if the timer was cancelled or has run. */
  then: (() => void) | undefined;
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap: its first entry is the next timer. */
export class Agenda {
  private readonly heap: Entry[] = [];
  private entered = 0;
  private takenBack = 0;

  /** Number of timers that have neither run nor been cancelled. */
  get size(): number {
    return this.heap.length - this.takenBack;
  }

  /**
   * Adds a timer; the time is in microseconds. Returns a function that cancels the timer. The function does nothing if
   * the timer has already run.
   */
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

  /** Removes and returns the next timer; undefined if there is none. */
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

  /** Exchanges two entries if the upper one is later. Returns whether it did. */
  private swapIfLater(upper: number, lower: number): boolean {
    const [above, below] = [this.heap[upper], this.heap[lower]];
    if (above === undefined || below === undefined || !isBefore(below, above)) return false;
    this.heap[upper] = below;
    this.heap[lower] = above;
    return true;
  }
}
