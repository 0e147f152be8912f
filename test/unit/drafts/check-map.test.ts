import t from 'tap';
import { checkMap, type MappedRequirement } from '../../../drafts/map/check-map.js';
import { readDraft } from '../../../drafts/read/read-draft.js';
import { mapFormats } from '../../../drafts/report/map-formats.js';
import { normativeSentences } from '../../../drafts/sentences/sentences.js';
import type { DraftMap } from '../../../schemas/types.js';

const sentences = normativeSentences(
  readDraft('# Requests\n\nIt MUST be here. It SHOULD be there. It MAY be anywhere.\n'),
);
const [must, should, may] = sentences.map(({ id }) => id);

const requirements: readonly MappedRequirement[] = [
  { id: 'ACC-01', level: 'MUST', cites: ['draft-one §1'] },
  { id: 'ACC-02', level: 'SHOULD', cites: ['draft-one §2', 'RFC 7644 §3'] },
  { id: 'ACC-03', level: 'MUST', cites: ['draft-one-more §1'] },
];

const mapOf = (...entries: DraftMap['sentences']): DraftMap => ({ format: 1, cites: 'draft-one', sentences: entries });

const found = (...entries: DraftMap['sentences']): string[] =>
  checkMap(sentences, mapOf(...entries), requirements).map((finding) => {
    switch (finding.kind) {
      case 'sentence-without-requirement':
        return `${finding.kind} ${finding.sentence.keyword} ${finding.candidates.join()}`;
      case 'requirement-without-sentence':
        return `${finding.kind} ${finding.requirement.id}`;
      case 'level-differs':
        return `${finding.kind} ${finding.requirement.id} ${finding.sentence.keyword}`;
      case 'sentence-changed':
      case 'sentence-gone':
        return `${finding.kind} ${finding.entry.id}`;
      case 'unknown-requirement':
        return `${finding.kind} ${finding.id}`;
    }
  });

void t.test(
  'an empty map: each MUST and SHOULD lacks a requirement, each requirement that cites the draft a sentence',
  (t) => {
    t.strictSame(found(), [
      'sentence-without-requirement MUST ACC-01',
      'sentence-without-requirement SHOULD ACC-01',
      'requirement-without-sentence ACC-01',
      'requirement-without-sentence ACC-02',
    ]);
    t.end();
  },
);

void t.test('a complete map has nothing to review', (t) => {
  const entries = [
    { id: must ?? '', requirements: ['ACC-01'] },
    { id: should ?? '', requirements: ['ACC-02'] },
  ];
  t.strictSame(found(...entries), []);
  t.strictSame(found(...entries, { id: may ?? '', requirements: ['ACC-01'] }), [], 'what MAY be done has no level');
  t.end();
});

void t.test('levels, entries that are gone, and ids that no profile has', (t) => {
  const swapped = [
    { id: must ?? '', requirements: ['ACC-02'] },
    { id: should ?? '', requirements: ['ACC-01', 'ACC-99'] },
    { id: 'must-00000000', requirements: [] },
    { id: may ?? '', requirements: [], was: 'should-00000000' },
  ];
  t.strictSame(found(...swapped), [
    'level-differs ACC-02 MUST',
    'level-differs ACC-01 SHOULD',
    `sentence-changed ${may ?? ''}`,
    'sentence-gone must-00000000',
    'unknown-requirement ACC-99',
  ]);
  const excused = [
    { id: must ?? '', requirements: ['ACC-02'], why: 'the profile asks for less' },
    { id: should ?? '', requirements: [], why: 'it is about clients' },
  ];
  t.strictSame(found(...excused), ['requirement-without-sentence ACC-01']);
  const map = { ...mapOf(...excused), unstated: [{ requirement: 'ACC-01', why: 'a table says it' }] };
  t.strictSame(checkMap(sentences, map, requirements), []);
  t.end();
});

void t.test('the formats', (t) => {
  const checked = { file: 'a.md', sentences, findings: checkMap(sentences, mapOf(), requirements), removed: [] };
  t.match(
    mapFormats.pretty(checked),
    /^Sentences that no requirement tests \(2\)\n {2}must-[0-9a-f]{8} line 3, Section 1: It MUST be here\. \(requirements that cite this section: ACC-01\)\n/,
  );
  t.match(mapFormats.pretty(checked), /\n3 normative sentences, 4 points to review\.\n$/);
  t.match(mapFormats.markdown(checked), /^## a\.md\n\n### Sentences that no requirement tests\n\n- must-/);
  t.match(JSON.parse(mapFormats.json(checked)), { findings: [{ kind: 'sentence-without-requirement' }, {}, {}, {}] });
  t.end();
});

void t.test('the formats show what was taken over, and what was removed', (t) => {
  const entries = [
    { id: must ?? '', requirements: ['ACC-01'], was: 'should-00000000' },
    { id: should ?? '', requirements: ['ACC-02'] },
  ];
  const removed = [{ id: 'may-00000000', begins: 'It MAY', requirements: ['ACC-03'], why: 'we asked' }];
  const checked = { file: 'a.md', sentences, findings: checkMap(sentences, mapOf(...entries), requirements), removed };
  const gone = 'may-00000000 «It MAY …» ACC-03 (we asked)';
  t.match(
    mapFormats.pretty(checked),
    `  ${must ?? ''} line 3 was should-00000000, with ACC-01: It MUST be here.\n\nRemoved from the map, because their sentence is not in the draft any more (1)\n  ${gone}\n\n3 normative sentences, 1 point to review.\n`,
  );
  t.match(mapFormats.markdown(checked), '### Removed from the map');
  t.match(JSON.parse(mapFormats.json(checked)), { removed });
  t.end();
});
