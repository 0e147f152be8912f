/**
 * Limits the memory for all bodies that a target sends in a run, because a target may answer every request with
 * megabytes.
 */
import { StringDecoder } from 'node:string_decoder';

/** Bytes of each body that are always kept: most SCIM bodies are shorter. */
export const alwaysKept = 16 * 1024;

/** What is kept of a body that is cut: no character is cut in half, because the half would look like another character. */
export const beginningOf = (body: Buffer): string => new StringDecoder('utf8').write(body.subarray(0, alwaysKept));

/** Bytes that all longer bodies of a run share. A run against the bundled provider uses a tenth of it. */
const usually = 64 * 1024 * 1024;

/** The part of the budget that one body uses. */
export interface Share {
  /** Whether a body of this length can be kept whole. If not, its part of the budget is released. */
  reach(length: number): boolean;
  /** Releases the part of a body that is not needed any more. */
  release(): void;
}

export class BodyBudget {
  private left: number;

  constructor(bytes = usually) {
    this.left = bytes;
  }

  /** `most`: the longest body that is kept whole; `free`: bytes that do not count. */
  share(most: number, free = alwaysKept): Share {
    let taken = 0;
    const release = (): void => {
      this.left += taken;
      taken = 0;
    };
    return {
      reach: (length) => {
        const wanted = Math.max(0, length - free) - taken;
        if (length > most || wanted > this.left) {
          release();
          return false;
        }
        this.left -= wanted;
        taken += wanted;
        return true;
      },
      release,
    };
  }
}
