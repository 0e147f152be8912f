/**
 * A variant is one way in which a provider may legally differ from the mock. Several of them together make one provider,
 * about which the suite must not complain.
 */
import type { Answer } from '../../../mock/http/answer.js';
import type { RequestSummary } from '../../../mock/http/http-seams.js';
import type { Seams } from '../../../mock/seams/seams.js';
import type { MockProviderOptions, World } from '../../../simulation/index.js';
import type { BindingName, Handler, RunOptions } from '../../../suites/index.js';

export type Delivery = 'poll' | 'push';

/** Changes an answer. If there is nothing to change, it returns the same object. */
export type Change = (answer: Answer, request: RequestSummary) => Answer | Promise<Answer>;

/** Returns the seams that it replaces; they call those of `base` for what they do not change. */
export type Replace = (base: Seams) => Partial<Omit<Seams, 'respond'>>;

/** What a variant changes of the mock. */
export interface Parts {
  readonly options?: Omit<MockProviderOptions, 'seams'>;
  readonly change?: Change;
  readonly seams?: Replace;
  /** Changes requests and answers as they are on the wire. */
  readonly wire?: (next: Handler) => Handler;
}

export interface Variant {
  /** In kebab-case. It names what the provider does. */
  readonly name: string;
  /** The sections that permit it. */
  readonly source: string;
  /** Called once for each provider, so that a variant can have state. */
  readonly make: (world: World) => Parts;
  /** The only binding in which it shows. Default: it shows in both. */
  readonly binding?: BindingName;
  /** How tokens have to be delivered for it to show. Default: this does not matter. */
  readonly deliveries?: readonly Delivery[];
  /** Requirements of level SHOULD that it deliberately does not follow, so that they may warn. */
  readonly warns?: readonly string[];
  /** Names of things of which a provider can have only one form: variants that share a name exclude each other. */
  readonly only?: readonly string[];
  /** What a provider needs for it to show, such as `bulk`. */
  readonly needs?: readonly string[];
  /** What a provider does not have with it: variants that need this are in other bundles. */
  readonly lacks?: readonly string[];
  /** What the run needs for it to show. */
  readonly run?: Pick<RunOptions, 'burst'>;
}

/** A variant without state that only changes answers. */
export const changing =
  (change: Change): Variant['make'] =>
  () => ({ change });

export const withOptions =
  (options: NonNullable<Parts['options']>): Variant['make'] =>
  () => ({ options });

export const withSeams =
  (seams: Replace): Variant['make'] =>
  () => ({ seams });
