/** A timeline of the accepted asynchronous requests: when each was sent, accepted, polled and completed. */
import { axisX, dot, gridX, ruleY } from '@observablehq/plot';
import type { AsyncRequest, Report } from '../../../schemas/types.js';
import { clip, limits } from '../../../suites/events.js';
import { h, visible, type Content, type Markup } from '../text/markup.js';
import { duration, number, countOf } from '../text/words.js';
import { drawing } from './drawing.js';

/** As many lines as fit on a screen. The text says how many requests are left out. */
const mostRows = 160;
const mostLooks = 30;

interface Row {
  readonly row: number;
  readonly asked: number;
  readonly accepted: number;
  readonly end: number;
  readonly outcome: AsyncRequest['outcome'];
  readonly title: string;
}

const tones: Readonly<Record<AsyncRequest['outcome'], string>> = {
  completed: 'pass',
  deadline: 'fail',
  unreadable: 'warning',
  unwatched: 'skip',
};

const outcomeWords: Readonly<Record<AsyncRequest['outcome'], string>> = {
  completed: 'completed',
  deadline: 'not completed by the deadline',
  unreadable: 'not readable',
  unwatched: 'not followed to the end',
};

const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1000;

const sinceAccepted = ({ acceptedAt, settledAt }: AsyncRequest): string =>
  settledAt === undefined ? '' : ` after ${duration(settledAt - acceptedAt)}`;

const what = ({ method, shape, operations }: AsyncRequest): string =>
  shape === 'bulk' ? `bulk of ${countOf(operations, 'operation')}` : method;

const rowOf = (request: AsyncRequest, row: number): Row => ({
  row,
  asked: seconds(request.askedAt),
  accepted: seconds(request.acceptedAt),
  end: seconds(Math.max(request.acceptedAt, request.settledAt ?? 0, ...request.looks.slice(-1).map(({ at }) => at))),
  outcome: request.outcome,
  title: visible(
    `${clip(what(request), limits.name)}, ${request.binding}: ${outcomeWords[request.outcome]}${sinceAccepted(request)} (${clip(request.exercise, limits.name)})`,
  ),
});

const figure = (requests: readonly AsyncRequest[]): Markup => {
  const rows = requests.map(rowOf);
  const looks = requests.flatMap((request, row) =>
    request.looks.slice(0, mostLooks).map((look) => ({ row, at: seconds(look.at), state: look.state })),
  );
  const tone = ({ outcome }: Row): string => `var(--${tones[outcome]})`;
  const rowHeight = Math.min(16, Math.max(5, 520 / rows.length));
  const [from, to] = [Math.min(...rows.map(({ asked }) => asked)), Math.max(...rows.map(({ end }) => end))];
  const of = (outcome: AsyncRequest['outcome']): Row[] => rows.filter((row) => row.outcome === outcome);
  return drawing('Timeline of the asynchronous requests, one line each', {
    width: 960,
    height: Math.round(rows.length * rowHeight) + 60,
    marginLeft: 12,
    marginRight: 16,
    marginBottom: 40,
    x: { domain: [from, Math.max(to, from + 0.001)], nice: true },
    y: { axis: null, domain: [-0.7, rows.length - 0.3], reverse: true },
    marks: [
      gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
      axisX({ label: 'seconds from the start of the run', labelAnchor: 'center', labelArrow: 'none' }),
      ruleY(rows, {
        y: 'row',
        x1: 'asked',
        x2: 'accepted',
        stroke: 'var(--muted)',
        strokeWidth: 1.5,
        strokeDasharray: '1 1.5',
      }),
      ruleY(rows, {
        y: 'row',
        x1: 'accepted',
        x2: 'end',
        stroke: tone,
        strokeWidth: 2,
        strokeOpacity: 0.55,
        title: 'title',
      }),
      dot(looks, { x: 'at', y: 'row', r: 1.4, fill: 'var(--muted)' }),
      dot(rows, { x: 'accepted', y: 'row', r: 2.2, fill: 'var(--paper)', stroke: 'currentColor', strokeWidth: 1 }),
      dot(of('completed'), { x: 'end', y: 'row', r: 2.6, fill: tone }),
      dot(of('deadline'), { x: 'end', y: 'row', r: 3.6, symbol: 'times', stroke: tone, strokeWidth: 2 }),
      dot(of('unreadable'), { x: 'end', y: 'row', r: 3, symbol: 'triangle', fill: tone }),
    ],
  });
};

