/**
 * The report as one HTML file that works without a network and without a server, and that can be read without its
 * script. Its content security policy allows only the style and the script of this folder, identified by their hashes.
 */
import { createHash } from 'node:crypto';
import type { Report } from '../../schemas/types.js';
import { clip, limits } from '../../suites/events.js';
import { script } from './client/script.js';
import { style } from './client/style.js';
import { clientsSection } from './clients.js';
import { masthead } from './masthead.js';
import { overviewSection } from './overview.js';
import { burstSection } from './plots/burst.js';
import { timelineSection } from './plots/timeline.js';
import { requirementsSection } from './requirements.js';
import { runSection } from './run-section.js';
import { h, htmlOf, trusted, type Content, type Markup } from './text/markup.js';
import { verdictWords } from './text/words.js';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const hostOf = (target: string): string => (URL.canParse(target) ? new URL(target).host : target);

const navigation = (sections: readonly [id: string, name: string, content: Content][]): Markup =>
  h`<nav aria-label="Sections"><ul>${sections.map(([id, name, content]) =>
    content === undefined ? undefined : h`<li><a href="#${id}">${name}</a></li>`,
  )}</ul></nav>
`;

/** The whole page. It is safe to open, even if the target sent hostile text. */
export const htmlReport = (report: Report): string => {
  const title = `${verdictWords[report.verdict].name}: ${clip(hostOf(report.settings.target), limits.name)} – scim-conformance`;
  const sections: [string, string, Content][] = [
    ['overview', 'Overview', overviewSection(report)],
    ['requirements', 'Requirements', requirementsSection(report)],
    ['clients', 'Works with', clientsSection(report)],
    ['timeline', 'Timeline', timelineSection(report)],
    ['burst', 'Rate limit', burstSection(report)],
    ['run', 'The run', runSection(report)],
  ];
  return htmlOf(h`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#requirements">Skip to the requirements</a>
${navigation(sections)}<main>
${masthead(report)}${sections.map(([, , content]) => content)}</main>
<footer><p>Made by scim-conformance ${report.tool}. This file is complete: it loads nothing and sends nothing.</p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`);
};
