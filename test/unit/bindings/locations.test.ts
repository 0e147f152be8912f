import t from 'tap';
import { lastSegment } from '../../../suites/bindings/locations.js';

void t.test('the last segment of a location is decoded, and stays as it is where no decoder can read it', (t) => {
  t.equal(lastSegment('https://idp.example/scim/v2/Users/a%20b%2Fc'), 'a b/c');
  t.equal(lastSegment('/Users/%C3%BC'), 'ü');
  t.equal(lastSegment('/Users/%zz'), '%zz');
  t.equal(lastSegment('/Users/%ff'), '%ff', 'not UTF-8');
  t.equal(lastSegment('/Users/'), '');
  t.equal(lastSegment(''), '');
  t.end();
});
