/**
 * A trace is what happened in one exercise: every exchange and every intention, in order. It is all that a judge
 * may see, so that a recorded run can be judged again later, offline.
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
  /** The binding that it ran over; absent where the scenario is about none in particular. */
  readonly binding?: BindingName;
  /** Where the scenario's generator finds the input again (fast-check's path). */
  readonly path: string;
  readonly input: unknown;
  readonly target: TargetFacts;
  readonly entries: readonly TraceEntry[];
  /** Why the scenario could not go on, as a sentence; absent where it ran to its end. */
  readonly blocked?: string;
  /** The code of the same; absent in what older versions recorded. */
  readonly blockedBy?: string;
}

export const isAnswered = (exchange: Exchange): exchange is Answered => exchange.response !== undefined;
