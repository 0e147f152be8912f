/** The report as JSON (schemas/files/report.json). */
import type { Report } from '../schemas/types.js';
import { harmlessJson } from './text/visible-text.js';

export const jsonReport = (report: Report): string => `${harmlessJson(report, 2)}\n`;
