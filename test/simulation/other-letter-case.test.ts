import t from 'tap';
import { header, mediaType } from '../../schemas/names.js';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(1_800_000);

type Seams = NonNullable<MockProviderOptions['seams']>;
type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value with another spelling of all names in it and of all URNs. */
const respelled = (value: unknown, spell: (name: string) => string): unknown => {
  if (typeof value === 'string') return value.startsWith('urn:') ? spell(value) : value;
  if (Array.isArray(value)) return value.map((item) => respelled(item, spell));
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [spell(name), respelled(member, spell)]));
};

/** A provider that spells the names in everything that is SCIM so: in its answers, and in the events of its tokens. */
const spelling = (spell: (name: string) => string): Seams => ({
  respond: (answer) =>
    answer.headers[header.contentType] === mediaType.scim ? { ...answer, body: respelled(answer.body, spell) } : answer,
  claimsOf: (claims) => ({ ...claims, events: respelled(claims.events, spell) }),
});

const spellings: Readonly<Record<string, (name: string) => string>> = {
  'in lower case': (name) => name.toLowerCase(),
  'in capitals': (name) => name.toUpperCase(),
};

const ways = {
  'request-mode': { binding: 'request-mode' },
  'respond-async by result': { binding: 'respond-async', observe: 'result' },
  'respond-async by poll': { binding: 'respond-async', observe: 'poll' },
} as const;

for (const [way, over] of Object.entries(ways)) {
  void t.test(`names and URNs in any letter case are read, and only CORE-07 warns, over ${way}`, async (t) => {
    const run = async (seams: Seams) => {
      const provider = mockProvider({ retryAfterSeconds: 0, statusTokenSeconds: 4, rateLimit: false, seams });
      const { report } = await simulate({
        seed: 1,
        provider,
        deliveries: ['poll'],
        run: { burst: 0, runs: 2, ...over },
      });
      const outcomes = report.requirements.map(({ id, outcome, evidence }) => [
        id,
        evidence === undefined ? outcome : `${outcome}: ${evidence.expected}, but ${evidence.actual}`,
      ]);
      return { ...report, outcomes: Object.fromEntries(outcomes) as Record<string, string> };
    };
    const usual = await run({});
    for (const [how, spell] of Object.entries(spellings)) {
      const { outcomes, verdict, leftovers } = await run(spelling(spell));
      t.match(outcomes['CORE-07'], /^warning/);
      t.strictSame(
        { ...outcomes, 'CORE-07': 'pass' },
        usual.outcomes,
        `${how} as much is judged, and with the same result`,
      );
      t.equal(verdict, usual.verdict);
      t.strictSame(leftovers, [], 'what the run created is gone');
    }
  });
}
