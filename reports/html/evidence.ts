/**
 * The evidence of one requirement as HTML: expected and actual side by side, the steps, the exchanges, and the commands
 * that show it again.
 */
import type { Evidence, Report, RequirementResult } from '../../schemas/types.js';
import { clip, limits } from '../../suites/events.js';
import { curlLine } from '../text/http-text.js';
import { replayLine } from '../facts/commands.js';
import { exchangeBlock } from './exchange.js';
import { jsonLayout } from './text/json-layout.js';
import { h, prose, visible, type Content, type Markup } from './text/markup.js';
import { wordDiff, type Part } from './text/word-diff.js';
import { number, countOf } from './text/words.js';

const mostLines = 60;

/** White space at the ends of a difference is not marked: the mark would look like a mistake. */
const marked = (parts: readonly Part[]): Content =>
  parts.map(({ text, same }) => {
    const inner = text.trim();
    if (same || inner === '') return text;
    const start = text.indexOf(inner);
    return [text.slice(0, start), h`<mark>${inner}</mark>`, text.slice(start + inner.length)];
  });

const difference = (evidence: Evidence): Markup => {
  // Invisible characters are made visible first, so that they count as differences, too.
  const clause = (text: string): string => visible(clip(text, limits.paragraph));
  const { expected, actual } = wordDiff(clause(evidence.expected), clause(evidence.actual));
  return h`<dl class="difference">
<div class="expected"><dt>Expected</dt><dd>${marked(expected)}</dd></div>
<div class="actual"><dt>What came</dt><dd>${marked(actual)}</dd></div>
</dl>
`;
};

/** Why it matters and what to do. */
export const guideBlock = ({ guide }: RequirementResult): Content =>
  guide === undefined
    ? undefined
    : h`<div class="guide"><h4>Why it matters</h4><p>${prose(guide.why)}</p>
<h4>What to do</h4><p>${prose(guide.fix)}</p></div>
`;

const storyOf = (lines: readonly string[]): Markup =>
  h`<ol class="story">${lines.slice(0, mostLines).map((line) => h`<li>${clip(line, limits.paragraph)}</li>`)}${
    lines.length > mostLines ? h`<li>… ${lines.length - mostLines} more lines</li>` : undefined
  }</ol>
`;

/** A long command may wrap before an option, but not inside its name. */
const optionsKept = (command: string): Content =>
  command.split(/(?<= )(--[\w-]+)(?= )/).map((part, index) => (index % 2 === 1 ? h`<span>${part}</span>` : part));

/** A command that can be copied. */
export const commandBlock = (label: string, command: string): Markup =>
  command.length > limits.command
    ? h`<p class="label">${label}</p>
<p class="muted">The command has ${number(command.length)} characters and is too long to show.</p>
`
    : h`<p class="label">${label}</p>
<div class="command"><pre data-copy="${label}">${optionsKept(command)}</pre></div>
`;

const inputOf = ({ input }: Evidence): Content => {
  if (input === null || input === undefined) return undefined;
  const text = JSON.stringify(input);
  return h`<details class="input"><summary>Input of the exercise</summary><pre>${jsonLayout(text, limits.body) ?? clip(text, limits.body)}</pre></details>
`;
};

const originOf = ({ code, occurrences, scenario, shrinks }: Evidence): Markup =>
  h`<p class="muted"><code>${clip(code, limits.name)}</code>, seen ${occurrences === 1 ? 'once' : `${number(occurrences)} times`} in this run. The exercise <code>${clip(scenario, limits.name)}</code>${
    shrinks === 0 ? undefined : h`, made smaller in ${countOf(shrinks, 'step')}`
  }:</p>
`;

export const evidenceBlock = (result: RequirementResult, evidence: Evidence, report: Report): Markup => {
  const last = evidence.exchanges.at(-1);
  return h`${difference(evidence)}${guideBlock(result)}<h4>How it was found</h4>
${originOf(evidence)}${storyOf(evidence.story)}${
    evidence.again === undefined
      ? undefined
      : h`<h4>When it was tried again, it did not happen</h4>
${storyOf(evidence.again)}`
  }${
    evidence.exchanges.length === 0
      ? undefined
      : h`<h4>${evidence.exchanges.length === 1 ? 'The exchange' : 'The exchanges'}</h4>
${evidence.exchanges.map((exchange) => exchangeBlock(exchange, report.settings.target))}`
  }${inputOf(evidence)}<h4>See it again</h4>
${commandBlock('Run this exercise again', replayLine(report, result, evidence))}${
    last === undefined
      ? undefined
      : [
          commandBlock(`Send the request of #${last.n} again`, curlLine(last)),
          evidence.exchanges.length > 1 &&
            h`<p class="note">This request alone may not show the failure: the requests before it are part of it.</p>
`,
        ]
  }`;
};

/** Further findings of a requirement, one for each other code: in short, with the command that shows it again. */
export const alsoFoundBlock = (result: RequirementResult, report: Report): Content =>
  result.alsoFound === undefined
    ? undefined
    : h`<h4>Also found</h4>
${result.alsoFound.map(
  (evidence) =>
    h`${difference(evidence)}${originOf(evidence)}${storyOf(evidence.story)}${commandBlock(
      'Exercise',
      replayLine(report, result, evidence),
    )}`,
)}`;
