/** The matrix as one HTML file without scripts, which works without a network. */
import { createHash } from 'node:crypto';
import { h, htmlOf, trusted, type Markup } from '../html/text/markup.js';
import {
  detailOf,
  kindNames,
  kindOf,
  matrixOf,
  wordOf,
  type Implementation,
  type Row,
  type RowKind,
} from './matrix.js';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { font-weight: 600; text-align: left; padding: 0.5rem 0; }
th, td { border: 1px solid #8888; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
details { margin: 0.2rem 0; overflow-wrap: anywhere; }
`;

const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

const cellOf = (result: Row['results'][number]): Markup => {
  const detail = detailOf(result);
  return detail === undefined
    ? h`<td>${wordOf(result)}</td>`
    : h`<td><details><summary>${wordOf(result)}</summary>${detail}</details></td>`;
};

const tableOf = (kind: RowKind, rows: readonly Row[], implementations: readonly Implementation[]): Markup => h`
<div class="wide" role="region" aria-label="${kindNames[kind]}" tabindex="0"><table>
<caption>${kindNames[kind]} (${rows.length})</caption>
<thead><tr><th scope="col">id</th><th scope="col">requirement</th><th scope="col">source</th>${implementations.map(
  ({ name }) => h`<th scope="col">${name}</th>`,
)}</tr></thead>
<tbody>${rows.map(
  ({ id, level, title, sources, results }) =>
    h`<tr><th scope="row">${id}</th><td>${level}: ${title}</td><td>${sources.join(', ')}</td>${results.map(cellOf)}</tr>\n`,
)}</tbody></table></div>
`;

export const interopHtml = (implementations: readonly Implementation[]): string => {
  const rows = matrixOf(implementations);
  const kinds = [...new Set(rows.map(kindOf))];
  return htmlOf(h`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${implementations.length} implementations – scim-conformance</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
<h1>${implementations.length} implementations</h1>
${kinds.map((kind) =>
  tableOf(
    kind,
    rows.filter((each) => kindOf(each) === kind),
    implementations,
  ),
)}
</main>
</body>
</html>
`);
};
