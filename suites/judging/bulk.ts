/** A bulk request whose results are known, as the judges of BULK read it. */
import type { Submission } from '../../schemas/types.js';
import type { OperationResult } from '../bindings/binding.js';
import type { Answered } from '../trace/trace.js';

export interface Bulk {
  readonly submission: Submission;
  readonly asked: Answered;
  readonly poll: Answered;
  readonly results: readonly OperationResult[];
  readonly shown: readonly OperationResult[];
}
