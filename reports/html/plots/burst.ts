/**
 * What the burst showed about the rate limiter: the responses over time, and the token bucket that was estimated from
 * them.
 */
import { axisX, axisY, dot, gridY, line, lineY } from '@observablehq/plot';
import type { BurstAnswer, RateLimitEstimate, Report } from '../../../schemas/types.js';
import { limitsInWords } from '../../facts/rate-limit.js';
import { h, type Content, type Markup } from '../text/markup.js';
import { duration, number, countOf } from '../text/words.js';
import { drawing } from './drawing.js';

type Fate = 'admitted' | 'throttled' | 'unanswered';

interface Point {
  readonly seconds: number;
  readonly admitted: number;
  readonly fate: Fate;
}

/** A reader could not tell more points apart. */
const mostPoints = 1500;

const tableRows = 10;

const fateOf = ({ status }: BurstAnswer): Fate =>
  status === 0 ? 'unanswered' : status === 429 || status === 503 ? 'throttled' : 'admitted';

/** Each answer, with the number of requests admitted so far. */
const pointsOf = (answers: readonly BurstAnswer[]): Point[] => {
  let admitted = 0;
  return answers
    .toSorted((left, right) => left.at - right.at)
    .map((answer) => {
      const fate = fateOf(answer);
      if (fate === 'admitted') admitted += 1;
      return { seconds: answer.at / 1000, admitted, fate };
    });
};

const thinned = (points: readonly Point[]): Point[] => {
  const step = Math.ceil(points.length / mostPoints);
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
};

const bucketOf = ({ capacity, refillPerSecond }: RateLimitEstimate, seconds: number): Point[] =>
  capacity === undefined || refillPerSecond === undefined
    ? []
    : [0, seconds].map((at) => ({ seconds: at, admitted: capacity + refillPerSecond * at, fate: 'admitted' }));

const inWords = (estimate: RateLimitEstimate): string => {
  const { requests, throttled, capacity, refillPerSecond } = estimate;
  const bucket =
    capacity === undefined || refillPerSecond === undefined
      ? 'The size of the limiter could not be estimated.'
      : `Estimated: about ${number(capacity)} at once, then ${number(refillPerSecond)} a second.`;
  const limits = limitsInWords(estimate).map((sentence) => ` ${sentence}.`);
  return `${number(throttled)} of ${countOf(requests, 'request')} of the burst were throttled. ${bucket}${limits.join('')}`;
};

const figure = (estimate: RateLimitEstimate, points: readonly Point[]): Markup => {
  const end = points.at(-1)?.seconds ?? 0;
  const shown = thinned(points);
  const of = (fate: Fate): Point[] => shown.filter((point) => point.fate === fate);
  const bucket = bucketOf(estimate, end);
  const place = { x: 'seconds', y: 'admitted' };
  return drawing('Requests admitted by the rate limiter over time', {
    width: 720,
    height: 320,
    marginLeft: 56,
    marginBottom: 40,
    x: { domain: [0, Math.max(end, 0.001)] },
    y: { zero: true, nice: true },
    marks: [
      gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      axisX({ label: 'seconds from the first request', labelAnchor: 'center', labelArrow: 'none' }),
      axisY({ label: 'requests admitted so far', labelArrow: 'none' }),
      lineY(points.length > 0 ? bucket : [], {
        ...place,
        stroke: 'var(--accent)',
        strokeDasharray: '6 4',
        strokeWidth: 1.5,
      }),
      line(shown, { ...place, stroke: 'var(--pass)', strokeWidth: 1, strokeOpacity: 0.5 }),
      dot(of('admitted'), { ...place, r: 1.8, fill: 'var(--pass)' }),
      dot(of('throttled'), { ...place, r: 3.5, symbol: 'times', stroke: 'var(--fail)', strokeWidth: 1.5 }),
      dot(of('unanswered'), { ...place, r: 3, symbol: 'square', stroke: 'var(--inconclusive)' }),
    ],
  });
};

/** The same data in numbers, for ten equal parts of the time. */
const table = (points: readonly Point[]): Markup => {
  const end = points.at(-1)?.seconds ?? 0;
  const rows = Array.from({ length: tableRows }, (_, index) => {
    const [from, to] = [(end * index) / tableRows, (end * (index + 1)) / tableRows];
    const last = index === tableRows - 1;
    const inside = points.filter(({ seconds }) => seconds >= from && (last || seconds < to));
    const count = (fate: Fate): number => inside.filter((point) => point.fate === fate).length;
    return h`<tr><th scope="row">${duration(to * 1000)}</th><td>${count('admitted')}</td><td>${count('throttled')}</td><td>${count('unanswered')}</td></tr>
`;
  });
  return h`<details class="numbers"><summary>The burst in numbers</summary>
<table><thead><tr><th scope="col">until</th><th scope="col">admitted</th><th scope="col">throttled</th><th scope="col">no answer</th></tr></thead>
<tbody>
${rows}</tbody></table>
</details>
`;
};

export const burstSection = ({ rateLimit }: Report): Content => {
  if (rateLimit === undefined) return undefined;
  const points = pointsOf(rateLimit.answers ?? []);
  return h`<section id="burst" aria-labelledby="burst-title">
<h2 id="burst-title">Rate limit</h2>
<p>${inWords(rateLimit)}</p>
${
  points.length === 0
    ? undefined
    : h`<figure>
${figure(rateLimit, points)}<figcaption><span class="key key-dot" data-tone="pass">admitted</span> <span class="key key-cross" data-tone="fail">throttled (429 or 503)</span> <span class="key key-dash" data-tone="accent">estimated bucket</span></figcaption>
</figure>
${table(points)}`
}</section>
`;
};
