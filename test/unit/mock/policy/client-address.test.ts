import t from 'tap';
import { createStatusGuard } from '../../../../mock/policy/client-address.js';

const options = {
  statusAllowedAddresses: ['192.0.2.0/24', '2001:db8::/32', '203.0.113.7'],
  trustedProxies: ['127.0.0.0/8', '::1', '10.0.0.0/8'],
};

void t.test('the address of the connection counts, and X-Forwarded-For only behind trusted proxies', (t) => {
  const may = createStatusGuard(options);
  for (const [peer, forwardedFor, expected] of [
    ['192.0.2.9', undefined, true],
    ['::ffff:192.0.2.9', undefined, true],
    ['2001:db8::1', undefined, true],
    ['203.0.113.7', undefined, true],
    ['203.0.113.8', undefined, false],
    ['127.0.0.1', undefined, false],
    [undefined, undefined, false],
    [undefined, '192.0.2.9', false],
    ['203.0.113.8', '192.0.2.9', false],
    ['127.0.0.1', '192.0.2.9', true],
    ['::1', '192.0.2.9:4711', true],
    ['::1', '[2001:db8::2]:4711', true],
    ['127.0.0.1', '192.0.2.9, 10.1.2.3', true],
    ['127.0.0.1', '192.0.2.9, 203.0.113.8', false],
    ['127.0.0.1', '192.0.2.9, 203.0.113.8, 10.1.2.3', false],
    ['127.0.0.1', '203.0.113.8, 192.0.2.9', true],
    ['127.0.0.1', '192.0.2.9, unknown', false],
    ['127.0.0.1', '', false],
    ['192.0.2.9', 'nonsense', true],
  ] as const)
    t.equal(may({ peer, forwardedFor }), expected, `${peer} for ${forwardedFor}`);
  t.end();
});

void t.test('without the option a status is read from everywhere, and with an empty list from nowhere', (t) => {
  t.equal(createStatusGuard({})({ peer: undefined, forwardedFor: undefined }), true);
  t.equal(createStatusGuard({ statusAllowedAddresses: [] })({ peer: '127.0.0.1', forwardedFor: undefined }), false);
  t.end();
});

void t.test('what is no address is a mistake', (t) => {
  for (const cidr of ['proxy.example', '192.0.2.0/33', '', '2001:db8::/129']) {
    t.throws(() => createStatusGuard({ statusAllowedAddresses: [cidr] }), { name: 'OptionError' }, cidr);
    t.throws(() => createStatusGuard({ trustedProxies: [cidr] }), { name: 'OptionError' }, cidr);
  }
  t.end();
});
