/** The report as JSON (schemas/files/report.json). */
import type { Report } from '../schemas/types.js';

/** Pretty-printed, with a newline at the end. */
export const jsonReport = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
