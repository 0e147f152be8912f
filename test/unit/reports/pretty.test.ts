import t from 'tap';
import { formats } from '../../../reports/formats.js';
import { hostile } from './hostile-report.js';
import { conformant, failing, found, reportOf, result } from './sample-report.js';

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

void t.test('a failure is shown whole, and first', (t) => {
  const [title, first] = linesOf(formats.pretty(failing()));
  t.equal(title, 'Failed');
  t.equal(first, '✗ STAT-01  MUST  what STAT-01 asks for');
  t.end();
});

void t.test('without a gate nothing is said of one', (t) => {
  t.notMatch(formats.pretty(conformant()), /gate/);
  t.match(formats.pretty(conformant()), /^conformant: No MUST failed\.$/m);
  t.end();
});

void t.test('a gate says in few lines what is new, known and stale, and what the exit code is', (t) => {
  const lines = linesOf(formats.pretty(failing()));
  t.strictSame(lines.slice(lines.findIndex((line) => line.startsWith('gate '))), [
    'gate failed, exit code 1 (fails on must, baseline baseline.json)',
    '  new      STAT-01',
    '  known    STAT-02',
    '  stale    LIFE-01 (in the baseline, but no longer failing: remove them)',
    '  untested STAT-04 (in the baseline, but not tested by this run)',
  ]);
  t.end();
});

void t.test(
  'a known failure is no failure of the run: it is shown in short, with the reason why it is tolerated',
  (t) => {
    const text = formats.pretty(failing());
    const failed = text.slice(0, text.indexOf('Warnings'));
    t.notMatch(failed, /STAT-02/);
    const at = text.indexOf('Known failures');
    t.strictSame(linesOf(text.slice(at)).slice(0, 5), [
      'Known failures',
      '~ STAT-02  what STAT-02 asks for',
      '    counts-do-not-add-up: expected counts that add up; actual: total is 4, and the others are 3',
      '    tolerated ticket #7 \\ not before spring',
      '',
    ]);
    t.match(text, /^ {2}STAT +1 failed, 1 known, 1 warned, 1 inconclusive, 1 skipped/m);
    t.end();
  },
);

void t.test('an open gate is exit code 0, whatever the verdict; one that nothing can open says why', (t) => {
  const gate = {
    passed: true,
    reason: 'r',
    failOn: 'must' as const,
    known: ['STAT-02'],
    fresh: [],
    stale: [],
    unchecked: [],
  };
  const open = reportOf([found('STAT-02', 'fail')], { exitCode: 0, gate });
  t.match(
    formats.pretty(open),
    /^non-conformant: .*\n\ngate passed, exit code 0 \(fails on must\)\n {2}known {4}STAT-02\n$/m,
  );
  const untestable = reportOf([result('CORE-01', 'pass')], {
    verdict: 'not-testable',
    exitCode: 3,
    gate: { ...gate, passed: false, reason: 'Nothing asynchronous could be exercised.', known: [] },
  });
  t.match(
    formats.pretty(untestable),
    /^gate failed, exit code 3 \(fails on must\): Nothing asynchronous could be exercised\.$/m,
  );
  t.end();
});

void t.test('a gate on more than MUST shows more as failed', (t) => {
  const report = reportOf([result('STAT-05', 'inconclusive', { reason: 'It was seen once.' })], {
    exitCode: 1,
    gate: {
      passed: false,
      reason: 'r',
      failOn: 'inconclusive',
      known: [],
      fresh: ['STAT-05'],
      stale: [],
      unchecked: [],
    },
  });
  t.match(formats.pretty(report), /^Failed\n✗ STAT-05 {2}MUST {2}what STAT-05 asks for\n {4}It was seen once\.$/m);
  t.end();
});

void t.test('nothing that a target says begins a line or acts on a terminal', (t) => {
  const text = formats.pretty(hostile());
  // eslint-disable-next-line no-control-regex -- exactly these must not be there
  t.notMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|<script/);
  const forged = 'x\n::error::forged\r\n✗ STAT-99  MUST  forged';
  const { evidence } = found('STAT-01', 'fail');
  const report = reportOf([
    found('STAT-01', 'fail', {
      title: forged,
      ...(evidence === undefined
        ? {}
        : { evidence: { ...evidence, expected: forged, actual: forged, story: [forged] } }),
    }),
  ]);
  t.notMatch(formats.pretty({ ...report, reason: forged, leftovers: [forged] }), /^(?:::error|✗ STAT-99)/m);
  t.end();
});
