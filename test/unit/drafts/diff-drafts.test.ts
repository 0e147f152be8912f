import t from 'tap';
import { diffDrafts } from '../../../drafts/diff/diff-drafts.js';
import { readDraft } from '../../../drafts/read/read-draft.js';
import { diffFormats } from '../../../drafts/report/diff-formats.js';
import { normativeSentences } from '../../../drafts/sentences/sentences.js';

const sentencesOf = (text: string) => normativeSentences(readDraft(text));

/** Two versions of a text with thirteen changes, two sentences that only moved or were wrapped, and prose that changed. */
const before = `# Requests

A client SHOULD send a request id with each request. The provider MUST answer with 202 when the work is queued.
The answer MUST have a Location that leads to the status. The provider MAY send Retry-After with the answer.

A client MAY repeat a request with the same request id. The provider MUST NOT do the same request twice.
The body of the answer SHOULD be the status resource. The provider SHOULD keep the status for one day at least.

This paragraph is prose.

# Status

The status MUST show four counts. The total MUST NOT change after acceptance. A provider MAY show a state.
The state, if it is shown, MUST agree with the counts. Reads of the status SHOULD NOT count against the rate limit.

A client SHOULD wait for as long as Retry-After says. The sum of the counts MUST be the total.
Results MUST be in the order of the request. Clients that poll too fast MAY be refused.
`;
const after = `# Status

The status MUST show four counts. The total MUST NOT change after acceptance. A provider SHOULD show a state.
The state, if it is shown, MUST agree with the booleans and with the counts. Reads of the status MUST NOT count against the rate limit.

A client MUST wait for as long as Retry-After says. The sum
of the counts MUST be the total.
Results MAY be in the order of the request. Each result MUST have its method.

# Requests

A client MAY send a request id with each request. The provider MUST answer with 202 when the work is queued.
The answer MUST have a Location that leads to the status. The provider MUST send Retry-After with the answer.

A client MUST NOT repeat a request with the same request id. The provider MUST NOT do the same request twice.
The body of the answer MUST NOT be the status resource. A status token SHOULD expire within an hour.

This paragraph is other prose.
`;

void t.test('thirteen planted changes are found, and no others', (t) => {
  const changes = diffDrafts(sentencesOf(before), sentencesOf(after));
  const told = changes.map(({ kind, before: was, after: is }) => `${kind}: ${(is ?? was)?.text.slice(0, 32) ?? ''}`);
  t.strictSame(told, [
    'stricter: A provider SHOULD show a state.',
    'reworded: The state, if it is shown, MUST ',
    'stricter: Reads of the status MUST NOT cou',
    'stricter: A client MUST wait for as long a',
    'looser: Results MAY be in the order of t',
    'new: Each result MUST have its method',
    'looser: A client MAY send a request id w',
    'stricter: The provider MUST send Retry-Aft',
    'stricter: A client MUST NOT repeat a reque',
    'reversed: The body of the answer MUST NOT ',
    'new: A status token SHOULD expire wit',
    'gone: The provider SHOULD keep the sta',
    'gone: Clients that poll too fast MAY b',
  ]);
  t.strictSame(diffDrafts(sentencesOf(before), sentencesOf(before)), []);
  t.end();
});

void t.test('the formats name both versions and what a change touches', (t) => {
  const changes = diffDrafts(sentencesOf('# A\n\nIt MAY be here.'), sentencesOf('# A\n\nIt MUST be here.')).map(
    (change) => ({
      ...change,
      touches: ['ACC-01'],
    }),
  );
  const compared = { before: 'old.md', after: 'new.md', changes, providers: [], profileChanges: [] };
  t.equal(
    diffFormats.pretty(compared),
    [
      'Stricter (1)',
      '  MAY → MUST (Section 1, line 3 → Section 1, line 3) touches ACC-01',
      '    − It MAY be here.',
      '    + It MUST be here.',
      '',
      '1 normative sentences are different.',
      '',
    ].join('\n'),
  );
  t.match(diffFormats.markdown(compared), /^## old\.md → new\.md\n\n### Stricter\n\n- MAY → MUST/);
  t.match(JSON.parse(diffFormats.json(compared)), { changes: [{ kind: 'stricter', touches: ['ACC-01'] }] });
  t.equal(diffFormats.pretty({ ...compared, changes: [] }), 'No normative sentence is different.\n');
  t.end();
});

void t.test('the formats show what the recorded providers make of both versions', (t) => {
  const judged = { trace: 'a.ndjson', target: 'https://a.example', before: { profile: '1.1', verdict: 'conformant' } };
  const outcome = { id: 'ACC-06', title: 'the 202 has Retry-After', before: 'warning', after: 'fail' };
  const providers = [
    {
      ...judged,
      after: { profile: 'two', verdict: 'non-conformant' },
      outcomes: [{ ...outcome, why: ['SHOULD in 1.1, MUST in two'] }],
    },
    { ...judged, trace: 'b.ndjson', after: { profile: 'two', verdict: 'conformant' }, outcomes: [] },
  ];
  const profileChanges = ['ACC-06: SHOULD → MUST'];
  const compared = { before: 'old.md', after: 'new.md', changes: [], providers, profileChanges };
  t.equal(
    diffFormats.pretty(compared),
    [
      'No normative sentence is different.',
      '',
      'Profiles (1)',
      '  ACC-06: SHOULD → MUST',
      '',
      'a.ndjson: conformant by 1.1 → non-conformant by two',
      '  ACC-06 warning → fail: the 202 has Retry-After',
      '    SHOULD in 1.1, MUST in two',
      '',
      'b.ndjson: conformant by 1.1 → conformant by two',
      '  Every requirement has the same outcome.',
      '',
    ].join('\n'),
  );
  t.match(
    diffFormats.markdown(compared),
    '- ACC-06 warning → fail: the 202 has Retry-After\n  - SHOULD in 1.1, MUST in two\n',
  );
  t.strictSame((JSON.parse(diffFormats.json(compared)) as typeof compared).providers, providers);
  t.end();
});
