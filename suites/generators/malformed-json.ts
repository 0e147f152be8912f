/** Ways to break a JSON text (RFC 8259) so that no parser may accept it. */
import fc from 'fast-check';

export interface Damage {
  readonly name: string;
  apply(json: string): string;
}

const damages: Damage[] = [
  { name: 'cut short', apply: (json) => json.slice(0, -1) },
  { name: 'cut in half', apply: (json) => json.slice(0, Math.floor(json.length / 2)) },
  { name: 'trailing comma', apply: (json) => json.replace(/\}$/, ',}') },
  { name: 'two values', apply: (json) => `${json}${json}` },
  { name: 'missing colon', apply: (json) => json.replace('":', '"') },
  { name: 'single quotes', apply: (json) => json.replaceAll('"', "'") },
  { name: 'bare word', apply: () => 'scim' },
  { name: 'control character in a string', apply: (json) => json.replace('scimc-', 'scimc-\u0001') },
];

export const malformed: fc.Arbitrary<Damage> = fc.constantFrom(...damages.map(({ name }) => name)).map((name) => {
  const damage = damages.find((candidate) => candidate.name === name);
  if (damage === undefined) throw new Error(`no damage is called ${name}`);
  return damage;
});
