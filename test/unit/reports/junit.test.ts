import { XmlDocument, XmlElement, type XmlNode } from 'libxml2-wasm';
import t from 'tap';
import { junitReport } from '../../../reports/junit.js';
import type { Report } from '../../../schemas/types.js';
import { refusals } from '../../harness/report-refusals.js';
import { hostile, hostileTexts } from './hostile-report.js';
import { conformant, enormous, failing, found, reportOf, result } from './sample-report.js';

interface Shown {
  readonly suite: string;
  readonly name: string;
  readonly classname: string;
  /** Name of each child with its attributes and text. */
  readonly children: { name: string; type?: string; message?: string; text: string }[];
}

const attribute = (node: XmlNode | null, name: string): string =>
  node instanceof XmlElement ? (node.attr(name)?.value ?? '') : '';

/** What a reader sees of the file. */
const casesOf = (xml: string): Shown[] => {
  using document = XmlDocument.fromString(xml);
  return document.find('//testcase').map((element) => ({
    suite: attribute(element.parent, 'name'),
    name: attribute(element, 'name'),
    classname: attribute(element, 'classname'),
    children: element.find('*').map((child) => ({
      name: child instanceof XmlElement ? child.name : '',
      type: attribute(child, 'type'),
      message: attribute(child, 'message'),
      text: child.content,
    })),
  }));
};

const caseOf = (report: Report, id: string, suite?: string): Shown | undefined =>
  casesOf(junitReport(report)).find(
    (one) => one.name.startsWith(`${id} `) && (suite === undefined || one.suite === suite),
  );

void t.test('the output is valid, whatever the target sent', (t) => {
  t.equal(refusals.junit('<testsuites name="x"/>') === undefined, false, 'the schema refuses something');
  for (const report of [conformant(), failing(), hostile(), enormous(), reportOf([])]) {
    t.equal(refusals.junit(junitReport(report)), undefined);
  }
  t.end();
});

void t.test('a suite for each group and a case for each requirement, and one for the run', (t) => {
  const cases = casesOf(junitReport(conformant()));
  t.strictSame(
    cases.map(({ suite, name, classname }) => [suite, name, classname]),
    [
      ['run', 'the run judged the target', 'scim-conformance.run'],
      ['CORE', 'CORE-01 what CORE-01 asks for', 'scim-conformance.CORE'],
      ['STAT', 'STAT-03 what STAT-03 asks for', 'scim-conformance.STAT'],
    ],
  );
  t.strictSame(
    cases.map(({ children }) => children.map(({ name }) => name)),
    [['system-out'], [], []],
  );
  t.end();
});

void t.test('a failure shows what was expected and everything that its reader needs', (t) => {
  const [failure] = caseOf(failing(), 'STAT-01')?.children ?? [];
  t.equal(failure?.name, 'failure');
  t.equal(failure?.type, 'MUST');
  t.equal(
    failure?.message,
    'counts-do-not-add-up: expected counts that add up; actual: total is 4, and the others are 3',
  );
  for (const part of [
    'source    RFC 9967 §3 (https://www.rfc-editor.org/rfc/rfc9967#section-3)',
    'to do     Count each operation once.',
    '  #1 POST /Bulk → 202',
    '  > GET https://provider.example/scim/v2/provision/1/status?full=true',
    'curl -i --path-as-is',
    'scim-conformance --target https://provider.example/scim/v2 --only STAT-01 --seed 42 --path bulk-creates/1:0',
  ]) {
    t.match(failure?.text, part);
  }
  t.end();
});

void t.test('only what gates a pipeline is red', (t) => {
  const report = failing();
  const kinds = casesOf(junitReport(report)).map(({ suite, name, children }) => [
    suite === 'baseline' || suite === 'run' ? suite : name.slice(0, name.indexOf(' ')),
    ...children.map((child) => child.name),
  ]);
  t.strictSame(kinds, [
    ['run', 'system-out'],
    ['CORE-01'],
    ['STAT-01', 'failure'],
    ['STAT-02', 'skipped', 'system-out'],
    ['STAT-03', 'system-out'],
    ['STAT-04', 'skipped'],
    ['STAT-05', 'skipped'],
    ['EVT-01', 'skipped'],
    ['EVT-02', 'skipped'],
    ['EVT-03', 'error'],
    ['LIFE-01'],
    ['baseline', 'failure'],
    ['baseline', 'skipped'],
  ]);
  t.match(
    caseOf(report, 'STAT-02')?.children[0]?.message,
    /^known failure: counts-do-not-add-up: expected counts that add up/,
  );
  t.equal(caseOf(report, 'STAT-04', 'STAT')?.children[0]?.message, 'The target does not advertise it.');
  t.equal(caseOf(report, 'STAT-05')?.children[0]?.message, 'inconclusive: It was seen once and did not come again.');
  t.match(caseOf(report, 'LIFE-01', 'baseline')?.children[0]?.message, 'no longer fails');
  t.match(junitReport(report), /<testsuites name="scim-conformance" tests="13" failures="2" errors="1" time="15.110">/);
  t.end();
});

void t.test('a gate on more than MUST makes more red', (t) => {
  const requirements = [
    found('STAT-03', 'warning', { level: 'SHOULD' }),
    result('STAT-05', 'inconclusive', { reason: 'It did not come again.' }),
  ];
  const gate = { passed: false, reason: 'x', failOn: 'inconclusive', known: [], stale: [], unchecked: [] } as const;
  const report = reportOf(requirements, {
    gate: { ...gate, known: [], stale: [], unchecked: [], fresh: ['STAT-03', 'STAT-05'] },
  });
  t.equal(caseOf(report, 'STAT-03')?.children[0]?.name, 'failure');
  t.equal(caseOf(report, 'STAT-05')?.children[0]?.type, 'inconclusive');
  t.end();
});

void t.test('a run that judged nothing is not green', (t) => {
  const report = reportOf([], { verdict: 'unreachable', exitCode: 3, reason: 'connect ECONNREFUSED' });
  const [run] = casesOf(junitReport(report));
  t.equal(run?.children[0]?.name, 'error');
  t.equal(run?.children[0]?.message, 'unreachable: connect ECONNREFUSED');
  t.end();
});

void t.test('what the target sent is text, and none of it is lost or obeyed', (t) => {
  const xml = junitReport(hostile());
  // eslint-disable-next-line no-control-regex -- exactly these must not be there
  t.notMatch(xml, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff\u202e]/);
  t.equal(xml.isWellFormed(), true);
  const cases = casesOf(xml);
  t.equal(
    cases.some(({ name }) => name === 'forged'),
    false,
  );
  const seen = cases.map(({ children }) => children.map(({ text }) => text).join('\n')).join('\n');
  for (const text of [
    '<script>window.harmed = "script"</script>',
    String.raw`\u001b[31mred`,
    String.raw`nul \u0000`,
    String.raw`lone \ud800 and \udc00`,
  ]) {
    t.equal(seen.includes(text), true, text);
  }
  t.equal(seen.includes(hostileTexts[1] ?? ''), true);
  t.equal(xml.length < 2_000_000, true);
  t.end();
});

void t.test('requirements that are not in the scope are one case, which is skipped', (t) => {
  const report = reportOf([result('CORE-01', 'pass')], { outOfScope: ['STAT-01', 'STAT-02'] });
  t.match(caseOf(report, '2', 'run'), {
    name: '2 requirements of asynchronous SCIM',
    children: [{ name: 'skipped', message: 'not in the scope of this run' }],
  });
  t.equal(refusals.junit(junitReport(report)), undefined);
  t.end();
});
