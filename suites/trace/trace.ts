/**
 * A trace records one exercise: all exchanges, submissions, settlements and tokens, in order. A judge may use nothing
 * else, so that a recorded run can be judged again later, offline.
 */
import type {
  Exchange,
  ReceivedToken,
  RecordedResponse,
  Settlement,
  Submission,
  TargetFacts,
} from '../../schemas/types.js';
import type { BindingName } from '../contract/binding-name.js';

export type TraceEntry = Exchange | Submission | Settlement | ReceivedToken;

/** An exchange that got a response; the others carry a `failure`. */
export type Answered = Exchange & { response: RecordedResponse };

export interface Trace {
  readonly scenario: string;
  /** The binding that the scenario ran over; absent if the scenario needs no particular binding. */
  readonly binding?: BindingName;
  /** fast-check's path, from which the scenario's generator makes the same input again. */
  readonly path: string;
  readonly input: unknown;
  readonly target: TargetFacts;
  readonly entries: readonly TraceEntry[];
  /** Why the scenario could not continue, as a sentence; absent if it ran to its end. */
  readonly blocked?: string;
  /** The code for that reason; absent in recordings of older versions. */
  readonly blockedBy?: string;
}

export const isAnswered = (exchange: Exchange): exchange is Answered => exchange.response !== undefined;
