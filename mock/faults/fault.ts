/** A fault: a named deviation of the mock, and the requirements that it breaks. */
import type { Environment } from '../environment.js';
import type { MockOptions } from '../options.js';
import type { Seams } from '../seams/seams.js';

export interface Fault {
  /** In kebab-case; the argument of `mock --fault`. */
  readonly name: string;
  /** What the provider does wrong, as a noun phrase. */
  readonly title: string;
  /** Exactly these requirements fail (or, for a SHOULD, get a warning). */
  readonly breaks: readonly string[];
  /** Requirements that may fail as well, depending on timing, because the fault really breaks them too. */
  readonly entails?: readonly string[];
  /** The only binding in which the fault shows, if the broken requirements do not imply it. */
  readonly over?: 'request-mode' | 'respond-async';
  /** Options that the mock needs for the fault to show. */
  readonly options?: MockOptions;
  /**
   * The seams that the fault replaces, made anew for each mock. They call those of `base` for what they do not change.
   */
  readonly seams: (base: Seams, environment: Environment) => Partial<Seams>;
}
