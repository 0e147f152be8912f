/** The formats of `interop`. */
import { harmlessJson } from '../text/visible-text.js';
import { interopHtml } from './interop-html.js';
import { interopMarkdown } from './interop-markdown.js';
import { kindOf, matrixOf, type Implementation } from './matrix.js';
import { rfc7942Markdown, rfc7942Xml } from './rfc7942.js';

const json = (implementations: readonly Implementation[]): string =>
  `${harmlessJson(
    {
      implementations: implementations.map(({ name, report: { verdict, profile, run } }) => ({
        name,
        verdict,
        profile,
        run,
      })),
      requirements: matrixOf(implementations).map((row) => ({
        id: row.id,
        kind: kindOf(row),
        outcomes: row.results.map((result) => result?.outcome ?? null),
      })),
    },
    2,
  )}\n`;

export const interopFormats = {
  markdown: interopMarkdown,
  html: interopHtml,
  json,
  rfc7942: rfc7942Markdown,
  'rfc7942-xml': rfc7942Xml,
} satisfies Record<string, (implementations: readonly Implementation[]) => string>;
