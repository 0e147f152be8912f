/** What the target makes of the requests of well-known clients: one table for each client, and the exchanges of what fails. */
import type { ClientShape, Report } from '../../schemas/types.js';
import { clip, limits } from '../../suites/events.js';
import { clientsIn, outcomeWords, type ClientRows } from '../facts/clients.js';
import { exchangeBlock } from './exchange.js';
import { h, link, type Content, type Markup } from './text/markup.js';

const tones: Readonly<Record<ClientShape['outcome'], string>> = {
  works: 'pass',
  refused: 'warning',
  ignored: 'warning',
  wrong: 'fail',
  'not-tried': 'skip',
};

const row = (shape: ClientShape): Markup =>
  h`<tr><th scope="row"><code>${clip(shape.shape, limits.name)}</code></th><td>${clip(shape.title, limits.line)}<br><span class="muted"><code>${clip(shape.request, limits.line)}</code></span></td><td><span class="outcome-word" data-tone="${tones[shape.outcome]}">${outcomeWords(shape)}</span>${
    shape.reason === undefined ? undefined : h`<br><span class="muted">${clip(shape.reason, limits.paragraph)}</span>`
  }</td><td>${link(shape.source, 'documentation')}</td></tr>
`;

const shown = ({ shape, exchanges = [] }: ClientShape, base: string): Content =>
  exchanges.length === 0
    ? undefined
    : h`<details class="legend"><summary>The exchanges of <code>${clip(shape, limits.name)}</code></summary>
${exchanges.map((exchange) => exchangeBlock(exchange, base))}</details>
`;

const tableOf = ({ title, name, rows, inShort }: ClientRows, base: string): Markup =>
  h`<div class="wide" tabindex="0" role="group" aria-label="Requests of ${title}"><table class="clients">
<caption>${title} (${name}): ${inShort}</caption>
<thead><tr><th scope="col">Shape</th><th scope="col">Request</th><th scope="col">Outcome</th><th scope="col">Source</th></tr></thead>
<tbody>
${rows.map(row)}</tbody>
</table></div>
${rows.map((each) => shown(each, base))}`;

export const clientsSection = (report: Report): Content => {
  const clients = clientsIn(report);
  if (clients.length === 0) return undefined;
  return h`<section id="clients" aria-labelledby="clients-title">
<h2 id="clients-title">Works with</h2>
<p>What the target makes of the requests that these clients send, as their public documentation shows them. This is information: it does not change the verdict. <em>Works</em>: success, and the effect can be read. <em>Refused</em>: no success. <em>Ignored</em>: success without an effect. <em>Wrong</em>: success with another effect.</p>
${clients.map((client) => tableOf(client, report.settings.target))}</section>
`;
};
