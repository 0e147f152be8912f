/** Makes names that are unique: within the run, and between runs because they carry the run's mark. */
import { markOf } from '../leftovers/ownership.js';
import type { RunContext } from './run-context.js';

/** Characters (profile §2). */
const longestRequestId = 128;

export class Names {
  constructor(private readonly context: Pick<RunContext, 'run' | 'tally'>) {}

  /** A userName. */
  userName(): string {
    return `${this.groupName()}@example.com`;
  }

  /** A displayName of a group. */
  groupName(): string {
    return `${markOf(this.context.run)}${this.next()}`;
  }

  /** A unique word of letters, to be written and read back. */
  word(): string {
    const letters = [...String(this.next())].map((digit) => 'abcdefghij'[Number(digit)]);
    return `Word${letters.join('')}`;
  }

  /**
   * A unique request id that begins like this one. A provider may treat a repeated id as a safe retry (IDEM-01), so an
   * input that is run again needs a new id.
   */
  requestId(like: string): string {
    const own = `${this.context.run}-${this.next()}`;
    return `${like.slice(0, longestRequestId - own.length)}${own}`;
  }

  private next(): number {
    this.context.tally.names += 1;
    return this.context.tally.names;
  }
}
