import t, { type Test } from 'tap';
import { faults } from '../../mock/index.js';
import { jsonReport } from '../../reports/json.js';
import { traceLines } from '../../reports/trace.js';
import { mockProvider, simulate, type NetworkOptions } from '../../simulation/index.js';

t.setTimeout(1_800_000);

interface Case {
  readonly seed: number;
  readonly faults?: readonly string[];
  readonly deliveries?: readonly ('poll' | 'push')[];
  readonly network?: NetworkOptions;
  readonly runs?: number;
}

interface Files {
  readonly report: string;
  readonly trace: string;
}

/** The report and the trace, as the command line writes them. */
const filesOf = async ({ seed, faults = [], deliveries = [], network = {}, runs = 1 }: Case): Promise<Files> => {
  const lines: string[] = [];
  const { report } = await simulate({
    seed,
    provider: mockProvider({ retryAfterSeconds: 0, faults }),
    deliveries,
    network,
    run: { runs, burst: 40, deadlineMs: 20_000, onEvent: (event) => lines.push(traceLines(event)) },
  });
  return { report: jsonReport(report), trace: lines.join('') };
};

/** A difference of megabytes cannot be read: the first line that differs can. */
const demandSame = (t: Test, one: Files, other: Files, what: string): void => {
  const [a, b] = [one.trace.split('\n'), other.trace.split('\n')];
  const place = a.findIndex((line, at) => line !== b[at]);
  t.equal(a[place], b[place], `${what}: line ${place + 1} of the trace`);
  t.equal(a.length, b.length, `${what}: lines of the trace`);
  t.equal(one.report, other.report, `${what}: the report`);
};

void t.test('the honest mock, all deliveries: each run of a seed is the same to the byte', async (t) => {
  const honest: Case = { seed: 5, deliveries: ['poll', 'push'] };
  const first = await filesOf(honest);
  t.match(JSON.parse(first.report), { verdict: 'conformant', leftovers: [], time: { work: 0 } });
  t.ok(first.trace.split('\n').length > 2000);
  const [again, other] = await Promise.all([filesOf(honest), filesOf({ seed: 6 })]);
  demandSame(t, again, first, 'again, beside another');
  t.not(other.report, first.report);
});

void t.test('faults, in both orders of running and a network that breaks connections', async (t) => {
  const network: NetworkOptions = { troubles: [{ mishap: 'answer-lost', share: 0.005 }] };
  const cases = Array.from({ length: 2 }, (_, place): Case => {
    const fault = faults[Math.floor(((place + 0.5) * faults.length) / 2)]?.name ?? '';
    return { seed: 30 + place, faults: [fault], ...(place % 2 === 0 ? { network } : {}) };
  });
  const forth: Files[] = [];
  for (const each of cases) forth.push(await filesOf(each));
  for (const [place, each] of [...cases.entries()].reverse())
    demandSame(t, await filesOf(each), forth[place] ?? { report: '', trace: '' }, each.faults?.[0] ?? '');
});
