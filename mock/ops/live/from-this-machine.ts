/**
 * Whether a request comes from a program on this machine. A page of another site must not read the answer through a name
 * that it lets point here (DNS rebinding), so that Host has to name this machine, too; and a proxy on this machine sends
 * requests of others.
 */
import type { FastifyRequest } from 'fastify';
import { BlockList, isIPv6 } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** IPv4 addresses in IPv6 (`::ffff:127.0.0.1`) count, too. */
const isLoopback = (address: string): boolean => loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

const namesThisMachine = (host: string): boolean => {
  const name = host.toLowerCase().replace(/:\d*$/, '');
  return name === 'localhost' || isLoopback(name.replace(/^\[(.*)\]$/, '$1'));
};

/** Fields that proxies add. */
const proxyFields = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

export type Sender = Pick<FastifyRequest, 'headers'> & {
  readonly raw: { readonly socket: { readonly remoteAddress?: string | undefined } };
};

export const isFromThisMachine = ({ headers, raw }: Sender): boolean => {
  const { remoteAddress = '' } = raw.socket;
  return (
    isLoopback(remoteAddress) &&
    namesThisMachine(headers.host ?? '') &&
    proxyFields.every((name) => headers[name] === undefined)
  );
};
