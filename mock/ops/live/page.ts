/** The live page as one HTML document. Its policy allows only its own style and script, by hashes, and its own feed. */
import { createHash } from 'node:crypto';
import { script } from './client/script.js';
import { style } from './client/style.js';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "connect-src 'self'",
  // The icon below, without which a browser asks for /favicon.ico.
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

interface Table {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** A name that ends with `#` is that of a column of numbers. */
  readonly columns: readonly string[];
}

const columnOf = (name: string): string =>
  name.endsWith('#') ? `<th scope="col" class="number">${name.slice(0, -1)}</th>` : `<th scope="col">${name}</th>`;

/** The region can have the focus, so that it can be scrolled by keyboard where the table is wider than the window. */
const tableOf = ({ id, title, caption, columns }: Table): string => `<section>
<h2 id="${id}-title">${title}</h2>
<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}-title">
<table><caption>${caption}</caption>
<thead><tr>${columns.map(columnOf).join('')}</tr></thead>
<tbody id="${id}"></tbody></table>
</div>
</section>`;

const tables: readonly Table[] = [
  {
    id: 'requests',
    title: 'Accepted requests',
    caption:
      'The last 20 that this process has accepted or worked for, newest first. Only the beginning of an id is shown.',
    columns: ['Id', 'Client', 'State', 'Operations#', 'Succeeded#', 'Failed#', 'Progress'],
  },
  {
    id: 'limits',
    title: 'Rate limits',
    caption: 'Requests that each client may send at once.',
    columns: ['Client', 'Tokens#', 'Left'],
  },
  {
    id: 'exchanges',
    title: 'HTTP requests',
    caption: 'The last 20, newest first, without those of this page.',
    columns: ['Time', 'Method', 'Status', 'Milliseconds#', 'Endpoint'],
  },
];

export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Live – scim-conformance mock</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><h1>Mock, live</h1><button id="pause" type="button" hidden>Pause</button></header>
<main>
<p id="state" aria-hidden="true"></p>
<p id="status" role="status"></p>
<noscript><p>This page needs JavaScript, because it changes while you read it. The same figures are at <a href="metrics">metrics</a>.</p></noscript>
<section class="queue">
<h2>Queue</h2>
<dl><dt>Operations that wait or run</dt><dd id="pending">–</dd></dl>
<dl><dt>Status resources</dt><dd id="statuses">–</dd></dl>
<svg viewBox="0 0 120 40" preserveAspectRatio="none" aria-hidden="true"><line x1="0" y1="39.5" x2="120" y2="39.5"/><polyline id="curve"/></svg>
</section>
${tables.map(tableOf).join('\n')}
</main>
<script>${script}</script>
</body>
</html>
`;
