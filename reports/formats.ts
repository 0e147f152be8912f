/** All formats that a report can be written in, by name. */
import type { Report } from '../schemas/types.js';
import { annotationsReport } from './annotations.js';
import { badgeReport } from './badge.js';
import { harReport } from './har.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import { prettyReport, type Palette } from './pretty.js';
import { tapReport } from './tap.js';

const uncoloured = (text: string): string => text;

/** A file has no colours. */
const plain: Palette = { good: uncoloured, bad: uncoloured, warn: uncoloured, dim: uncoloured, strong: uncoloured };

export const formats = {
  annotations: annotationsReport,
  badge: badgeReport,
  har: harReport,
  // Loaded only if it is asked for, because the library that draws the plots is slow to load.
  html: async (report) => (await import('./html/html-report.js')).htmlReport(report),
  json: jsonReport,
  junit: junitReport,
  markdown: markdownReport,
  pretty: (report) => prettyReport(report, plain),
  tap: tapReport,
} as const satisfies Record<string, (report: Report) => string | Promise<string>>;
