/** A draft may rename the wire: suite and mock speak the new names, and judge as they do with the old ones. */
import t from 'tap';
import { jsonReport } from '../../reports/json.js';
import { traceLines } from '../../reports/trace.js';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import { defaultProfile, judgeRecording, readRecording, type Profile, type Report } from '../../suites/index.js';
import { mistakesInRenames } from '../../schemas/wire/mistakes.js';
import type { Renames } from '../../schemas/wire/renames.js';
import { namesInUse } from '../../suites/wire/names-in-use.js';
import { simulate } from '../harness/simulate.js';
import { renamed } from '../unit/schemas/wire/renamed.js';

t.setTimeout(600_000);

const profile: Profile = { ...defaultProfile, version: 'draft', wire: renamed };

interface Tried {
  readonly report: Report;
  readonly recording: string;
}

/** Suites, or requirements by their ids; all if it is empty. */
type Tested = Partial<Record<'suites' | 'only', readonly string[]>>;

const run = async (mock: MockProviderOptions, tested: Tested, tried = profile): Promise<Tried> => {
  const lines: string[] = [];
  const { report } = await simulate({
    seed: 5,
    provider: mockProvider(mock),
    deliveries: ['poll', 'push', 'webhook'],
    run: {
      profile: tried,
      ...tested,
      runs: 1,
      burst: 0,
      binding: 'both',
      onEvent: (event) => lines.push(traceLines(event)),
    },
  });
  return { report, recording: lines.join('') };
};

const idsOf = ({ requirements }: Report, ...outcomes: string[]): string[] =>
  requirements.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => id);

