import t from 'tap';
import { checkDraft } from '../../../drafts/check/check-draft.js';
import { readDraft } from '../../../drafts/read/read-draft.js';
import { draftFormats } from '../../../drafts/report/check-formats.js';
import { refusals } from '../../harness/report-refusals.js';

const checkedAt = new Date('2026-01-01T00:00:00Z');
const draft = { file: 'a draft.md', checkedAt, ...checkDraft(readDraft('# A # B\n\n~~~\n{ "a": 1, }\n~~~\n')) };
const clean = { file: 'clean.md', checkedAt, ...checkDraft(readDraft('# A\n\n~~~\n{ "a": 1 }\n~~~\n')) };

void t.test('pretty: place, code, what was expected and what is there', (t) => {
  t.equal(
    draftFormats.pretty(draft),
    [
      'a draft.md:4  Section 1  json-invalid',
      '    expected JSON; the name of a member, in double quotes, was expected after the comma (RFC 8259)',
      '',
      '1 finding in 0 HTTP messages and 1 bodies.',
      '',
    ].join('\n'),
  );
  t.equal(draftFormats.pretty(clean), '0 findings in 0 HTTP messages and 1 bodies.\n');
  t.end();
});

void t.test('TAP 14, JUnit and Markdown are what their readers expect', (t) => {
  for (const each of [draft, clean])
    for (const format of ['tap', 'junit', 'markdown'] as const)
      t.equal(refusals[format](draftFormats[format](each)), undefined, `${format} ${each.file}`);
  t.match(draftFormats.tap(draft), /^not ok 1 - json-invalid line 4, Section 1: expected JSON/m);
  t.match(draftFormats.tap(clean), /^ok 1 - 0 HTTP messages and 1 bodies$/m);
  t.end();
});

void t.test('JSON and SARIF are JSON, and name file, line and code', (t) => {
  t.match(JSON.parse(draftFormats.json(draft)), {
    file: 'a draft.md',
    findings: [{ code: 'json-invalid', line: 4 }],
  });
  t.match(JSON.parse(draftFormats.sarif(draft)), {
    version: '2.1.0',
    runs: [
      {
        results: [
          {
            ruleId: 'json-invalid',
            ruleIndex: 0,
            locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20draft.md' }, region: { startLine: 4 } } }],
          },
        ],
      },
    ],
  });
  t.end();
});

void t.test('JUnit, Markdown and annotations', (t) => {
  t.match(draftFormats.junit(draft), /<testsuite name="a draft\.md" tests="1" failures="1" errors="0" /);
  t.match(draftFormats.junit(clean), /failures="0"/);
  t.match(draftFormats.markdown(draft), /\| 4 \| Section 1 \| json-invalid \| JSON \|/);
  t.match(
    draftFormats.annotations(draft),
    /^::error file=a draft\.md,line=4,title=json-invalid::Section 1: expected JSON/,
  );
  t.equal(draftFormats.annotations(clean), '');
  t.end();
});

void t.test('HTML: one row for each finding, and nothing of a draft becomes markup', (t) => {
  const page = draftFormats.html(draft);
  t.match(
    page,
    /<tr><th scope="row">4<\/th><td>Section 1<\/td><td title="an example is no JSON">json-invalid<\/td><td>JSON<\/td>/,
  );
  t.match(page, '<p>1 finding in 0 HTTP messages and 1 bodies.</p>');
  t.notMatch(draftFormats.html(clean), '<table>');
  const harmful = '<script>alert(1)</script>';
  const findings = draft.findings.map((finding) => ({
    ...finding,
    expected: harmful,
    actual: harmful,
    source: harmful,
  }));
  const hostile = draftFormats.html({ ...draft, file: harmful, findings });
  t.equal(/<(?:script|img|iframe|link|svg)\b|<[^>]*\son\w+=/i.exec(hostile), null);
  t.equal(hostile.split('&lt;script').length, 6, 'the name stands in title and heading');
  t.end();
});