const table = (requests: readonly AsyncRequest[]): Markup =>
  h`<details class="numbers"><summary>The timeline in numbers</summary>
<div class="wide" tabindex="0" role="group" aria-label="The timeline in numbers">
<table><thead><tr><th scope="col">sent at</th><th scope="col">request</th><th scope="col">binding</th><th scope="col">accepted after</th><th scope="col">polls</th><th scope="col">ended</th><th scope="col">exercise</th></tr></thead>
<tbody>
${requests.map(
  (request) =>
    h`<tr><th scope="row">${seconds(request.askedAt).toFixed(2)} s</th><td>${clip(what(request), limits.name)}</td><td>${request.binding}</td><td>${duration(request.acceptedAt - request.askedAt)}</td><td>${request.looks.length}</td><td>${outcomeWords[request.outcome]}${sinceAccepted(request)}</td><td><code>${clip(request.exercise, limits.name)}</code></td></tr>
`,
)}</tbody></table>
</div>
</details>
`;

/** The median and the longest time from acceptance to completion. */
const medianWait = (requests: readonly AsyncRequest[]): string => {
  const waits = requests
    .flatMap(({ acceptedAt, settledAt }) => (settledAt === undefined ? [] : [settledAt - acceptedAt]))
    .toSorted((left, right) => left - right);
  const middle = waits[Math.floor(waits.length / 2)];
  const longest = waits.at(-1);
  return middle === undefined || longest === undefined
    ? ''
    : ` From acceptance to completion: median ${duration(middle)}, longest ${duration(longest)}.`;
};

const inWords = (all: readonly AsyncRequest[], shown: readonly AsyncRequest[]): string => {
  const counts = (['completed', 'deadline', 'unreadable', 'unwatched'] as const)
    .map((outcome) => [all.filter((request) => request.outcome === outcome).length, outcomeWords[outcome]] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${number(count)} ${words}`);
  const part = all.length > shown.length ? ` The first ${shown.length} are drawn.` : '';
  return `${countOf(all.length, 'accepted request')}: ${counts.join(', ')}.${medianWait(all)}${part}`;
};

/** Explains the symbols that occur in the drawing. */
const keys = (shown: readonly AsyncRequest[]): Content => {
  const ends: [AsyncRequest['outcome'], Markup][] = [
    ['completed', h`<span class="key key-dot" data-tone="pass">completed</span> `],
    ['deadline', h`<span class="key key-cross" data-tone="fail">deadline passed</span> `],
    ['unreadable', h`<span class="key key-triangle" data-tone="warning">not readable</span>`],
  ];
  return [
    h`<span>One line for each request, in the order in which they were sent.</span> <span class="key key-ring">accepted</span> <span class="key key-small">polled</span> `,
    ...ends.filter(([outcome]) => shown.some((request) => request.outcome === outcome)).map(([, key]) => key),
  ];
};

export const timelineSection = ({ timeline }: Report): Content => {
  if (timeline === undefined || timeline.length === 0) return undefined;
  const shown = timeline.toSorted((left, right) => left.askedAt - right.askedAt).slice(0, mostRows);
  return h`<section id="timeline" aria-labelledby="timeline-title">
<h2 id="timeline-title">Asynchronous requests over time</h2>
<p>${inWords(timeline, shown)}</p>
<figure>
${figure(shown)}<figcaption>${keys(shown)}</figcaption>
</figure>
${table(shown)}</section>
`;
};
