import t from 'tap';
import { readPreference } from '../../../../mock/http/preference.js';

void t.test('Prefer is read as RFC 7240 writes it', (t) => {
  const read = (field: string) => {
    const { respondAsync, waitSeconds } = readPreference(field);
    return [respondAsync, waitSeconds];
  };
  t.same(readPreference(undefined), { respondAsync: false });
  t.same(read('respond-async'), [true, undefined]);
  t.same(read('respond-async, wait=10'), [true, 10]);
  t.same(read('Respond-Async ; a="b,c" , WAIT = "7"'), [true, 7], 'case, parameters, quoted values');
  t.same(read('return=minimal; x="respond-async, wait=1", wait=3'), [false, 3], 'a quoted comma separates nothing');
  t.same(read('wait=1, wait=2'), [false, 1], 'the first instance counts');
  t.same(read('respond-async=""'), [true, undefined], 'an empty value is none');
  t.same(read(',, respond-async,'), [true, undefined]);
  t.same(read('wait=soon, respond-async'), [true, undefined]);
  t.same(read('@?!, handling=lenient, respond-async;'), [true, undefined], 'what is unknown is passed over');
  t.same(read('respond-asynchronous, x="respond-async'), [false, undefined]);
  t.end();
});
