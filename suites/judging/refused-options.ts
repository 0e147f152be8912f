/** Whether a bulk request was refused because of its options: several requirements are about one of them. */
import type { Answered } from '../trace/trace.js';

/** Statuses with which a request is refused because of what it holds (profile §7, clarification 14). MODE-01 judges a 501. */
const refusals = [400, 404, 409, 412, 422];

export const isRefused = ({ response }: Answered): boolean => refusals.includes(response.status);
