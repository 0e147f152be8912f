/** Cuts long work into pieces, so that other requests are served between them. */

/** Resolves after all that waits has had its turn, such as other requests. */
export type Pause = () => Promise<unknown>;

/** Values of lists that are worked on without a pause: a few milliseconds. */
const piece = 2000;
/** Values after which `each` counts them. */
const step = 250;

export class Pace {
  private done = 0;

  constructor(private readonly pause: Pause) {}

  /** Call it between two parts of a long work. `values`: how many were worked on since the last call. */
  async worked(values: number): Promise<void> {
    this.done += values;
    if (this.done < piece) return;
    this.done = 0;
    await this.pause();
  }

  /** Call it after each value of a list. `index`: its place. Only some calls wait, so that most cost nothing. */
  each(index: number): Promise<void> | undefined {
    return index % step === step - 1 ? this.worked(step) : undefined;
  }
}
