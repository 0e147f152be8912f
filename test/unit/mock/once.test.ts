import t from 'tap';
import { once } from '../../../mock/once.js';

void t.test('a value is made at the first call only, also if it is undefined', (t) => {
  const made: string[] = [];
  const valueOf = (value: string | undefined) =>
    once(() => {
      made.push(String(value));
      return value;
    });
  const [some, none] = [valueOf('some'), valueOf(undefined)];
  t.strictSame(made, []);
  t.strictSame([some(), some(), none(), none()], ['some', 'some', undefined, undefined]);
  t.strictSame(made, ['some', 'undefined']);
  t.end();
});

void t.test('what fails is tried again', (t) => {
  let tries = 0;
  const value = once(() => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return 'value';
  });
  t.throws(value, { message: 'not yet' });
  t.equal(value(), 'value');
  t.end();
});
