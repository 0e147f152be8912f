import { makeBadge } from 'badge-maker';
import { XmlDocument } from 'libxml2-wasm';
import t from 'tap';
import { badgeReport } from '../../../reports/badge.js';
import type { Gate, Report } from '../../../schemas/types.js';
import { hostile } from './hostile-report.js';
import { conformantRun } from './sample-run.js';
import { conformant, failing, found, reportOf, result } from './sample-report.js';

/** The second field of a badge is the coloured one. */
const colourOf = (svg: string): string | undefined => [...svg.matchAll(/fill="(#\w+)"/g)][1]?.[1];

const named = (color: string): string | undefined => colourOf(makeBadge({ label: 'x', message: 'x', color }));

/** What the badge says to a screen reader, and the colour that it says it in. */
const read = (report: Report): { says: string; colour: string | undefined } => {
  const svg = badgeReport(report);
  using document = XmlDocument.fromString(svg);
  return { says: document.root.attr('aria-label')?.value ?? '', colour: colourOf(svg) };
};

const gate = (more: Partial<Gate>): { gate: Gate } => ({
  gate: { passed: true, reason: 'x', failOn: 'must', known: [], fresh: [], stale: [], unchecked: [], ...more },
});

void t.test('the colours are distinguishable', (t) => {
  t.equal(new Set(['brightgreen', 'green', 'yellowgreen', 'orange', 'red', 'lightgrey'].map(named)).size, 6);
  t.end();
});

void t.test('the words and the colour of each verdict', (t) => {
  const two = [found('STAT-01', 'fail'), found('STAT-02', 'fail')];
  const warned = found('STAT-03', 'warning');
  const settings = { ...conformant().settings, suites: ['STAT'] };
  const cases: [Report, string, string][] = [
    [conformant(), 'conformant', 'brightgreen'],
    [reportOf([result('CORE-01', 'pass'), warned]), 'conformant, 1 warning', 'green'],
    [reportOf([result('STAT-01', 'pass')], { settings }), 'conformant in part', 'yellowgreen'],
    [reportOf([warned], gate({ passed: false, fresh: ['STAT-03'] })), 'conformant, gate failed', 'orange'],
    [reportOf(two), '2 failed', 'red'],
    [reportOf(two, gate({ known: ['STAT-01', 'STAT-02'] })), '2 known to fail', 'yellowgreen'],
    [
      reportOf([...two, warned], gate({ passed: false, known: ['STAT-01', 'STAT-02'], fresh: ['STAT-03'] })),
      'gate failed, 2 known to fail',
      'red',
    ],
    [failing(), '1 failed, 1 known', 'red'],
    [reportOf([], { verdict: 'not-testable', exitCode: 3 }), 'not testable', 'lightgrey'],
    [reportOf(two, { exitCode: 3 }), 'not testable', 'lightgrey'],
    [reportOf([], { verdict: 'unreachable', exitCode: 3 }), 'unreachable', 'lightgrey'],
    [reportOf([], { verdict: 'error', exitCode: 2 }), 'error of the suite', 'lightgrey'],
    [reportOf([], { verdict: 'interrupted', exitCode: 130 }), 'interrupted', 'lightgrey'],
  ];
  for (const [report, message, colour] of cases) {
    const badge = read(report);
    t.equal(badge.says, `async SCIM: ${message}`);
    t.equal(badge.colour, named(colour), `${message} is ${colour}`);
  }
  t.end();
});

void t.test('nothing of the target is in it', (t) => {
  t.equal(read(hostile()).says.startsWith('async SCIM: '), true);
  t.equal(badgeReport(hostile()).includes('script'), false);
  t.end();
});

void t.test('the label says which scope was judged', (t) => {
  const run = conformantRun();
  const label = (scope?: 'sync' | 'all'): string | undefined => {
    const { target } = run;
    const report = target === undefined || scope === undefined ? run : { ...run, target: { ...target, scope } };
    return read(report).says.split(':')[0];
  };
  t.equal(label(), 'async SCIM');
  t.equal(label('sync'), 'sync SCIM');
  t.equal(label('all'), 'SCIM');
  t.end();
});
