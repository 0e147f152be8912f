import fc from 'fast-check';
import t from 'tap';
import { Agenda } from '../../../simulation/agenda.js';
import { Chance } from '../../../simulation/chance.js';

void t.test('one seed gives the same again, and another something else', (t) => {
  const drawn = (seed: string): unknown => {
    const chance = new Chance(seed);
    return [chance.number(), chance.uuid(), Buffer.from(chance.bytes(8)).toString('hex')];
  };
  t.strictSame(drawn('1'), drawn('1'));
  t.notSame(drawn('1'), drawn('2'));
  t.end();
});

void t.test('what is drawn for one purpose changes nothing of another', (t) => {
  const chance = new Chance('7');
  const ids = chance.of('ids');
  chance.of('latency').number();
  chance.number();
  t.equal(ids.uuid(), new Chance('7').of('ids').uuid());
  t.end();
});

void t.test('numbers are spread from 0 to 1, bytes over all values, and ids are random UUIDs', (t) => {
  const chance = new Chance('spread');
  const tenths = Array<number>(10).fill(0);
  for (let draw = 0; draw < 20_000; draw += 1) {
    const place = Math.floor(chance.number() * 10);
    tenths[place] = (tenths[place] ?? 0) + 1;
  }
  t.ok(
    tenths.every((count) => count > 1800 && count < 2200),
    tenths.join(' '),
  );
  t.equal(new Set(chance.bytes(10_000)).size, 256);
  const ids = new Set(Array.from({ length: 1000 }, () => chance.uuid()));
  t.equal(ids.size, 1000);
  for (const id of ids) t.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  t.end();
});

void t.test('an agenda gives what it was given, sorted, and each of one time in its order', (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.boolean())), (entries) => {
      const agenda = new Agenda();
      const happened: number[] = [];
      const takeBack = entries.map(([at], place) => agenda.enter(at, () => happened.push(place)));
      entries.forEach(([, isTakenBack], place) => {
        if (isTakenBack) takeBack[place]?.();
      });
      const kept = entries.flatMap(([at, isTakenBack], place) => (isTakenBack ? [] : [{ at, place }]));
      t.equal(agenda.size, kept.length);
      for (let next = agenda.takeNext(); next !== undefined; next = agenda.takeNext()) next.then();
      t.strictSame(
        happened,
        kept.toSorted((a, b) => a.at - b.at || a.place - b.place).map(({ place }) => place),
      );
      t.equal(agenda.size, 0);
    }),
    { seed: 1 },
  );
  t.end();
});
