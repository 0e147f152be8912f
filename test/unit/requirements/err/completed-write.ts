/** Asynchronous writes for the traces of ERR-03, ERR-06 and ERR-07: accepted, and completed with one result or none. */
import type { Exchange } from '../../../../schemas/types.js';
import type { Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { statusResource } from '../../status-resource.js';

export interface CompletedWrite {
  readonly purpose: Exchange['purpose'];
  readonly request: `${string} ${string}`;
  readonly about: Answer;
  /** Undefined: the status resource has no Operations. */
  readonly result?: Record<string, unknown>;
  readonly isSuccess: boolean;
}

export const addCompletedWrite = (
  trace: HandMadeTrace,
  { purpose, request, about, result, isSuccess }: CompletedWrite,
): void => {
  const headers = { Location: '/provision/1/status' };
  const asked = trace.exchange(purpose, request, { ...about, status: 202, headers });
  const submission = trace.submission(asked, { location: 'https://provider.example/provision/1/status' });
  const counts = isSuccess ? { success: 1 } : { failed: 1 };
  const body = statusResource(counts, result === undefined ? {} : { Operations: [result] });
  trace.looked(submission, { status: 200, body });
  trace.settled(submission, 'completed');
};
