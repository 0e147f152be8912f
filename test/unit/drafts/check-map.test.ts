import t from 'tap';
import { checkMap, updateMap, type MappedRequirement } from '../../../drafts/map/check-map.js';
import { readDraft } from '../../../drafts/read/read-draft.js';
import { mapFormats } from '../../../drafts/report/map-formats.js';
import { normativeSentences } from '../../../drafts/sentences/sentences.js';
import type { DraftMap } from '../../../schemas/types.js';
import { validate } from '../../../schemas/validators.js';

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
  ];
  t.strictSame(found(...swapped), [
    'level-differs ACC-02 MUST',
    'level-differs ACC-01 SHOULD',
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

void t.test('a map is updated: new sentences are added, and what was reviewed stays', (t) => {
  const reviewed = { id: should ?? '', section: '9', begins: 'old words', requirements: ['ACC-02'], why: 'because' };
  const gone = { id: 'must-00000000', requirements: ['ACC-01'] };
  const map = updateMap(mapOf(reviewed, gone), sentences);
  t.strictSame(map.sentences, [
    { id: must, section: '1', begins: 'It MUST be here.', requirements: [] },
    { id: should, section: '1', begins: 'It SHOULD be there.', requirements: ['ACC-02'], why: 'because' },
    { id: may, section: '1', begins: 'It MAY be anywhere.', requirements: [] },
    gone,
  ]);
  t.equal(validate('files/draft-map', map).valid, true);
  t.strictSame(updateMap(map, sentences), map);
  t.end();
});

void t.test('the formats', (t) => {
  const checked = { file: 'a.md', sentences, findings: checkMap(sentences, mapOf(), requirements) };
  t.match(
    mapFormats.pretty(checked),
    /^Sentences that no requirement tests \(2\)\n {2}must-[0-9a-f]{8} line 3, Section 1: It MUST be here\. \(requirements that cite this section: ACC-01\)\n/,
  );
  t.match(mapFormats.pretty(checked), /\n3 normative sentences, 4 points to review\.\n$/);
  t.match(mapFormats.markdown(checked), /^## a\.md\n\n### Sentences that no requirement tests\n\n- must-/);
  t.match(JSON.parse(mapFormats.json(checked)), { findings: [{ kind: 'sentence-without-requirement' }, {}, {}, {}] });
  t.end();
});
