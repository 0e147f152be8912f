import t from 'tap';
import { annotationsReport } from '../../../reports/annotations.js';
import { hostile } from './hostile-report.js';
import { conformant, failing, found, reportOf } from './sample-report.js';

/** As the runner of GitHub reads a workflow command. */
const commandsOf = (text: string): { kind: string; title: string; message: string }[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, kind = '', title = '', message = ''] = /^::(error|warning) title=([^:,]*)::(.*)$/.exec(line) ?? [];
      const plain = (value: string): string =>
        value
          .replaceAll('%2C', ',')
          .replaceAll('%3A', ':')
          .replaceAll('%0A', '\n')
          .replaceAll('%0D', '\r')
          .replaceAll('%25', '%');
      return { kind, title: plain(title), message: plain(message) };
    });

void t.test('a failure is an error; a known failure or an unmet SHOULD is a warning', (t) => {
  t.strictSame(
    commandsOf(annotationsReport(failing())).map(({ kind, title }) => [kind, title]),
    [
      ['error', 'EVT-03'],
      ['error', 'STAT-01'],
      ['error', 'LIFE-01'],
      ['warning', 'STAT-03'],
      ['warning', 'STAT-02'],
    ],
  );
  t.equal(
    annotationsReport(reportOf([found('STAT-01', 'fail')])),
    '::error title=STAT-01::what STAT-01 asks for: counts-do-not-add-up: expected counts that add up; actual: total is 4, and the others are 3%0Arun again: scim-conformance --target https://provider.example/scim/v2 --only STAT-01 --seed 42 --path bulk-creates/1:0 --timeout 10 --deadline 60 --concurrency 8 --burst 1500 --binding auto --observe auto\n',
  );
  t.equal(annotationsReport(conformant()), '');
  t.end();
});

void t.test('a run that judged nothing is an error', (t) => {
  const report = reportOf([], { verdict: 'unreachable', exitCode: 3, reason: 'connect: refused, 100%' });
  t.equal(annotationsReport(report), '::error title=unreachable::connect: refused, 100%25\n');
  t.end();
});

void t.test('of each kind as many as are shown; the last one names the others', (t) => {
  const ids = Array.from({ length: 12 }, (_, index) => `STAT-${String(index + 10)}`);
  const commands = commandsOf(annotationsReport(reportOf(ids.map((id) => found(id, 'fail')))));
  t.equal(commands.length, 10);
  t.equal(commands[9]?.message, 'and 3 more: STAT-19 STAT-20 STAT-21');
  t.end();
});

void t.test('text from the target is not a command', (t) => {
  const text = annotationsReport(hostile());
  const commands = commandsOf(text);
  t.equal(commands.length, 16, '7 failures, an entry of the baseline and 8 warnings');
  for (const { kind, title } of commands) {
    t.match(kind, /^(error|warning)$/);
    t.match(title, /^(STAT-\d\d|\\u003cscript>window\.harmed = "script"[^\n]*)$/);
  }
  // eslint-disable-next-line no-control-regex -- exactly these must not be there
  t.notMatch(text, /[\u0000-\u0009\u000b-\u001f]/);
  t.equal(text.length < 100_000, true);
  t.end();
});
