/** Names that nothing else has: neither in this run nor, because they bear its mark, in any other. */
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

  /** A word of letters, to be written and read back. */
  word(): string {
    const letters = [...String(this.next())].map((digit) => 'abcdefghij'[Number(digit)]);
    return `Word${letters.join('')}`;
  }

  /**
   * A request id like this one. A provider may take a repeated id for a safe retry (IDEM-01), so that an input that is
   * run again has to bring a new one.
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
