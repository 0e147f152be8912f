/** The matrix as one HTML file without scripts, which works without a network. */
import { h, type Markup } from '../html/text/markup.js';
import { plainPage } from '../html/text/plain-page.js';
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
  return plainPage(
    `${implementations.length} implementations`,
    kinds.map((kind) =>
      tableOf(
        kind,
        rows.filter((each) => kindOf(each) === kind),
        implementations,
      ),
    ),
  );
};
