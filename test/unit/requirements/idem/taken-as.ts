import type { Answer } from '../../hand-made-trace.js';

/** An answer of 202 or 200 that leads to the status resource of this id. */
export const takenAs = (id: string, status: 202 | 200 = 202): Answer => ({
  status,
  headers: { Location: `/provision/${id}/status` },
  body: { id },
});
