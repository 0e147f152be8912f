import { Parser } from 'tap-parser';
import t from 'tap';
import { formats } from '../../../reports/formats.js';
import { createTapReporter, tapReport } from '../../../reports/tap.js';
import { hostile } from './hostile-report.js';
import { conformant, enormous, failing, reportOf, result } from './sample-report.js';

void t.test('every format writes every report, in a line or more, and is a pure function of it', async (t) => {
  for (const report of [conformant(), failing(), hostile(), enormous(), reportOf([])]) {
    const before = JSON.stringify(report);
    for (const [name, format] of Object.entries(formats)) {
      const text = await format(report);
      t.equal(text === '' || text.endsWith('\n'), true, `${name} ends with a newline`);
      t.equal((await format(report)) === text, true, `${name} is the same again`);
    }
    t.equal(JSON.stringify(report) === before, true, 'the report is as it was');
  }
});

void t.test('a made-up report that no run would write is refused', (t) => {
  t.throws(() => reportOf([result('CORE-01', 'pass', { exercised: -1 })]), {
    message: /^this is no report: .*"\/requirements\/0\/exercised"/,
  });
  t.end();
});

void t.test('JSON is the report itself', (t) => {
  t.strictSame(JSON.parse(formats.json(hostile())), JSON.parse(JSON.stringify(hostile())));
  t.end();
});

void t.test('TAP of a report is the same as was written during the run', (t) => {
  const report = failing();
  const written: string[] = [];
  const listener = createTapReporter((text) => written.push(text));
  const { run, startedAt, tool, profile, settings } = report;
  listener({ type: 'run-started', run, startedAt, tool, profile, settings });
  listener({ type: 'cleaning-up' });
  const gate = report.gate === undefined ? {} : { gate: report.gate };
  for (const result of report.requirements) listener({ type: 'requirement-judged', result, ...gate });
  listener({ type: 'run-finished', report });
  t.equal(tapReport(report), written.join(''));
  const points = Parser.parse(tapReport(report)).filter(([kind]) => kind === 'assert');
  // The entries of the baseline that are stale or were not looked at are points of their own.
  t.equal(points.length, report.requirements.length + 2);
  t.end();
});

void t.test('a file has no colours', (t) => {
  t.equal(formats.pretty(failing()).includes('\u001b'), false);
  t.end();
});
