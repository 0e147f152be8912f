/** Every format that a report can be written in, by its name. */
import type { Report } from '../schemas/types.js';
import { jsonReport } from './json.js';

export const formats = {
  json: jsonReport,
} as const satisfies Record<string, (report: Report) => string>;
