/** An asynchronous create of a user: what most scenarios of this binding submit. */
import { plainUser } from '../generators/user.js';
import type { SubmitPlan } from './session.js';

/** Plan of `POST /Users` for this user; `more` changes what the scenario is about. */
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
