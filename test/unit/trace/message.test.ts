import t from 'tap';
import { headerValue } from '../../../suites/trace/message.js';

void t.test('the value of a field', (t) => {
  t.equal(headerValue([['Location', ' \t/x y \t ']], 'location'), '/x y', 'without the blanks around it');
  t.equal(headerValue([['ETag', '\u00a0"1"']], 'ETag'), '\u00a0"1"', 'other white space is a part of it');
  t.equal(headerValue([['Allow', ' \t ']], 'Allow'), '', 'blanks alone are an empty value');
  t.equal(headerValue([['Allow', 'GET\t']], 'Accept'), undefined);
  const lines: [string, string][] = [
    ['Allow', 'GET\t'],
    ['allow', ' HEAD'],
  ];
  t.equal(headerValue(lines, 'Allow'), 'GET, HEAD', 'of several lines each without them');
  t.end();
});
