/** All requirements, with the most urgent outcome first, and above them the filter, which needs the script. */
import type { Report, RequirementResult } from '../../schemas/types.js';
import { groupsOf } from '../facts/standing.js';
import { isFlaky, requirementArticle } from './requirement.js';
import { h, type Markup } from './text/markup.js';
import { groupSubject, outcomes } from './text/words.js';

const chips = (report: Report): Markup[] =>
  outcomes
    .filter(({ outcome }) => report.counts[outcome] > 0)
    .map(
      ({ outcome, sign, name }) =>
        h`<label class="chip" data-tone="${outcome}"><input type="checkbox" name="outcome" value="${outcome}"> <span aria-hidden="true">${sign}</span> ${name} <span class="count">${report.counts[outcome]}</span></label>
`,
    );

const groupOptions = (report: Report): Markup[] =>
  [...groupsOf(report.requirements).keys()].map((group) => {
    const about = groupSubject(group);
    return h`<option value="${group}">${group}${about === undefined ? '' : ` – ${about}`}</option>`;
  });

/** Hidden until the script shows it, because it does nothing without the script. */
const filterForm = (report: Report): Markup =>
  h`<form id="filter" class="filter" role="search" aria-label="Filter requirements" hidden>
<fieldset><legend>Outcome</legend>
${chips(report)}</fieldset>
<div class="fields">
<label>Level <select name="level"><option value="">all</option><option>MUST</option><option>SHOULD</option></select></label>
<label>Group <select name="group"><option value="">all</option>${groupOptions(report)}</select></label>
<label class="grow">Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
<button type="reset">Clear filter</button>
</div>
</form>
<div class="shown" id="shown" hidden>
<p id="count" role="status" aria-live="polite"></p>
<button type="button" id="toggle" hidden>Open all</button>
</div>
`;

/** Flaky requirements come first in their section, because they have evidence to read. */
const ordered = (results: readonly RequirementResult[]): RequirementResult[] => [
  ...results.filter(isFlaky),
  ...results.filter((result) => !isFlaky(result)),
];

export const requirementsSection = (report: Report): Markup => {
  const sections = outcomes.map(({ outcome, heading, meaning }) => {
    const results = ordered(report.requirements.filter((result) => result.outcome === outcome));
    if (results.length === 0) return undefined;
    return h`<section class="outcome" data-tone="${outcome}" aria-labelledby="of-${outcome}">
<h2 id="of-${outcome}">${heading} <span class="count">${results.length}</span></h2>
<p class="muted">${meaning}</p>
${results.map((result) => requirementArticle(result, report))}</section>
`;
  });
  return h`<section id="requirements" aria-labelledby="requirements-title">
<h2 id="requirements-title" tabindex="-1">Requirements</h2>
${filterForm(report)}${sections}<p id="nothing" class="muted" hidden>No requirement matches the filter.</p>
</section>
`;
};
