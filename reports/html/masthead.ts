/** The top of the report, for readers who read nothing else: the verdict, what was tested, and what failed. */
import type { Gate, Report, RequirementResult } from '../../schemas/types.js';
import { isSynchronous } from '../facts/scope.js';
import { clip, limits } from '../../suites/events.js';
import { commandBlock } from './evidence.js';
import { cleanLine, runLine } from '../facts/commands.js';
import { idOf, levelOf } from '../facts/standing.js';
import { isFlaky, knownMark } from './requirement.js';
import { h, prose, type Content, type Markup } from './text/markup.js';
import { duration, dateTime, number, countOf, verdictWords } from './text/words.js';

/** Longer lists are cut here; the section of the outcome shows all of them. */
const mostInShort = 12;
const mostLeftovers = 50;

const ids = (label: string, list: readonly string[]): Content =>
  list.length === 0
    ? undefined
    : h`<div><dt>${label}</dt><dd>${list.slice(0, 200).map((id) => h`<a href="#${idOf(id)}">${id}</a> `)}</dd></div>`;

const failOnWords: Readonly<Record<Gate['failOn'], string>> = {
  must: 'a failed MUST',
  should: 'a failed MUST or SHOULD',
  inconclusive: 'a failed MUST or SHOULD, or an inconclusive requirement',
};

const gateBlock = ({ gate }: Report): Content =>
  gate === undefined
    ? undefined
    : h`<section class="gate" data-tone="${gate.passed ? 'pass' : 'fail'}" aria-labelledby="gate-title">
<h2 id="gate-title">Gate ${gate.passed ? 'passed' : 'failed'}</h2>
<p>${prose(gate.reason)}</p>
<dl class="pairs"><div><dt>Fails on</dt><dd>${failOnWords[gate.failOn]}</dd></div>${
        gate.baseline === undefined
          ? undefined
          : h`<div><dt>Known failures</dt><dd><code>${clip(gate.baseline, limits.line)}</code></dd></div>`
      }${ids('New', gate.fresh)}${ids('Known', gate.known)}${ids('No longer fails', gate.stale)}${ids('Not tested', gate.unchecked)}${ids('Does not work with', gate.clients ?? [])}</dl>
</section>
`;

const factsList = (report: Report): Markup => {
  const { traffic, time, settings } = report;
  const facts: [string, Content][] = [
    ['Target', h`<code>${clip(settings.target, limits.line)}</code>`],
    ['Started', h`<time datetime="${report.startedAt}">${dateTime(report.startedAt)}</time>`],
    [
      'Took',
      `${duration(time.total)}: ${duration(time.waiting)} waiting for the target, ${duration(time.work)} own work`,
    ],
    [
      'Traffic',
      `${countOf(traffic.exchanges, 'exchange')} in ${countOf(traffic.exercises, 'exercise')}; ${number(traffic.accepted)} of ${countOf(traffic.submissions, 'asynchronous request')} accepted`,
    ],
    ['Versions', `scim-conformance ${report.tool}, profile ${report.profile}`],
    ['Run', h`<code>${report.run}</code>, seed <code>${settings.seed}</code>, exit code ${report.exitCode}`],
  ];
  return h`<dl class="pairs">${facts.map(([name, value]) => h`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
`;
};

const leftoversBlock = (report: Report): Content => {
  const { leftovers, run } = report;
  if (leftovers.length === 0) return undefined;
  return h`<section class="notice" data-tone="warning" aria-labelledby="leftovers-title">
<h2 id="leftovers-title">Left behind on the target</h2>
<p>${countOf(leftovers.length, 'resource')} that the run could not delete, or could not recognise as its own. The names of all resources that it creates begin with <code>scimc-${run}-</code>.</p>
<ul>${leftovers.slice(0, mostLeftovers).map((leftover) => h`<li><code>${clip(leftover, limits.line)}</code></li>`)}${
    leftovers.length > mostLeftovers ? h`<li>… ${leftovers.length - mostLeftovers} more</li>` : undefined
  }</ul>
${commandBlock('Try again to delete it', cleanLine(report))}</section>
`;
};

/** What was expected, what was received and what to do, in short. */
const briefOf = ({ evidence, guide, reason }: RequirementResult): Content => {
  const pair = (name: string, value: Content): Markup => h`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return h`<dl class="brief">${
    evidence === undefined
      ? reason !== undefined && pair('Why', prose(clip(reason, limits.line)))
      : [pair('Expected', clip(evidence.expected, limits.line)), pair('What came', clip(evidence.actual, limits.line))]
  }${guide !== undefined && pair('What to do', prose(clip(guide.fix, limits.line)))}</dl>`;
};

const inShort = (result: RequirementResult, gate: Gate | undefined): Markup =>
  h`<li><p class="head"><a href="#${result.id}">${result.id}</a> ${prose(result.title)} <span class="level">${levelOf(result)}</span>${knownMark(result, gate)}</p>
${briefOf(result)}</li>
`;

const listInShort = (
  { gate }: Report,
  [title, id, rest]: readonly [title: string, id: string, rest: string],
  results: readonly RequirementResult[],
): Content =>
  results.length === 0
    ? undefined
    : h`<section aria-labelledby="${id}">
<h2 id="${id}">${title} <span class="count">${results.length}</span></h2>
<ul class="short">
${results.slice(0, mostInShort).map((result) => inShort(result, gate))}</ul>
${results.length > mostInShort ? h`<p><a href="#${rest}">All ${results.length}</a></p>` : undefined}</section>
`;

const problems = (report: Report): Content => {
  const has = (...wanted: string[]): RequirementResult[] =>
    report.requirements.filter(({ outcome }) => wanted.includes(outcome));
  const failed = has('fail');
  return [
    listInShort(report, ['What failed', 'failed-title', 'of-fail'], failed),
    listInShort(report, ['Errors of this tool', 'errors-title', 'of-harness-error'], has('harness-error')),
    listInShort(report, ['Unmet SHOULD requirements', 'warned-title', 'of-warning'], has('warning')),
    listInShort(
      report,
      ['Seen, but not confirmed', 'flaky-title', 'of-inconclusive'],
      has('inconclusive').filter(isFlaky),
    ),
  ];
};

/** A report contains no credentials, so that the reader has to give them again to repeat the run. */
const credentialNote = ({ target }: Report): Content =>
  target?.authenticated === true &&
  h`<p class="note">Give the same credentials in the environment: <code>SCIM_TOKEN</code>${
    target.secondCredential ? h` and <code>SCIM_SECOND_TOKEN</code>` : undefined
  }. In this report, markers such as <code>{{primary}}</code> stand for them.</p>
`;

export const masthead = (report: Report): Markup => {
  const verdict = verdictWords[report.verdict];
  return h`<header class="masthead" data-verdict="${verdict.tone}">
<p class="product">scim-conformance <span class="muted">– tests whether a SCIM provider keeps the asynchronous SCIM profile</span></p>
<h1><span class="muted">${isSynchronous(report) ? 'Verdict on synchronous SCIM' : 'Verdict'}:</span> <span class="verdict">${verdict.name}</span></h1>
<p class="lead">${prose(report.reason)}</p>
${factsList(report)}${commandBlock('Run it again', runLine(report))}${credentialNote(report)}</header>
${gateBlock(report)}${leftoversBlock(report)}${problems(report)}`;
};
