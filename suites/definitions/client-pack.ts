/**
 * A client pack holds the kinds of requests (shapes) that a well-known client sends. The engine sends them and collects what
 * a reader makes of the traces, and knows nothing else about them.
 */
import type { ClientShape } from '../../schemas/types.js';
import type { Needs } from '../contract/needs.js';
import type { Trace } from '../trace/trace.js';
import type { Scenario } from './scenario.js';

export interface ShapeRow {
  /** Kebab-case, stable, unique in its pack; the input of the pack's scenario. */
  readonly name: string;
  /** What the request asks for, such as «disables a user». */
  readonly title: string;
  /** Method and path, such as `PATCH /Users/{id}`. */
  readonly request: string;
  /** URL of the public documentation that shows the shape. */
  readonly source: string;
  /** What the target has to serve before the shape is sent. */
  readonly needs: readonly Needs[];
  /** Whether the documentation of the client leaves it to the provider. */
  readonly isOptional: boolean;
}

/** What a trace shows about one shape. */
export type ShapeReading = Pick<ClientShape, 'outcome' | 'status' | 'reason' | 'exchanges'>;

export interface ClientPack {
  /** As `--clients` takes it. */
  readonly name: string;
  readonly title: string;
  readonly shapes: readonly ShapeRow[];
  /** Sends one shape; its input is the name of the shape. */
  readonly scenario: Scenario;
  /** A pure function, so that a recording shows the same as its run. */
  readonly read: (trace: Trace) => ShapeReading;
}