/** Names that only the profile has, as they would stand on the wire; sentences of the mock may hold them. */
const oldNames = [
  /\["(?:x-scim-request-mode|set-txn)"/i,
  /\\"(?:operationsCount|bulkId)\\":/,
  /Provision:Status/,
  /event:misc:asyncresp/,
  /\["(?:accept|content-type)","application\/scim\+json/i,
  /\/provision\/[\w-]+\/status/,
];

const newNames = [
  /\["SCIM-Mode","asynchronous"\]/,
  /\["scim-transaction"/i,
  /\\"counts\\":/,
  /\\"reference\\":/,
  /urn:example:scim:Job/,
  /urn:example:scim:event:done/,
  /\["Content-Type","application\/vnd\.example\.scim\+json"\]/i,
  /\/scim\/v2\/jobs\/[\w-]+"/,
];

/** The payloads of all tokens in a recording. */
const payloadsIn = (recording: string): string[] =>
  (recording.match(/eyJ[\w-]+\.eyJ[\w-]+/g) ?? []).map((token) =>
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
  );

void t.test('a mock that speaks the new names conforms in both bindings, and the recording shows them', async (t) => {
  const { report, recording } = await run({ wire: renamed }, {});
  t.equal(report.verdict, 'conformant');
  t.strictSame(idsOf(report, 'fail', 'warning', 'harness-error'), []);
  // As without renames: no burst was made.
  t.strictSame(idsOf(report, 'inconclusive'), ['RATE-04', 'RATE-05', 'RATE-06', 'RATE-07', 'RATE-09']);
  t.strictSame(Object.keys(report.target?.bindings ?? {}).sort(), ['request-mode', 'respond-async']);
  t.equal(report.target?.statusEndpoint, '/jobs/{id}');
  for (const name of newNames) t.ok(name.test(recording), String(name));
  for (const name of oldNames) t.equal(name.exec(recording)?.[0], undefined);
  const payloads = payloadsIn(recording);
  t.ok(payloads.some((payload) => payload.includes('urn:example:scim:event:done')));
  t.notOk(payloads.some((payload) => payload.includes('misc:asyncresp')));
  t.equal(jsonReport(await judgeRecording(readRecording(recording), { profile })), jsonReport(report));
});

void t.test('a mock that still speaks the old names does not conform, and findings say the new ones', async (t) => {
  const { report } = await run({}, { suites: ['MODE'] });
  t.equal(report.verdict, 'non-conformant');
  const inOtherCase = report.requirements.find(({ id }) => id === 'MODE-03');
  t.equal(inOtherCase?.evidence?.expected, '202 to «scim-mode: asynchronous»');
});

void t.test('a fault is found under the ids that it has without renames', async (t) => {
  const faults = ['count-not-a-number-in-the-status'];
  const [over, plain] = [
    await run({ wire: renamed, faults }, { suites: ['STAT'] }),
    await run({ faults }, { suites: ['STAT'] }, defaultProfile),
  ];
  t.strictSame(idsOf(over.report, 'fail', 'warning'), ['STAT-01']);
  t.strictSame(idsOf(plain.report, 'fail', 'warning'), ['STAT-01']);
  const [evidence] = over.report.requirements.flatMap((result) => result.evidence ?? []);
  t.match(evidence?.exchanges.at(-1)?.response?.body, /"counts":\{/);
  t.equal(jsonReport(await judgeRecording(readRecording(over.recording), { profile })), jsonReport(over.report));
});

void t.test('names of each kind may be renamed at once, with those that the suite itself depends on', async (t) => {
  const wire: Renames = {
    fields: { Prefer: 'Want', Location: 'X-Place', 'X-Request-ID': 'Idempotency-Key', 'Retry-After': 'X-Wait' },
    members: { id: 'key', Operations: 'ops', schemas: 'types', totalResults: 'hits', events: 'happenings', txn: 'tx' },
    urns: { 'urn:ietf:params:scim:schemas:core:2.0:User': 'urn:example:Person' },
    mediaTypes: { 'application/secevent+jwt': 'application/x-set' },
    paths: { '/Users': '/People', '/Users/{id}': '/People/{id}', '/Bulk': '/Batch', '/events/poll': '/feed' },
  };
  t.strictSame(mistakesInRenames(wire, namesInUse), []);
  const { report } = await run({ wire }, { suites: ['DISC', 'PREF'] }, { ...profile, wire });
  t.strictSame(idsOf(report, 'fail', 'warning', 'inconclusive'), []);
  t.ok(idsOf(report, 'pass').length > 10);
  t.match(report.settings.setPoll, /\/feed$/);
});

void t.test('attributes may be renamed, and a provider gets their new names also in filters and paths', async (t) => {
  const wire: Renames = {
    members: { userName: 'login', displayName: 'label', members: 'participants', emails: 'mails', value: 'val' },
    urns: { 'urn:ietf:params:scim:schemas:core:2.0:User': 'urn:example:Person' },
  };
  t.strictSame(mistakesInRenames(wire, namesInUse), []);
  const tried = { ...profile, wire };
  const only = ['CORE-06', 'CORE-09', 'CORE-10', 'CORE-16', 'CORE-17', 'HOOK-02'];
  const { report, recording } = await run({ wire }, { only }, tried);
  t.strictSame(idsOf(report, 'fail', 'warning', 'harness-error'), []);
  // What a provider of the renamed wire reads: with an old name in it, it would refuse the request, and be right.
  for (const shown of [
    /filter=login%20eq%20/,
    /\\"path\\":\\"label\\"/,
    /\\"path\\":\\"participants\[/,
    /\\"name\\":\\"login\\"/,
  ])
    t.ok(shown.test(recording), String(shown));
  const old = String.raw`(?:userName|displayName|members|emails)`;
  for (const hidden of [
    `filter=[^"]*\\b${old}\\b(?!%22)`,
    String.raw`\\"path\\":\\"${old}\b`,
    String.raw`\\"name\\":\\"${old}\\"`,
  ])
    t.equal(new RegExp(hidden).exec(recording)?.[0], undefined, hidden);
  t.equal(jsonReport(await judgeRecording(readRecording(recording), { profile: tried })), jsonReport(report));
});
