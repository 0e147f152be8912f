import t from 'tap';
import map from '../../../docs/examples/draft/rfc9967.map.json' with { type: 'json' };
import { validate } from '../../../schemas/validators.js';
import { defaultProfile } from '../../../suites/index.js';

/** The RFC itself is not in this repository: that its sentences are all there was seen when the map was made. */
void t.test('the map of RFC 9967 names every requirement that cites it, and only requirements that exist', (t) => {
  t.equal(validate('files/draft-map', map).valid, true);
  const named = new Set([
    ...map.sentences.flatMap(({ requirements }) => requirements),
    ...map.unstated.map(({ requirement }) => requirement),
  ]);
  const { requirements } = defaultProfile;
  const citing = requirements.filter(({ source }) => source.some(({ label }) => /^RFC 9967\b/.test(label)));
  t.ok(citing.length > 10);
  t.strictSame(
    citing.map(({ id }) => id).filter((id) => !named.has(id)),
    [],
  );
  const known = new Set(requirements.map(({ id }) => id));
  t.strictSame(
    [...named].filter((id) => !known.has(id)),
    [],
  );
  t.end();
});
