import t from 'tap';
import { jsonReport } from '../../reports/json.js';
import { traceLines } from '../../reports/trace.js';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import { validate } from '../../schemas/validators.js';
import {
  judgeRecording,
  readRecording,
  RecordingError,
  type ErrorCode,
  type Report,
  type RunOptions,
} from '../../suites/index.js';
import { runSuite } from '../harness/run-suite.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(1_800_000);

const record = async (
  mockOptions: MockProviderOptions,
  { seed = 1, ...options }: Omit<RunOptions, 'target'>,
): Promise<{ report: Report; recording: string }> => {
  const lines: string[] = [];
  const { report, provider } = await simulate({
    seed,
    provider: mockProvider({ retryAfterSeconds: 0, ...mockOptions }),
    run: {
      ...options,
      onEvent: (event) => {
        lines.push(traceLines(event));
        options.onEvent?.(event);
      },
    },
  });
  const recording = lines.join('');
  for (const secret of [provider.target.token, provider.target.secondToken]) {
    if (recording.includes(secret ?? '')) throw new Error('the recording holds a credential');
  }
  return { report, recording };
};

void t.test(
  'a run that found failures, made them smaller and confirmed them is judged to the same bytes',
  async (t) => {
    const { report, recording } = await record(
      {
        faults: [
          'results-swapped',
          'retry-after-too-short',
          'failed-create-overwrites',
          'unknown-mode-is-not-implemented',
        ],
      },
      { seed: 11, runs: 2, burst: 100 },
    );
    const red = report.requirements.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
    // Whether the burst comes fast enough to be throttled is the machine's business.
    t.ok(red.includes('LIFE-05') && red.length > 1, red.join(', '));
    t.equal(jsonReport(await judgeRecording(readRecording(recording))), jsonReport(report));
    const lines = recording.trimEnd().split('\n');
    t.ok(lines.length > 1000, `${lines.length} lines`);
    t.strictSame(
      lines.map((line) => validate('files/trace', JSON.parse(line))).filter(({ valid }) => !valid),
      [],
    );
  },
);

void t.test('judging a recording uses its own gate', async (t) => {
  const { report, recording } = await record(
    { faults: ['unknown-mode-is-not-implemented'] },
    { seed: 2, only: ['MODE-04'], burst: 0 },
  );
  t.equal(report.exitCode, 0);
  const judged = await judgeRecording(readRecording(recording), { gate: { failOn: 'should' } });
  t.equal(judged.exitCode, 1);
  t.strictSame(judged.gate?.fresh, ['MODE-04 status-wrong']);
});

for (const [when, after] of [
  ['while it exercises', 30],
  ['while it confirms', undefined],
] as const) {
  void t.test(`a run that was interrupted ${when} is judged to the same bytes`, async (t) => {
    const controller = new AbortController();
    let exercised = 0;
    const { report, recording } = await record(
      { faults: ['results-swapped'] },
      {
        seed: 3,
        suites: ['LIFE'],
        burst: 0,
        signal: controller.signal,
        onEvent: ({ type }) => {
          if (type === 'exercised') exercised += 1;
          if (after === undefined ? type === 'shrinking' : exercised === after) controller.abort();
        },
      },
    );
    t.equal(report.verdict, 'interrupted');
    t.equal(jsonReport(await judgeRecording(readRecording(recording))), jsonReport(report));
  });
}

for (const maxTimeMs of [1500, 4000]) {
  void t.test(`a run whose time was over after ${maxTimeMs} ms is judged to the same bytes`, async (t) => {
    const { report, recording } = await record(
      { faults: ['results-swapped', 'unknown-mode-is-not-implemented'] },
      { seed: 3, suites: ['LIFE', 'MODE'], burst: 0, maxTimeMs },
    );
    t.ok(report.requirements.some(({ blockedBy }) => blockedBy === 'max-time-reached'));
    t.equal(jsonReport(await judgeRecording(readRecording(recording))), jsonReport(report));
  });
}

void t.test('a run that could not begin is judged to the same bytes', async (t) => {
  const lines: string[] = [];
  const report = await runSuite({
    target: { baseUrl: 'http://127.0.0.1:9/' },
    seed: 1,
    onEvent: (event) => lines.push(traceLines(event)),
  });
  t.equal(report.verdict, 'unreachable');
  t.equal(jsonReport(await judgeRecording(readRecording(lines.join('')))), jsonReport(report));
});

void t.test('the recording of a run that was killed is judged as far as it goes', async (t) => {
  const { report, recording } = await record(
    { faults: ['unknown-mode-is-not-implemented'] },
    { only: ['CORE', 'MODE', 'LIFE-01'], seed: 1, burst: 0 },
  );
  const lines = recording.trimEnd().split('\n');
  t.match(await judgeRecording(readRecording(lines.slice(0, 1).join('\n'))), {
    verdict: 'interrupted',
    requirements: [],
  });
  const judged = async (text: string) => judgeRecording(readRecording(text));
  const outcomes = ({ requirements }: Report) => new Map(requirements.map(({ id, outcome }) => [id, outcome]));
  const whole = outcomes(report);
  t.equal(whole.get('MODE-04'), 'warning');
  for (const share of [0.1, 0.3, 0.5, 0.9]) {
    const cut = recording.slice(0, Math.floor(recording.length * share));
    const part = await judged(cut);
    t.match(part, { verdict: 'interrupted', exitCode: 130, run: report.run, leftovers: { length: 1 } }, `${share}`);
    for (const [id, outcome] of outcomes(part))
      t.ok([whole.get(id), 'inconclusive'].includes(outcome), `${share}: ${id} ${outcome}`);
  }
  const allButTheEnd = await judged(`${lines.slice(0, -1).join('\n')}\n`);
  t.strictSame(outcomes(allButTheEnd), whole, 'the findings were confirmed before');
});

void t.test('a broken recording is refused, and the message names the line', async (t) => {
  const { recording } = await record({}, { only: ['CORE-01'], seed: 1 });
  const lines = recording.trimEnd().split('\n');
  const wrong: [string, string, ErrorCode, RegExp?][] = [
    ['nothing', '', 'empty-recording'],
    ['no JSON', `${lines[0] ?? ''}\n{\n`, 'not-json', /line 2 /],
    ['another format', '{"type":"run"}', 'not-a-trace-line', /line 1 /],
    ['no head', lines.slice(1).join('\n'), 'misplaced-line', /line 1: /],
    ['an exercise in an exercise', [...lines.slice(0, 3), lines[2]].join('\n'), 'misplaced-line', /line 4: /],
  ];
  for (const [what, text, code, message = /./] of wrong) {
    t.throws(() => readRecording(text), { name: RecordingError.name, code, message }, what);
  }
});

void t.test('a byte order mark before a recording is named', (t) => {
  t.throws(() => readRecording('\ufeff{"type":"run"}\n'), { code: 'not-json', message: /byte order mark \(U\+FEFF\)/ });
  t.end();
});
