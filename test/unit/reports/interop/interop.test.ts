import { XmlDocument } from 'libxml2-wasm';
import t from 'tap';
import { interopFormats } from '../../../../reports/interop/formats.js';
import { kindOf, matrixOf, type Implementation } from '../../../../reports/interop/matrix.js';
import { refusals } from '../../../harness/report-refusals.js';
import { hostile } from '../hostile-report.js';
import { found, reportOf, result } from '../sample-report.js';

const one: Implementation = {
  name: 'One 1.0',
  report: reportOf([
    result('ACC-01', 'pass'),
    result('ACC-02', 'pass'),
    found('ACC-03', 'fail'),
    result('ACC-04', 'ambiguous', { reason: 'pending is 404' }),
    result('ACC-05', 'skip', { reason: 'not advertised' }),
  ]),
};
const other: Implementation = {
  name: 'Other 2.0',
  report: reportOf([
    result('ACC-01', 'pass'),
    found('ACC-02', 'warning', { level: 'SHOULD' }),
    found('ACC-03', 'fail'),
    result('ACC-04', 'pass'),
  ]),
};
const both = [one, other];

void t.test('first what the text leaves open, then where implementations differ', (t) => {
  t.strictSame(
    matrixOf(both).map((row) => [kindOf(row), row.id, row.results.map((each) => each?.outcome)]),
    [
      ['ambiguous', 'ACC-04', ['ambiguous', 'pass']],
      ['differs', 'ACC-02', ['pass', 'warning']],
      ['failed', 'ACC-03', ['fail', 'fail']],
      ['agreed', 'ACC-01', ['pass', 'pass']],
      ['not-judged', 'ACC-05', ['skip', undefined]],
    ],
  );
  t.end();
});

void t.test('Markdown: a table for each kind, and what each implementation did where they differ', (t) => {
  const text = interopFormats.markdown(both);
  t.match(
    text,
    /^## 2 implementations\n\n### The text leaves it open \(1\)\n\n\| {2}\| requirement \| source \| One 1\.0 \| Other 2\.0 \|\n/,
  );
  t.match(text, '\n| ACC-04 | MUST: what ACC-04 asks for | RFC 9967 §3 | ambiguous | yes |\n');
  t.match(text, '\n- **ACC-04** One 1.0: pending is 404\n');
  t.match(
    text,
    '\n- **ACC-02** Other 2.0: counts-do-not-add-up: expected counts that add up, but total is 4, and the others are 3\n',
  );
  t.match(text, '\n| ACC-05 | MUST: what ACC-05 asks for | RFC 9967 §3 | – | – |\n');
  t.end();
});

void t.test('RFC 7942: a section for each implementation, in Markdown and in RFCXML', (t) => {
  const text = interopFormats.rfc7942(both);
  t.match(text, /^# Implementation Status\n\nThis section is to be removed before publication as an RFC/);
  t.match(text, '\n## Other 2.0\n\n- Organization and contact: (to be filled in)\n');
  t.match(
    text,
    '\n- Coverage: 2 of 5 requirements of profile 1.0 met, 1 not met, 1 where the text leaves it open; bindings: none\n',
  );
  t.match(text, '\n- Differs or interprets, ACC-04: pending is 404\n');
  using document = XmlDocument.fromString(interopFormats['rfc7942-xml'](both));
  t.equal(document.root.name, 'section');
  t.strictSame(
    document.root.find('section/name').map(({ content }) => content),
    ['One 1.0', 'Other 2.0'],
  );
  t.match(document.root.get('section[1]/ul/li[last()]')?.content, 'Differs or interprets, ACC-04: pending is 404');
  t.end();
});

void t.test('JSON: outcomes by requirement, with what kind of row it is', (t) => {
  t.match(JSON.parse(interopFormats.json(both)), {
    implementations: [{ name: 'One 1.0', verdict: 'non-conformant' }, { name: 'Other 2.0' }],
    requirements: [
      { id: 'ACC-04', kind: 'ambiguous', outcomes: ['ambiguous', 'pass'] },
      {},
      {},
      {},
      { outcomes: ['skip', null] },
    ],
  });
  t.end();
});

void t.test('HTML: every value is text, whatever a target sent', (t) => {
  const text = interopFormats.html(both);
  t.match(text, '<th scope="row">ACC-04</th>');
  t.match(text, '<td><details><summary>ambiguous</summary>pending is 404</details></td>');
  const harmful = [{ name: '<script>', report: hostile() }];
  t.equal(/<(?:script|img|iframe|link|svg)\b|<[^>]*\son\w+=/i.exec(interopFormats.html(harmful)), null);
  t.equal(refusals.markdown(interopFormats.markdown(harmful)), undefined);
  using document = XmlDocument.fromString(interopFormats['rfc7942-xml'](harmful));
  t.equal(document.root.name, 'section');
  t.end();
});
