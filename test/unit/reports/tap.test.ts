import { Parser } from 'tap-parser';
import t from 'tap';
import { tapReport } from '../../../reports/tap.js';
import type { Report } from '../../../schemas/types.js';
import { hostile } from './hostile-report.js';
import { failing, found, reportOf, result } from './sample-report.js';
import { refusals } from '../../harness/report-refusals.js';

/** A point as a reader sees it. */
interface Point {
  readonly ok: boolean;
  readonly name: string;
  readonly todo: string | boolean;
  readonly skip: string | boolean;
  readonly diag: unknown;
}

/** What a strict reader makes of it. */
const read = (report: Report): { ok: boolean; points: Point[]; diagnosed: (id: string) => unknown } => {
  const text = tapReport(report);
  const parser = new Parser({ strict: true });
  const points: Point[] = [];
  parser.on('assert', ({ ok, name, todo, skip, diag }: Point) => points.push({ ok, name, todo, skip, diag }));
  parser.end(text);
  return {
    ok: parser.ok,
    points,
    diagnosed: (id) => points.find(({ name }) => name.startsWith(`${id} `))?.diag,
  };
};

const pointOf = (report: Report, start: string): Point | undefined =>
  read(report).points.find(({ name }) => name.startsWith(start));

void t.test('what is written is TAP, whatever the target sent', (t) => {
  for (const report of [failing(), hostile(), reportOf([])]) t.equal(refusals.tap(tapReport(report)), undefined);
  t.end();
});

void t.test('a known failure is not ok and fails nothing: a TODO with the reason of the baseline', (t) => {
  const known = pointOf(failing(), 'STAT-02');
  t.match(known, { ok: false, todo: 'known failure: ticket #7 \\ not before spring' });
  t.match(read(failing()).diagnosed('STAT-02'), { outcome: 'fail', expected: 'counts that add up' });
  const gate = {
    passed: true,
    reason: 'r',
    failOn: 'must',
    known: ['STAT-02'],
    fresh: [],
    stale: [],
    unchecked: [],
  } as const;
  const report = reportOf([result('STAT-01', 'pass'), found('STAT-02', 'fail')], {
    exitCode: 0,
    gate: { ...gate, known: ['STAT-02'], fresh: [], stale: [], unchecked: [] },
  });
  t.equal(read(report).ok, true, 'as the exit code says');
  t.end();
});

void t.test('without a gate, and where it is new, a failure fails', (t) => {
  t.match(pointOf(failing(), 'STAT-01'), { ok: false, todo: false, skip: false });
  t.match(pointOf(reportOf([found('STAT-02', 'fail')]), 'STAT-02'), { ok: false, todo: false });
  t.equal(read(reportOf([found('STAT-02', 'fail')])).ok, false);
  t.end();
});

void t.test('an entry of the baseline that no longer fails is not ok; one that was not tested is skipped', (t) => {
  t.match(pointOf(failing(), 'baseline: LIFE-01'), {
    ok: false,
    todo: false,
    name: 'baseline: LIFE-01 what LIFE-01 asks for (no longer fails: remove it)',
  });
  t.match(pointOf(failing(), 'baseline: STAT-04'), { ok: true, skip: 'this run did not test it' });
  t.match(tapReport(failing()), /^# 1 requirement fails that the baseline does not know\.$/m);
  t.end();
});

void t.test('a gate on more than MUST makes more fail, and less be known', (t) => {
  const gate = { passed: false, reason: 'r', failOn: 'inconclusive', stale: [], unchecked: [] } as const;
  const report = reportOf(
    [
      found('STAT-03', 'warning', { level: 'SHOULD' }),
      result('STAT-05', 'inconclusive', { reason: 'It was seen once.' }),
      found('STAT-06', 'warning', { level: 'SHOULD' }),
    ],
    {
      gate: {
        ...gate,
        known: ['STAT-06'],
        reasons: { 'STAT-06': 'old' },
        fresh: ['STAT-03', 'STAT-05'],
        stale: [],
        unchecked: [],
      },
    },
  );
  t.match(pointOf(report, 'STAT-03'), { ok: false, todo: false });
  t.match(pointOf(report, 'STAT-05'), { ok: false, todo: false, skip: false, diag: { reason: 'It was seen once.' } });
  t.match(pointOf(report, 'STAT-06'), { ok: false, todo: 'known failure: old' });
  t.end();
});

void t.test('an error of this tool is nobody’s known failure', (t) => {
  const report = reportOf([result('STAT-03', 'harness-error', { reason: 'TypeError' })], {
    gate: { passed: false, reason: 'r', failOn: 'must', known: ['STAT-03'], fresh: [], stale: [], unchecked: [] },
  });
  t.match(pointOf(report, 'STAT-03'), { ok: false, todo: false });
  t.end();
});

void t.test('requirements that are not in the scope are one line, which is skipped', (t) => {
  const { points, ok } = read(reportOf([result('CORE-01', 'pass')], { outOfScope: ['STAT-01', 'STAT-02'] }));
  t.ok(ok);
  t.equal(points.length, 2);
  t.match(points[1], { ok: true, name: /^2 requirements of asynchronous SCIM/, skip: 'not in the scope of this run' });
  t.end();
});
