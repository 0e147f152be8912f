import t from 'tap';
import { allEnded } from '../../../suites/concurrency/all-ended.js';

void t.test('an error is thrown only when everything has ended', async (t) => {
  let end: () => void = () => undefined;
  let isEnded = false;
  const slow = new Promise<void>((resolve) => {
    end = resolve;
  }).then(() => {
    isEnded = true;
  });
  const all = allEnded([Promise.reject(new Error('the first')), slow, Promise.reject(new Error('the second'))]);
  end();
  await t.rejects(all, { message: 'the first' });
  t.equal(isEnded, true);
  await t.resolves(allEnded([slow, Promise.resolve()]));
});
