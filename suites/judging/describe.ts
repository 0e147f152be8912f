/** Findings quote values and bodies from answers: these functions make them short enough for one line. */
import type { Violation } from '../../schemas/validators.js';
import { beginning, limits } from '../trace/clipping.js';
import type { Answered } from '../trace/trace.js';

/** A text, cut to a length that can be quoted in a sentence. */
export const clip = (text: string): string =>
  text.length <= limits.quote ? text : `${beginning(text, limits.quote - 1)}…`;

/** A value as JSON, or «absent». */
export const shown = (value: unknown): string => (value === undefined ? 'absent' : clip(JSON.stringify(value)));

export const describeBody = (exchange: Answered): string =>
  exchange.response.body === '' ? 'without a body' : `with the body ${clip(exchange.response.body)}`;

/** The first violations of a schema, as clauses. */
export const describeViolations = (violations: readonly Violation[]): string => {
  const shown = violations.slice(0, 3).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const rest = violations.length - shown.length;
  return `${shown.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
};
