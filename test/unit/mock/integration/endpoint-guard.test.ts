import t from 'tap';
import { addressOf, whyRefused, type GuardOptions } from '../../../../mock/integration/webhooks/endpoint-guard.js';

const guard = (allowsLoopback: boolean, ...addresses: string[]): GuardOptions & { readonly asked: string[] } => {
  const asked: string[] = [];
  return {
    allowsLoopback,
    asked,
    resolve: (host) => {
      asked.push(host);
      return Promise.resolve(addresses);
    },
  };
};

void t.test('only https URLs on the public Internet are endpoints', (t) => {
  const strict = guard(false);
  for (const endpoint of ['https://receiver.example/hook', 'https://93.184.215.14/', 'https://[2606:4700::1111]/'])
    t.equal(whyRefused(endpoint, strict), undefined, endpoint);
  for (const endpoint of [
    'http://receiver.example/hook',
    'ftp://receiver.example/hook',
    'no URL',
    'https://user:secret@receiver.example/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://10.1.2.3/',
    'https://169.254.10.10/',
    'https://192.168.0.1/',
    'https://0.0.0.0/',
    'https://[::1]/',
    'https://[fd00::1]/',
    'https://[::ffff:10.0.0.1]/',
    // Other spellings of 127.0.0.1 and 10.0.0.1, which a URL parser reads.
    'https://2130706433/',
    'https://0x7f.1/',
    'https://012.0.0.1/',
    `https://receiver.example/${'x'.repeat(3000)}`,
  ])
    t.type(whyRefused(endpoint, strict), 'string', endpoint.slice(0, 60));
  t.strictSame(strict.asked, [], 'no name is resolved');
  t.end();
});

void t.test('by an option, plain http to this machine is allowed, and nothing else', (t) => {
  const test = guard(true);
  for (const endpoint of ['http://127.0.0.1:8080/hook', 'http://localhost/hook', 'http://[::1]/', 'https://127.0.0.1/'])
    t.equal(whyRefused(endpoint, test), undefined, endpoint);
  for (const endpoint of ['http://receiver.example/', 'http://10.0.0.1/', 'https://10.0.0.1/'])
    t.type(whyRefused(endpoint, test), 'string', endpoint);
  t.end();
});

void t.test('a name is resolved once, and every address of it has to be public', async (t) => {
  const endpoint = 'https://receiver.example/hook';
  const open = guard(false, '93.184.215.14', '2606:4700::1111');
  t.equal(await addressOf(endpoint, open), '93.184.215.14');
  t.strictSame(open.asked, ['receiver.example']);
  t.equal(await addressOf(endpoint, guard(false, '93.184.215.14', '10.0.0.1')), undefined);
  t.equal(await addressOf(endpoint, guard(false)), undefined, 'it has no address');
  t.equal(await addressOf(endpoint, guard(false, 'nonsense')), undefined);
  t.equal(await addressOf(endpoint, guard(true, '127.0.0.1')), undefined, 'another name does not lead to this machine');
  t.equal(await addressOf('http://localhost/', guard(true, '127.0.0.1')), '127.0.0.1');
  const literal = guard(false, '10.0.0.1');
  t.equal(await addressOf('https://93.184.215.14/', literal), '93.184.215.14');
  t.strictSame(literal.asked, [], 'an address needs no resolution');
});
