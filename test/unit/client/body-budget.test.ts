import t from 'tap';
import { alwaysKept, beginningOf } from '../../../suites/client/body-budget.js';

void t.test('a body that is cut ends with a whole character', (t) => {
  const letters = 'a'.repeat(alwaysKept - 1);
  t.equal(beginningOf(Buffer.from(`${letters}é and more`)), letters);
  t.equal(beginningOf(Buffer.from(`${letters}ab`)), `${letters}a`);
  t.equal(beginningOf(Buffer.from(`${letters.slice(1)}é and more`)), `${letters.slice(1)}é`);
  t.end();
});
