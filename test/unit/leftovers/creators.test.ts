import t from 'tap';
import { clientOf, Creators } from '../../../suites/leftovers/creators.js';

void t.test('the client that created a resource asks for it', (t) => {
  const creators = new Creators();
  t.strictSame(creators.clients, ['primary']);
  creators.sends('a@example.com', 'primary');
  creators.sends('b@example.com', 'second');
  creators.owns('https://provider.example/Users/2', 'second');
  t.equal(creators.of('a@example.com'), 'primary');
  t.equal(creators.of('B@example.com'), 'second', 'names are compared without regard to case');
  t.equal(creators.of('https://provider.example/Users/2'), 'second');
  t.equal(creators.of('unknown'), 'primary');
  t.strictSame(creators.clients, ['primary', 'second']);
  t.end();
});

void t.test('what both clients tried to create is asked for by the first one', (t) => {
  const creators = new Creators();
  creators.sends('a@example.com', 'second');
  creators.sends('a@example.com', 'primary');
  creators.sends('a@example.com', 'second');
  t.equal(creators.of('a@example.com'), 'primary');
  t.end();
});

void t.test('a bad credential or a status token belongs to the first client', (t) => {
  t.strictSame((['none', 'invalid', 'status-token', 'second'] as const).map(clientOf), [
    'primary',
    'primary',
    'primary',
    'second',
  ]);
  t.end();
});
