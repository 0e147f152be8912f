/** A wrong provider by name: the honest mock with one deviation, and the requirements that it breaks. */
import type { Environment } from '../environment.js';
import type { MockOptions } from '../options.js';
import type { Seams } from '../seams/seams.js';

export interface Fault {
  /** Kebab-case; what `mock --fault` takes. */
  readonly name: string;
  /** What the provider does wrong, as a noun phrase. */
  readonly title: string;
  /** Exactly these requirements turn red (or, where SHOULD is broken, amber). */
  readonly breaks: readonly string[];
  /** What may turn red as well, as timing decides: a true consequence, and no mistake of the suite. */
  readonly entails?: readonly string[];
  /** The one binding over which it shows, where what it breaks does not say so. */
  readonly over?: 'request-mode' | 'respond-async';
  /** What the mock has to be told, so that the fault shows. */
  readonly options?: MockOptions;
  /** The seams that it replaces, made anew for each mock; what it does not change it leaves to `base`. */
  readonly seams: (base: Seams, environment: Environment) => Partial<Seams>;
}
