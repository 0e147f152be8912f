/** The settings of the run and what it discovered about the target, for readers who repeat or explain the run. */
import type { Report, Settings, TargetFacts } from '../../schemas/types.js';
import { clip, limits } from '../../suites/events.js';
import { jsonLayout } from './text/json-layout.js';
import { h, type Content, type Markup } from './text/markup.js';
import { duration, number } from './text/words.js';

type Pairs = readonly (readonly [string, Content])[];

const pairs = (list: Pairs): Markup =>
  h`<dl class="pairs">${list.map(([name, value]) => (value === undefined ? undefined : h`<div><dt>${name}</dt><dd>${value}</dd></div>`))}</dl>
`;

const listed = (values: readonly string[], none: string): string =>
  values.length === 0 ? none : clip(values.join(', '), limits.paragraph);

const settingsOf = (settings: Settings): Pairs => [
  ['Target file', settings.targetFile],
  ['Profile file', settings.profileFile],
  ['Groups', listed(settings.suites, 'all')],
  ['Requirements', listed(settings.only, 'all')],
  ['Seed', String(settings.seed)],
  ['Path', settings.path],
  ['Random inputs of each scenario', number(settings.runs)],
  ['Timeout of an exchange', duration(settings.timeoutMs)],
  ['Deadline of a request', duration(settings.deadlineMs)],
  ['Exchanges at a time', number(settings.concurrency)],
  ['Scope', settings.scope],
  ['Binding', settings.binding],
  ['Bindings declared by the user', settings.serves === undefined ? undefined : listed(settings.serves, 'none')],
  ['Features declared by the user', settings.features === undefined ? undefined : listed(settings.features, 'none')],
  ['Completion observed by', settings.observe],
  ['Burst', settings.burst === 0 ? 'none' : `at most ${number(settings.burst)} requests`],
  ['Read only', settings.readOnly ? 'yes' : 'no'],
  ['Requests', settings.maxRequests === undefined ? undefined : `at most ${number(settings.maxRequests)}`],
  ['Requests a second', settings.maxRps === undefined ? undefined : `at most ${number(settings.maxRps)}`],
  ['Clients', settings.clients === undefined ? undefined : listed(settings.clients, 'none')],
  ['Shard', settings.shard === undefined ? undefined : `${settings.shard.index} of ${settings.shard.of}`],
];

const foundBy = { advertised: 'advertised', declared: 'declared by the user', probed: 'found by trying' };

const bindingsOf = ({ bindings }: TargetFacts): string =>
  listed(
    (['request-mode', 'respond-async'] as const).flatMap((name) => {
      const found = bindings[name];
      return found === undefined ? [] : [`${name} (${foundBy[found]})`];
    }),
    'none',
  );

const json = (value: unknown): Content => {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value);
  return h`<pre>${jsonLayout(text, limits.body) ?? clip(text, limits.body)}</pre>`;
};

const targetOf = (target: TargetFacts): Pairs => [
  ['Base URL', h`<code>${clip(target.baseUrl, limits.line)}</code>`],
  ['Credentials', target.secondCredential ? 'of two clients' : target.authenticated ? 'of one client' : 'none'],
  ['Judged scope', target.scope],
  ['Bindings', bindingsOf(target)],
  ['How they were found', clip(target.bindingNote, limits.paragraph)],
  [
    'Capabilities',
    listed(
      (['patch', 'bulk', 'filter', 'groups'] as const).filter((name) => target.capabilities[name]),
      'none',
    ),
  ],
  ['Optional features', listed(target.features, 'none')],
  [
    'Operations of a bulk request',
    target.bulkMaxOperations === undefined ? undefined : `at most ${number(target.bulkMaxOperations)}`,
  ],
  [
    'Bytes of a bulk request',
    target.bulkMaxPayloadSize === undefined ? undefined : `at most ${number(target.bulkMaxPayloadSize)}`,
  ],
  ['Completion observed by', target.observation],
  ['Event delivery', target.deliveries === undefined ? undefined : listed(target.deliveries, 'none')],
  ['Signing keys', target.signingKeys ?? target.noSigningKeys],
  [
    'Demanded attributes, sent with invented values',
    target.inventedAttributes === undefined
      ? undefined
      : clip(listed(target.inventedAttributes, 'none'), limits.paragraph),
  ],
  ['Async extension', json(target.asyncExtension)],
  ['Security events', json(target.securityEvents)],
];

export const runSection = (report: Report): Markup =>
  h`<section id="run" aria-labelledby="run-title">
<h2 id="run-title">The run</h2>
<h3>Settings</h3>
${pairs(settingsOf(report.settings))}${
    report.target === undefined
      ? h`<p class="muted">The target was not reached, so nothing is known about it.</p>
`
      : h`<h3>What is known about the target</h3>
${pairs(targetOf(report.target))}`
  }</section>
`;
