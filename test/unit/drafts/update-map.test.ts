import t from 'tap';
import { updateMap } from '../../../drafts/map/update-map.js';
import { readDraft } from '../../../drafts/read/read-draft.js';
import { normativeSentences, type Sentence } from '../../../drafts/sentences/sentences.js';
import type { DraftMap } from '../../../schemas/types.js';
import { validate } from '../../../schemas/validators.js';

const sentencesOf = (...sections: string[]): Sentence[] =>
  normativeSentences(readDraft(sections.map((text, place) => `# Section ${place + 1}\n\n${text}\n`).join('\n')));

const empty: DraftMap = { format: 1, cites: 'draft-one', sentences: [] };

/** A map of these sections in which each sentence is tested by a requirement of its own: ACC-01, ACC-02 and so on. */
const reviewed = (...sections: string[]): DraftMap => {
  const { map } = updateMap(empty, sentencesOf(...sections));
  const sentences = map.sentences.map((entry, place) => ({ ...entry, requirements: [`ACC-0${place + 1}`] }));
  return { ...map, sentences };
};

/** Requirements of each entry, and whether it has to be reviewed. */
const after = (map: DraftMap, ...sections: string[]) => {
  const { map: updated, removed } = updateMap(map, sentencesOf(...sections));
  return {
    entries: updated.sentences.map(
      ({ requirements, was }) => `${requirements.join()}${was === undefined ? '' : ' review'}`,
    ),
    removed: removed.map(({ requirements }) => requirements.join()),
  };
};

void t.test('new sentences are added, and what was reviewed stays', (t) => {
  const sentences = sentencesOf('It MUST be here. It SHOULD be there. It MAY be anywhere.');
  const [must, should, may] = sentences.map(({ id }) => id);
  const entry = { id: should ?? '', section: '9', begins: 'old words', requirements: ['ACC-02'], why: 'because' };
  const { map, removed } = updateMap({ ...empty, sentences: [entry] }, sentences);
  t.strictSame(map.sentences, [
    { id: must, section: '1', begins: 'It MUST be here.', requirements: [] },
    { id: should, section: '1', begins: 'It SHOULD be there.', requirements: ['ACC-02'], why: 'because' },
    { id: may, section: '1', begins: 'It MAY be anywhere.', requirements: [] },
  ]);
  t.strictSame(removed, []);
  t.equal(validate('files/draft-map', map).valid, true);
  t.strictSame(updateMap(map, sentences), { map, removed: [] });
  t.end();
});

void t.test('a sentence with another key word takes over what was said of the old one, and names it', (t) => {
  const map = reviewed('A provider SHOULD answer. A client MAY wait for an hour.');
  const { map: updated, removed } = updateMap(
    map,
    sentencesOf('A provider MUST answer. A client MAY wait for an hour.'),
  );
  const [changed, same] = updated.sentences;
  t.match(changed, { id: /^must-/, requirements: ['ACC-01'], was: map.sentences[0]?.id });
  t.strictSame(same, map.sentences[1]);
  t.strictSame(removed, []);
  t.equal(validate('files/draft-map', updated).valid, true);
  const again = updateMap(updated, sentencesOf('A provider MUST answer. A client MAY wait for an hour.'));
  t.strictSame(again.map, updated, 'it asks for a review until the reviewer deletes it');
  t.end();
});

void t.test('each new sentence is the version of the old one that it is most like', (t) => {
  const map = reviewed('The answer to a create MUST have a Location. The answer to a delete MUST have no body.');
  t.strictSame(
    after(map, 'The answer to a delete SHOULD have no body. The answer to a create SHOULD have a Location.'),
    { entries: ['ACC-02 review', 'ACC-01 review'], removed: [] },
  );
  t.strictSame(after(map, 'The answer to a create SHOULD have a Location, and an ETag.'), {
    entries: ['ACC-01 review'],
    removed: ['ACC-02'],
  });
  t.end();
});

void t.test('in another section only a sentence that is nearly the same is a version of an old one', (t) => {
  const map = reviewed('The answer to a create MUST have a Location.', 'It MUST work.');
  t.strictSame(after(map, 'It MUST work.', 'The answer to a create SHOULD have a Location.'), {
    entries: ['ACC-02', 'ACC-01 review'],
    removed: [],
  });
  t.strictSame(after(map, 'It MUST work.', 'The answer to a bulk request MUST have no Location.'), {
    entries: ['ACC-02', ''],
    removed: ['ACC-01'],
  });
  t.end();
});

void t.test('an entry whose sentence is gone is removed, and an unreviewed one is taken over by nothing', (t) => {
  t.strictSame(after(reviewed('It MUST be here.'), 'Nobody MAY know anything of the whole affair.'), {
    entries: [''],
    removed: ['ACC-01'],
  });
  const { map } = updateMap(empty, sentencesOf('It MUST be here.'));
  t.strictSame(after(map, 'It SHOULD be here.'), { entries: [''], removed: [''] });
  t.end();
});
