/** A profile file: what it changes, retires and declares is what a run, and a recording of it, are judged by. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { jsonReport } from '../../reports/json.js';
import { traceLines } from '../../reports/trace.js';
import type { ProfileFile } from '../../schemas/types.js';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import { judgeRecording, readProfile, readRecording, type Profile, type Report } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(120_000);

const text = readFileSync(new URL('../../docs/examples/overlay/things.json', import.meta.url), 'utf8');

const file = JSON.parse(text) as ProfileFile;

/** Few scenarios are enough to exercise what the file is about. */
const traffic = ['async-create', 'each-effect', 'invalid-user', 'resource-lifecycle'];

const small = (whole: Profile): Profile => ({
  ...whole,
  scenarios: whole.scenarios.filter(({ name }) => traffic.includes(name)),
});

const things = small(readProfile(text));

type Seams = Extract<MockProviderOptions, { seams?: unknown }>['seams'];

const run = async (profile: Profile, seams: Seams = {}, only: readonly string[] = []) => {
  const lines: string[] = [];
  const { report } = await simulate({
    seed: 4,
    provider: mockProvider({ seams }),
    run: {
      profile,
      only,
      runs: 1,
      burst: 0,
      binding: 'request-mode',
      onEvent: (event) => lines.push(traceLines(event)),
    },
  });
  return { report, recording: lines.join('') };
};

const outcomes = ({ requirements }: Report): unknown =>
  requirements.map(({ id, level, outcome, evidence }) => [id, level, outcome, evidence?.code]);

void t.test('what a file changes and declares is judged, and what it retires is not', async (t) => {
  const { report, recording } = await run(things);
  t.equal(report.profile, 'draft-example-scim-things-02 (base 1.1)');
  t.equal(report.settings.profile, report.profile);
  const shown = new Map(report.requirements.map(({ id, level, outcome, source }) => [id, { level, outcome, source }]));
  t.strictSame(shown.get('ACC-06'), { level: 'MUST', outcome: 'pass', source: file.sources?.['ACC-06'] });
  t.equal(shown.get('ERR-05')?.level, 'SHOULD');
  t.equal(shown.has('STAT-08'), false);
  for (const id of ['THING-01', 'THING-02', 'THING-03', 'THING-04']) t.equal(shown.get(id)?.outcome, 'pass', id);
  t.equal(jsonReport(await judgeRecording(readRecording(recording), { profile: things })), jsonReport(report));
});

void t.test('a recording is judged under the file and under its base', async (t) => {
  const base = small(readProfile(JSON.stringify({ name: 'same', base: '1.1' })));
  const { recording } = await run(base);
  const idsBy = async (profile: Profile): Promise<string[]> =>
    (await judgeRecording(readRecording(recording), { profile })).requirements.map(({ id }) => id);
  const [before, after] = [await idsBy(base), await idsBy(things)];
  t.strictSame(
    before.filter((id) => !after.includes(id)),
    ['STAT-08'],
  );
  t.strictSame(
    after.filter((id) => !before.includes(id)),
    ['THING-01', 'THING-02', 'THING-03', 'THING-04'],
  );
});

/** Changes the answers of the mock that have this status. */
const answering = (
  status: number,
  change: (answer: { body: unknown; headers: Record<string, string> }) => object,
): Seams => ({
  respond: (answer) => {
    if (answer.status !== status) return answer;
    const { body, headers } = answer;
    return { ...answer, ...change({ body, headers }) };
  },
});

/** An object without one of its members. */
const without = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))
    : value;

let looks = 0;

const broken: Record<string, { seams: Seams; id: string; level: string; outcome: string; code: string }> = {
  'a body without a member': {
    seams: answering(202, ({ body }) => ({ body: without(body, 'id') })),
    id: 'THING-01',
    level: 'MUST',
    outcome: 'fail',
    code: 'body-invalid',
  },
  'a field of another form': {
    seams: answering(202, ({ headers }) => ({ headers: { ...headers, 'Retry-After': '1.5' } })),
    id: 'THING-02',
    level: 'SHOULD',
    outcome: 'warning',
    code: 'field-invalid',
  },
  'an exchange that contradicts itself': {
    seams: answering(201, ({ headers }) => ({ headers: { ...headers, Location: 'https://mock.example/elsewhere' } })),
    id: 'THING-03',
    level: 'MUST',
    outcome: 'fail',
    code: 'rule-broken',
  },
  'a history that contradicts itself': {
    seams: answering(200, ({ body }) => {
      if (typeof body !== 'object' || body === null || !('operationsCount' in body)) return {};
      looks += 1;
      return { body: { ...body, operationsCount: { total: looks, success: 0, failed: 0, pending: looks } } };
    }),
    id: 'THING-04',
    level: 'MUST',
    outcome: 'fail',
    code: 'rule-broken',
  },
};

for (const [what, { seams, id, level, outcome, code }] of Object.entries(broken)) {
  void t.test(`${what} is found, confirmed, and has the code of its kind`, async (t) => {
    const { report } = await run(things, seams, [id]);
    t.strictSame(outcomes(report), [[id, level, outcome, code]]);
    t.equal(report.exitCode, outcome === 'fail' ? 1 : 0);
  });
}

void t.test('a changed level decides whether a run fails', async (t) => {
  const seams = answering(202, ({ headers }) => ({ headers: { ...headers, 'Retry-After': 'soon' } }));
  const base = small(readProfile(JSON.stringify({ name: 'same', base: '1.1' })));
  t.match(outcomes((await run(base, seams, ['ACC-06'])).report), [['ACC-06', 'SHOULD', 'warning']]);
  t.match(outcomes((await run(things, seams, ['ACC-06'])).report), [['ACC-06', 'MUST', 'fail']]);
});

void t.test('a rule that decides nothing is an error of the file, and the target does not fail', async (t) => {
  const [declared] = file.requirements ?? [];
  if (declared === undefined) throw new Error('the file declares nothing');
  const rule = { kind: 'exchange', expression: 'response.body.nothing > 1' } as const;
  const profile = small(readProfile(JSON.stringify({ ...file, requirements: [{ ...declared, rule }] })));
  const { report } = await run(profile, {}, ['THING-01', 'ACC-06']);
  t.match(report, {
    verdict: 'error',
    exitCode: 2,
    reason: '1 requirement could not be judged because of a mistake in the profile file: THING-01.',
    requirements: [{ outcome: 'pass' }, { outcome: 'harness-error', blockedBy: 'rule-undecided' }],
  });
});
