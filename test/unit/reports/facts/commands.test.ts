import { execFileSync } from 'node:child_process';
import t from 'tap';
import { cleanLine, replayLine, runLine } from '../../../../reports/facts/commands.js';
import { formats } from '../../../../reports/formats.js';
import type { Report, Settings } from '../../../../schemas/types.js';
import { evidenceOf, failing, found, reportOf } from '../sample-report.js';

const { settings } = reportOf([]);

/** All that a user can say, each with a value that is not its default. */
const told: Settings = {
  ...settings,
  targetFile: 'my target.json',
  insecure: true,
  profile: '1.1',
  suites: ['STAT', 'ERR'],
  only: ['CORE-01'],
  path: 'bulk-creates/1:0',
  runs: 3,
  timeoutMs: 2500,
  deadlineMs: 90_000,
  concurrency: 4,
  binding: 'both',
  serves: ['respond-async'],
  features: ['cancel', 'statusToken'],
  observe: 'poll',
  setPoll: 'https://provider.example/events',
  setPush: 9001,
  setPushUrl: 'https://me.example/push',
  webhookPort: 9002,
  webhookUrl: 'https://me.example/hooks',
  jwks: "it's keys.json",
  burst: 0,
  readOnly: true,
  maxRequests: 5000,
  maxRps: 1.5,
  shard: { index: 2, of: 3 },
};

const target = `--config 'my target.json' --target https://provider.example/scim/v2 --insecure`;

const manner = String.raw`--profile 1.1 --timeout 2.5 --deadline 90 --concurrency 4 --burst 0 --binding both --serves respond-async --feature cancel statusToken --observe poll --set-poll https://provider.example/events --set-push 9001 --set-push-url https://me.example/push --webhook-port 9002 --webhook-url https://me.example/hooks --jwks 'it'\''s keys.json' --read-only --max-requests 5000 --max-rps 1.5`;

void t.test('a command contains all options of the run', (t) => {
  t.equal(
    runLine({ settings: told }),
    `scim-conformance ${target} --seed 42 --suite STAT ERR --only CORE-01 --path bulk-creates/1:0 --runs 3 --shard 2/3 ${manner}`,
  );
  t.equal(
    replayLine({ settings: told }, { id: 'CNCL-01' }, evidenceOf({ seed: 7, path: 'cancel/0:1' })),
    `scim-conformance ${target} --only CNCL-01 --seed 7 --path cancel/0:1 ${manner}`,
  );
  t.equal(cleanLine({ settings: told, run: '55ddb159' }), `scim-conformance clean ${target} --run 55ddb159`);
  t.end();
});

void t.test('a command names the file of a profile, and not what a report calls it', (t) => {
  const judged = { ...settings, profile: 'draft (base 1.1)', profileFile: './my draft.json' };
  t.match(runLine({ settings: judged }), / --profile '\.\/my draft\.json' --timeout /);
  t.end();
});

void t.test('a command contains no option that the run did not have', (t) => {
  t.equal(
    runLine({ settings }),
    'scim-conformance --target https://provider.example/scim/v2 --seed 42 --runs 5 --timeout 10 --deadline 60 --concurrency 8 --burst 1500 --binding auto --observe auto',
  );
  t.end();
});

void t.test('text in a command does nothing in a shell', (t) => {
  const hostile = `https://h.example/$(touch forged);'\`touch forged\`"\n\u001b[31m&|>`;
  const line = runLine({ settings: { ...settings, target: hostile } });
  t.equal(line.includes('\n'), false);
  t.equal(line.includes('\u001b'), false);
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${line.slice('scim-conformance '.length)}`], {
    encoding: 'utf8',
  }).split('\n');
  t.strictSame(words.slice(0, 2), [
    '--target',
    `https://h.example/$(touch forged);'\`touch forged\`" ${String.raw`\u001b`}[31m&|>`,
  ]);
  t.end();
});

void t.test('half a command is never shown', (t) => {
  t.equal(
    runLine({ settings: { ...settings, target: `https://h.example/${'x'.repeat(100_000)}` } }),
    '# a command of 100149 characters, too long to show',
  );
  t.end();
});

/** How each format escapes a line, undone. */
const plain: Record<keyof typeof formats, (text: string) => string> = {
  annotations: (text) =>
    text.replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%0A', '\n').replaceAll('%25', '%'),
  badge: (text) => text,
  har: (text) => text.replaceAll('\\"', '"').replaceAll('\\\\', '\\'),
  html: (text) =>
    text
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"'),
  json: (text) => text,
  junit: (text) => text,
  markdown: (text) => text,
  pretty: (text) => text,
  tap: (text) => text.replaceAll('\\\\', '\\'),
};

/** A badge has no room for a command, and JSON has the settings that it is made from. */
const without: readonly string[] = ['badge', 'json'];

void t.test('every format shows the same command that shows a failure again', async (t) => {
  const report: Report = { ...failing(), settings: told };
  const bare = reportOf([found('STAT-01', 'fail')]);
  for (const each of [report, bare]) {
    const [result] = each.requirements.filter(({ id }) => id === 'STAT-01');
    if (result?.evidence === undefined) throw new Error('STAT-01 has evidence');
    const line = replayLine(each, result, result.evidence);
    for (const [name, format] of Object.entries(formats)) {
      const text = plain[name as keyof typeof formats](await format(each));
      t.equal(text.includes(line), !without.includes(name), name);
    }
  }
});
