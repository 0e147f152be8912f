/** One exchange as HTML: request and response, JSON on several lines, long bodies cut. */
import type { Exchange, HeaderList } from '../../schemas/types.js';
import { clip, limits } from '../../suites/events.js';
import { jsonLayout } from './text/json-layout.js';
import { h, type Content, type Markup } from './text/markup.js';
import { duration } from './text/words.js';

const mostHeaders = 40;

const credentials: Readonly<Record<Exchange['credential'], string | undefined>> = {
  primary: undefined,
  second: 'as the second client',
  none: 'without a credential',
  invalid: 'with an invalid credential',
  'status-token': 'with the status token',
};

/** The path below the target's base URL, such as `/Users/1`; other URLs stay whole. */
export const shortUrl = (url: string, base: string): string =>
  url.startsWith(`${base}/`) ? url.slice(base.length) : url;

interface Body {
  readonly body?: string;
  readonly truncated?: boolean;
}

const bodyOf = ({ body = '', truncated = false }: Body): Content => {
  if (body === '') return undefined;
  const note = truncated ? h`<span class="note">The body was longer; only its beginning was kept.</span>` : undefined;
  const laid = jsonLayout(body, limits.body) ?? clip(body, limits.body);
  return [h`\n\n${laid}`, note === undefined ? undefined : h`\n${note}`];
};

const headersOf = (headers: HeaderList): Content => [
  headers
    .slice(0, mostHeaders)
    .map(([name, value]) => h`\n<b>${clip(name, limits.name)}</b>: ${clip(value, limits.headerValue)}`),
  headers.length > mostHeaders ? h`\n… ${headers.length - mostHeaders} more` : undefined,
];

const answerOf = ({ response, failure }: Exchange): Markup =>
  response === undefined
    ? h`<pre><strong>No answer</strong>\n${failure?.message ?? 'no reason known'}</pre>`
    : h`<pre><strong>HTTP ${response.status}</strong>${headersOf(response.headers)}${bodyOf(response)}</pre>`;

/** The summary line opens and closes the exchange. Without the script it is open. */
export const exchangeBlock = (exchange: Exchange, base: string): Markup => {
  const { request, response } = exchange;
  const about = [
    exchange.variant,
    credentials[exchange.credential],
    exchange.retryOf === undefined ? undefined : `again after #${exchange.retryOf} was throttled`,
    duration(exchange.took),
  ].filter((words) => words !== undefined);
  return h`<details class="exchange" open>
<summary><span class="place">#${exchange.n}</span> <code>${request.method} ${clip(shortUrl(request.url, base), limits.line)}</code> → <strong>${response?.status ?? 'no answer'}</strong> <span class="muted">${about.map((words) => clip(words, limits.line)).join(', ')}</span></summary>
<div class="sides">
<div><p class="label">Request</p>
<pre><strong>${request.method} ${clip(request.url, limits.url)}</strong>${headersOf(request.headers)}${bodyOf(request)}</pre></div>
<div><p class="label">Response</p>
${answerOf(exchange)}</div>
</div>
</details>
`;
};
