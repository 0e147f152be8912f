/** One requirement as HTML: a single line, or a card that opens if there is more to say. */
import type { Gate, Report, RequirementResult } from '../../schemas/types.js';
import { clip, limits } from '../../suites/events.js';
import { groupOf, levelOf, includesId } from '../facts/standing.js';
import { alsoFoundBlock, evidenceBlock, guideBlock } from './evidence.js';
import { h, link, prose, type Content, type Markup } from './text/markup.js';
import { countOf, wordsOf } from './text/words.js';

/** A failure that was seen, but not often enough to count as a failure of the target. */
export const isFlaky = ({ outcome, evidence }: RequirementResult): boolean =>
  outcome === 'inconclusive' && evidence !== undefined;

/** The outcome as a word and a symbol, for readers who cannot distinguish the colours. */
export const badge = (result: RequirementResult): Markup => {
  const { sign, name } = wordsOf(result.outcome);
  return h`<span class="badge" data-tone="${result.outcome}"><span aria-hidden="true">${sign}</span> ${isFlaky(result) ? 'flaky' : name}</span>`;
};

const citations = ({ source }: RequirementResult): Content =>
  source
    .slice(0, 12)
    .map(({ label, href }, index) => [index === 0 ? undefined : ', ', link(href, clip(label, limits.line))]);

const detailsOf = (result: RequirementResult): Markup =>
  h`<p class="facts"><span class="source">${citations(result)}</span>${
    result.exercised > 0 ? h` <span>${countOf(result.exercised, 'observation')}</span>` : undefined
  } <a class="permalink" href="#${result.id}" aria-label="Link to ${result.id}">link</a></p>
`;

const reasonOf = ({ reason }: RequirementResult): Content =>
  reason === undefined
    ? undefined
    : h`<p class="reason">${prose(reason)}</p>
`;

/** Whether the failure is in the baseline: a new failure fails the build, a known one does not. */
export const knownMark = (result: RequirementResult, gate: Gate | undefined): Content => {
  if (gate?.baseline === undefined) return undefined;
  if (includesId(gate.fresh, result.id)) return h` <span class="standing">new</span>`;
  if (includesId(gate.known, result.id)) return h` <span class="standing">known</span>`;
  return includesId(gate.stale, result.id) ? h` <span class="standing">no longer fails</span>` : undefined;
};

const headingOf = (result: RequirementResult, gate: Gate | undefined): Markup =>
  h`<h3><span class="id">${result.id}</span> ${prose(result.title)}</h3><span class="level">${levelOf(result)}</span>${badge(result)}${knownMark(result, gate)}`;

/** The HTML id is the id of the requirement, so that links can lead to it. */
export const requirementArticle = (result: RequirementResult, report: Report): Markup => {
  const { evidence, guide } = result;
  const { gate } = report;
  const inside =
    evidence === undefined && guide === undefined
      ? h`<div class="line">${headingOf(result, gate)}</div>
${reasonOf(result)}${detailsOf(result)}`
      : h`<details open><summary class="line">${headingOf(result, gate)}${
          evidence === undefined ? undefined : h`<span class="gist">${clip(evidence.actual, limits.quote)}</span>`
        }</summary>
<div class="inside">${detailsOf(result)}${reasonOf(result)}${
          evidence === undefined ? guideBlock(result) : evidenceBlock(result, evidence, report)
        }${alsoFoundBlock(result, report)}</div></details>`;
  return h`<article id="${result.id}" tabindex="-1" data-outcome="${result.outcome}" data-level="${result.level}" data-group="${groupOf(result.id)}">
${inside}</article>
`;
};
