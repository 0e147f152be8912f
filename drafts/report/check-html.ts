/** The findings of `draft check` as a page, for those who read a draft and no code. */
import { h, type Markup } from '../../reports/html/text/markup.js';
import { plainPage } from '../../reports/html/text/plain-page.js';
import { inOneLine } from '../../reports/text/visible-text.js';
import type { DraftCheck } from '../check/check-draft.js';
import { draftCodes, type DraftFinding } from '../check/finding.js';
import { countOf, placeOf, readingOf } from './finding-text.js';

const rowOf = (finding: DraftFinding): Markup => {
  const { line, code, expected, actual, source } = finding;
  const [wanted, there, cited] = [expected, actual, source].map((text) => inOneLine(text));
  return h`<tr><th scope="row">${line}</th><td>${placeOf(finding)}</td><td title="${draftCodes[code]}">${code}</td><td>${wanted}</td><td>${there}</td><td>${cited}</td></tr>
`;
};

const tableOf = (findings: readonly DraftFinding[]): Markup => h`
<div class="wide" role="region" aria-label="Findings" tabindex="0"><table>
<caption>${countOf(findings)}</caption>
<thead><tr>${['line', 'place', 'code', 'expected', 'actual', 'source'].map((name) => h`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${findings.map(rowOf)}</tbody></table></div>
`;

export const checkHtml = (draft: DraftCheck & { readonly file: string }): string => {
  const { file, findings } = draft;
  return plainPage(
    inOneLine(file),
    h`<p>${countOf(findings)} in ${readingOf(draft)}.</p>${findings.length === 0 ? undefined : tableOf(findings)}`,
  );
};
