import t from 'tap';
import { fenced, inert } from '../../../reports/text/markdown-text.js';
import { markdownReport } from '../../../reports/markdown.js';
import { hostile, hostileTexts } from './hostile-report.js';
import { conformant, enormous, failing, found, reportOf } from './sample-report.js';

interface Read {
  /** Lines that are Markdown or HTML. */
  readonly prose: string[];
  /** The contents of fenced code blocks, by language. */
  readonly blocks: { language: string; text: string }[];
}

/** As in CommonMark, the closing fence is at least as long as the opening one, with nothing after it. */
const read = (markdown: string): Read => {
  const prose: string[] = [];
  const blocks: Read['blocks'] = [];
  let open: { fence: string; language: string; lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const [, fence = '', rest = ''] = /^ {0,3}(`{3,})([^`]*)$/.exec(line) ?? [];
    if (open === undefined && fence !== '') {
      open = { fence, language: rest, lines: [] };
    } else if (open !== undefined && fence.length >= open.fence.length && rest.trim() === '') {
      blocks.push({ language: open.language, text: open.lines.join('\n') });
      open = undefined;
    } else if (open === undefined) {
      prose.push(line);
    } else {
      open.lines.push(line);
    }
  }
  if (open !== undefined) throw new Error('a fence is not closed');
  return { prose, blocks };
};

void t.test('the verdict first, then the groups, and each failure folded up', (t) => {
  const { prose, blocks } = read(markdownReport(failing()));
  t.equal(prose[0], '## ❌ Asynchronous SCIM: non-conformant');
  t.equal(
    prose.includes(
      '| Group | Passed | Failed | Known | Warned | Inconclusive | Ambiguous | Skipped | Not implemented | Error of the suite |',
    ),
    true,
  );
  t.equal(prose.includes('| STAT |  | 1 | 1 | 1 | 1 |  | 1 |  |  |'), true);
  t.strictSame(
    prose.filter((line) => line.startsWith('<')),
    [
      '<details><summary><b>STAT-01</b> what STAT-01 asks for</summary>',
      '</details>',
      '<details><summary><b>EVT-03</b> what EVT-03 asks for (an error of this suite)</summary>',
      '</details>',
      '<details><summary><b>STAT-02</b> what STAT-02 asks for (known failure)</summary>',
      '</details>',
    ],
  );
  for (const line of [
    '- Expected: counts that add up',
    '- Actual: total is 4, and the others are 3',
    '- What to do: Count each operation once.',
    '- New: STAT-01',
    '- Known: STAT-02',
    '- In the baseline, but no longer failing: remove them: LIFE-01',
    '- In the baseline, but not tested by this run: STAT-04',
    '- **STAT-03** what STAT-03 asks for: counts-do-not-add-up: expected counts that add up; actual: total is 4, and the others are 3',
    '- EVT-01: RFC 9967 says both; the target does the first.',
    '- STAT-05: It was seen once and did not come again.',
    '- scimc-55ddb159-1&#64;example.com',
  ]) {
    t.equal(prose.includes(line), true, line);
  }
  t.match(blocks[0]?.text, '  #1 POST /Bulk → 202');
  t.match(blocks[1]?.text, 'scim-conformance --target https://provider.example/scim/v2 --only STAT-01 --seed 42');
  t.equal(
    blocks.at(-1)?.text,
    'scim-conformance --target https://provider.example/scim/v2 --seed 42 --runs 5 --timeout 10 --deadline 60 --concurrency 8 --burst 1500 --binding auto --observe auto',
  );
  t.end();
});

void t.test('the sign is that of the exit code', (t) => {
  t.match(markdownReport(conformant()), /^## ✅ Asynchronous SCIM: conformant\n/);
  const gate = { passed: true, reason: 'x', failOn: 'must', fresh: [], stale: [], unchecked: [] } as const;
  const known = reportOf([found('STAT-01', 'fail')], {
    exitCode: 0,
    gate: { ...gate, fresh: [], stale: [], unchecked: [], known: ['STAT-01'] },
  });
  t.match(markdownReport(known), /^## ✅ Asynchronous SCIM: non-conformant\n/);
  t.match(markdownReport(reportOf([], { verdict: 'unreachable', exitCode: 3 })), /^## ⚠️ /);
  t.end();
});

void t.test('what the target sent is neither markup nor a line of its own', (t) => {
  const { prose } = read(markdownReport(hostile()));
  const shapes = [
    /^$/,
    /^## ❌ Asynchronous SCIM: non-conformant$/,
    /^### (Failed|Warnings|Not judged|Works with|Left behind on the target|This run)$/,
    /^\| (Group|---|[A-Z]+) \|( ([\w -]+|---:)? \|)+$/,
    /^\| (Shape|---|[^<>*|]+) (\| [^<>*|]* )*\|$/,
    /^This is information, and not part of the verdict\.$/,
    /^\*\*[^<>*]*\*\* \([^<>*]*\): 0 of 1 work$/,
    /^<details><summary><b>[A-Z]+-\d\d<\/b> [^<>]*<\/summary>$/,
    /^<\/details>$/,
    /^- (Expected|Actual|Source|Why it matters|What to do|Reason): [^<>]*$/,
    /^- \*\*[A-Z]+-\d\d\*\* [^<>*]*$/,
    /^- ([A-Z]+-\d\d(, )?)+: [^<>*]*$/,
    /^- [^<>*#]*(&#\d+;[^<>*#]*)*$/,
    /^Run it again:$/,
    /^\*\*Gate failed\*\* [^<>*]*$/,
    /^Target [^<>*]*$/,
  ];
  const reason = inert(hostile().reason, 1000);
  for (const line of prose) {
    if (line !== reason)
      t.equal(
        shapes.some((shape) => shape.test(line)),
        true,
        line.slice(0, 200),
      );
  }
  t.equal(
    prose.some((line) => /`|<script|<h1|@everyone|www\.evil/.test(line)),
    false,
  );
  t.end();
});

void t.test('foreign text has no character that could be structure', (t) => {
  for (const text of hostileTexts) t.notMatch(inert(text), /[<>"'`*_[\]\\|~!$@^{}\n]|:\S|&(?!#\d+;)/);
  t.equal(inert('a|b\nc'), 'a&#124;b c');
  t.end();
});

void t.test('a fence is longer than all that is in it', (t) => {
  t.equal(fenced('plain'), '```text\nplain\n```');
  t.equal(fenced('a ```` b', 'sh'), '`````sh\na ```` b\n`````');
  for (const text of hostileTexts) t.equal(read(fenced(text)).prose.length, 0);
  t.end();
});

void t.test('it stays below the limit, and says what it left out', (t) => {
  const size = (text: string): number => Buffer.byteLength(text);
  const text = markdownReport(enormous());
  t.equal(size(text) < 900_000, true);
  t.equal(size(text) > 500_000, true, 'there is room for many of them');
  const shown = read(text).prose.filter((line) => line.startsWith('<details>')).length;
  const [, left, ids = ''] = /There is no space here for (\d+) more; [^:]*: (.*)/.exec(text) ?? [];
  t.equal(shown + Number(left), 99);
  t.equal(ids.split(', ').length, Number(left));
  t.equal(ids.endsWith(enormous().requirements.at(-1)?.id ?? 'none'), true);
  t.equal(size(markdownReport(hostile())) < 900_000, true);
  t.end();
});
