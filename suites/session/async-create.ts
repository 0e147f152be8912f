/** Builds the asynchronous create of a user, which most scenarios submit. */
import { plainUser } from '../generators/user.js';
import type { SubmitPlan } from './session.js';

/** Plans `POST /Users` for this user; `more` overrides fields of the plan. */
export const asyncCreate = (
  userName: string,
  more: Partial<SubmitPlan> & { body?: Record<string, unknown> } = {},
): SubmitPlan => ({
  method: 'POST',
  url: '/Users',
  body: plainUser(userName),
  subject: userName,
  operations: [{ method: 'POST', path: '/Users', expected: 'success', userName }],
  ...more,
});
