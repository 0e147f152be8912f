import t from 'tap';
import { limitsInWords } from '../../../../reports/facts/rate-limit.js';

void t.test('both limits are named: the advertised one, and another one that throttled', (t) => {
  const burst = { requests: 100, throttled: 30 };
  t.strictSame(limitsInWords(burst), []);
  t.strictSame(limitsInWords({ ...burst, advertised: [{ limit: 1000, seconds: 60 }, { limit: 5 }] }), [
    'The target advertises 1000 in 60 s, 5',
  ]);
  const both = { advertised: [{ limit: 1000 }], otherLimit: { throttled: 30, remaining: 900 } };
  t.match(limitsInWords({ ...burst, ...both }), [/advertises 1000$/, /throttled 30 reads.*900/]);
  t.end();
});
