import t from 'tap';
import { readDraft } from '../../../drafts/read/read-draft.js';
import { normativeSentences, sentencesIn } from '../../../drafts/sentences/sentences.js';

const normative = (...paragraphs: string[]) => normativeSentences(readDraft(['# One', ...paragraphs].join('\n\n')));

void t.test('a paragraph is cut into sentences, but not after abbreviations', (t) => {
  t.strictSame(sentencesIn('A client MAY ask, e.g. Bob. It waits.  See RFC 7644, Section 3.7 for more.'), [
    'A client MAY ask, e.g. Bob.',
    'It waits.',
    'See RFC 7644, Section 3.7 for more.',
  ]);
  t.strictSame(sentencesIn('* A bullet MUST be cut off.'), ['A bullet MUST be cut off.']);
  t.end();
});

void t.test('only key words in capitals count, and the strictest one of a sentence', (t) => {
  t.strictSame(
    normative(
      'It must be small. It MUST be here. It MAY be here, and SHOULD NOT be there. It is OPTIONAL.',
      'The key words "MUST", "MUST NOT", "SHALL" and "MAY" in this document are to be interpreted as described.',
      'The key words "MUST" and "MAY" are to be interpreted as in BCP 14.',
    ).map(({ keyword, section, line }) => [keyword, section.number, line]),
    [
      ['MUST', '1', 3],
      ['SHOULD NOT', '1', 3],
      ['OPTIONAL', '1', 3],
    ],
  );
  t.end();
});

void t.test('an id stays when a sentence moves or is wrapped, and is another one for other words', (t) => {
  const [first, second, third] = [
    normative('A client MUST ask «nicely».'),
    normative('', '## Deeper', 'Prose.', 'A client\nMUST ask "nicely".'),
    normative('A client SHOULD ask «nicely».'),
  ].map((sentences) => sentences[0]?.id);
  t.equal(first, second);
  t.match(first, /^must-[0-9a-f]{8}$/);
  t.not(first, third);
  t.match(
    normative('It MUST be.', 'It MUST be.').map(({ id }) => id),
    [/^must-[0-9a-f]{8}$/, /^must-[0-9a-f]{8}-2$/],
  );
  t.end();
});

void t.test('a sentence is the same in RFC text and in RFCXML', (t) => {
  const text =
    'Internet-Draft    A    May 2026\n\n1.  One\n\n   A non-\n   final answer MUST be\n   as in [RFC7644].\n';
  const xml =
    '<?xml version="1.0"?><rfc><middle><section><name>One</name><t>A non-final answer <bcp14>MUST</bcp14> be as in <xref target="RFC7644"/>.</t></section></middle></rfc>';
  const [one, other] = [text, xml].map((each) =>
    normativeSentences(readDraft(each)).map(({ id, text: said }) => [id, said]),
  );
  t.strictSame(one, other);
  t.equal(one?.[0]?.[1], 'A non-final answer MUST be as in [RFC7644].');
  t.end();
});
