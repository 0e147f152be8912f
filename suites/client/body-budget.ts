/**
 * Bounds what a run keeps of the bodies that a target sends, however many there are and however long: a target that
 * answers every request with megabytes is somebody's, too.
 */

/** Bytes of a body that are always kept: SCIM has seldom more to say at a time. */
export const alwaysKept = 16 * 1024;

/** Bytes that what all bodies have beyond that share in a run. The bundled provider takes a tenth of it. */
const usually = 64 * 1024 * 1024;

/** What one body takes. */
export interface Share {
  /** Whether the body is kept if it has so many bytes. Where it is not, what it took is free again. */
  reach(length: number): boolean;
  /** The body is not kept after all. */
  release(): void;
}

export class BodyBudget {
  private left: number;

  constructor(bytes = usually) {
    this.left = bytes;
  }

  /** For a body of so many bytes at most, of which so many are free. */
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
