import t from 'tap';
import { readDraft } from '../../../drafts/read/read-draft.js';
import { NotReadable } from '../../../drafts/not-readable.js';

/** The parts of a draft that readers have to find, in any format. */
const outline = (text: string) =>
  readDraft(text).blocks.map(({ section, figure, lines }) => ({
    section: section.number,
    title: section.title,
    ...(figure === undefined ? {} : { figure: `${figure.number} ${figure.title}` }),
    first: lines[0]?.text.trim(),
    line: lines[0]?.number,
    count: lines.length,
  }));

const pages = `Internet-Draft                A Protocol                    May 2026


1.  Introduction

   This paragraph is prose.  A GET of it is
   described below.

2.  Requests
2.1.  Create

   The client sends:

   POST /Users HTTP/1.1
   Host: example.com

   {
     "userName": "a"




Somebody                 Expires May 2027                       [Page 1]

Internet-Draft                A Protocol                    May 2026


   }

   HTTP/1.1 201 Created

             Figure 1: A create, with a caption that is
                            longer

   More prose.

Appendix A.  Others

   { "a": 1 }
`;

void t.test('RFC text: examples, sections and captions, over the end of a page', (t) => {
  t.strictSame(outline(pages), [
    {
      section: '2.1',
      title: 'Create',
      figure: '1 A create, with a caption that is longer',
      first: 'POST /Users HTTP/1.1',
      line: 14,
      count: 9,
    },
    { section: 'A', title: 'Others', first: '{ "a": 1 }', line: 39, count: 1 },
  ]);
  const { paragraphs } = readDraft(pages);
  t.strictSame(
    paragraphs.map(({ text, line }) => [text, line]).filter(([text]) => String(text).includes('prose')),
    [
      ['This paragraph is prose. A GET of it is described below.', 6],
      ['More prose.', 35],
    ],
  );
  t.end();
});

const markdown = `---
title: A Protocol
---

--- abstract

Nothing.

--- middle

# Introduction

# Requests {#requests}

## Create

The client sends:

~~~ http-message
POST /Users HTTP/1.1
Host: example.com
~~~
{: #fig-create title="A create"}

\`\`\`json
{ "a": 1 }
\`\`\`

--- back

# Others

~~~
{ "b": 2 }
~~~
`;

void t.test('Markdown: code blocks, numbered as an RFC numbers its sections', (t) => {
  const wanted = [
    { section: '2.1', title: 'Create', figure: '1 A create', first: 'POST /Users HTTP/1.1', line: 20, count: 2 },
    { section: '2.1', title: 'Create', first: '{ "a": 1 }', line: 26, count: 1 },
    { section: 'A', title: 'Others', first: '{ "b": 2 }', line: 34, count: 1 },
  ];
  t.strictSame(outline(markdown), wanted);
  t.strictSame(outline(markdown.replaceAll('\n', '\r\n')), wanted, 'with the line breaks of Windows');
  t.end();
});

const xml = `<?xml version="1.0"?>
<rfc><front><title>A Protocol</title></front>
<middle>
<section><name>Introduction</name><t>Some
  prose.</t></section>
<section><name>Requests</name>
<section title="Create">
<figure><name>A create</name><sourcecode type="http-message"><![CDATA[
POST /Users HTTP/1.1
Host: example.com
]]></sourcecode></figure>
<artwork>{ "a": "&lt;" }</artwork>
</section></section></middle>
<back><section><name>Others</name><sourcecode>
{ "b": 2 }
</sourcecode></section></back></rfc>
`;

void t.test('RFCXML: source code and artwork, with the names of figures and sections', (t) => {
  t.strictSame(outline(xml), [
    { section: '2.1', title: 'Create', figure: '1 A create', first: 'POST /Users HTTP/1.1', line: 9, count: 2 },
    { section: '2.1', title: 'Create', first: '{ "a": "<" }', line: 12, count: 1 },
    { section: 'A', title: 'Others', first: '{ "b": 2 }', line: 15, count: 1 },
  ]);
  t.strictSame(
    readDraft(xml).paragraphs.map(({ text, section }) => [section.number, text]),
    [['1', 'Some prose.']],
  );
  t.throws(() => readDraft('<?xml version="1.0"?><rfc><t></rfc>'), NotReadable);
  t.end();
});

void t.test('folded lines are joined (RFC 8792)', (t) => {
  const folded = (header: string, ...lines: string[]) =>
    readDraft(
      ['# A', '', '~~~', `NOTE: ${header} line wrapping per RFC 8792`, '', ...lines, '~~~', ''].join('\n'),
    ).blocks[0]?.lines.map(({ text, number }) => [number, text]);
  t.strictSame(folded("'\\'", '{"a": \\', '   1}', 'x'), [
    [6, '{"a": 1}'],
    [8, 'x'],
  ]);
  t.strictSame(folded("'\\\\'", '{"a": \\', '   \\  1}'), [[6, '{"a":   1}']]);
  t.end();
});
