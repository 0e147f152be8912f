import t from 'tap';
import { isFromThisMachine } from '../../../../../mock/ops/live/from-this-machine.js';

const sentBy = (remoteAddress: string | undefined, headers: Record<string, string>): boolean =>
  isFromThisMachine({ headers, raw: { socket: { remoteAddress } } });

void t.test('addresses and names of this machine are let in', (t) => {
  for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])
    for (const host of ['localhost', 'LocalHost:8080', '127.0.0.1:8080', '[::1]:8080', '[::1]'])
      t.equal(sentBy(address, { host }), true, `${address} ${host}`);
  t.end();
});

void t.test('other addresses, other names and proxies are not', (t) => {
  const host = '127.0.0.1:8080';
  for (const address of ['192.0.2.1', '::ffff:192.0.2.1', '2001:db8::1', '', undefined])
    t.equal(sentBy(address, { host }), false, String(address));
  for (const name of ['provider.example', 'localhost.provider.example', '192.0.2.1:8080', '0.0.0.0:8080', ''])
    t.equal(sentBy('127.0.0.1', { host: name }), false, name);
  t.equal(sentBy('127.0.0.1', {}), false, 'no Host');
  for (const field of ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'])
    t.equal(sentBy('127.0.0.1', { host, [field]: '192.0.2.1' }), false, field);
  t.end();
});
