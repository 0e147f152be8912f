/** The outcomes of each group of requirements, as a table. Each cell links to the requirements that it counts. */
import type { Outcome, Report } from '../../schemas/types.js';
import { groupOf, groupsOf } from '../facts/standing.js';
import { h, type Content, type Markup } from './text/markup.js';
import { glossary, groupSubject, outcomes } from './text/words.js';

/** With the script, the link sets the filter. Without it, the link leads to the first requirement that is counted. */
const cell = (report: Report, group: string, outcome: Outcome): Markup => {
  const results = report.requirements.filter((result) => groupOf(result.id) === group && result.outcome === outcome);
  const [first] = results;
  if (first === undefined) return h`<td><span class="none" aria-label="0">·</span></td>`;
  const filter = new URLSearchParams({ outcome, group });
  return h`<td data-tone="${outcome}"><a href="#${first.id}" data-filter="${filter.toString()}" aria-label="${results.length} ${outcome}, ${group}">${results.length}</a></td>`;
};

const rowHead = (report: Report, group: string): Markup => {
  const first = report.requirements.find(({ id }) => groupOf(id) === group);
  const about = groupSubject(group);
  return h`<th scope="row"><a href="#${first?.id}" data-filter="${new URLSearchParams({ group }).toString()}">${group}</a>${
    about === undefined ? undefined : h` <span class="about">${about}</span>`
  }</th>`;
};

const totalCell = (report: Report, outcome: Outcome): Markup =>
  h`<td data-tone="${outcome}"><a href="#of-${outcome}" data-filter="outcome=${outcome}" aria-label="${report.counts[outcome]} ${outcome} in all">${report.counts[outcome]}</a></td>`;

export const overviewSection = (report: Report): Content => {
  const present = outcomes.filter(({ outcome }) => report.counts[outcome] > 0);
  if (present.length === 0) return undefined;
  return h`<section id="overview" aria-labelledby="overview-title">
<h2 id="overview-title">Overview</h2>
<table class="matrix">
<caption>Requirements of each group by outcome. A number leads to the requirements that it counts.</caption>
<thead><tr><th scope="col">Group</th>${present.map(
    ({ outcome, sign, name }) =>
      h`<th scope="col" data-tone="${outcome}"><span><span class="sign" aria-hidden="true">${sign}</span> ${name}</span></th>`,
  )}</tr></thead>
<tbody>
${[...groupsOf(report.requirements).keys()].map(
  (group) => h`<tr>${rowHead(report, group)}${present.map(({ outcome }) => cell(report, group, outcome))}</tr>
`,
)}</tbody>
<tfoot><tr><th scope="row">All</th>${present.map(({ outcome }) => totalCell(report, outcome))}</tr></tfoot>
</table>
<details class="legend"><summary>What the outcomes mean</summary>
<dl>${outcomes.map(({ sign, name, meaning }) => h`<div><dt><span aria-hidden="true">${sign}</span> ${name}</dt><dd>${meaning}</dd></div>`)}</dl>
</details>
<details class="legend"><summary>Words of this report</summary>
<dl>${glossary.map(([word, meaning]) => h`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}</dl>
</details>
</section>
`;
};
