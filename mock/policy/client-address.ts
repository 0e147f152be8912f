/** Where a request comes from, and whether that is one of the addresses that may read a status. */
import ipaddr from 'ipaddr.js';
import { OptionError } from '../security-options.js';

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** An address alone is a range of one. Throws an OptionError. */
const rangeOf = (cidr: string, option: string): Range => {
  if (ipaddr.isValidCIDR(cidr)) return ipaddr.parseCIDR(cidr);
  if (!ipaddr.isValid(cidr))
    throw new OptionError(`${option}: «${cidr}» is no address and no range of addresses such as 192.0.2.0/24`);
  const address = ipaddr.parse(cidr);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
};

/** Whether an address is in one of the ranges. An IPv4 address inside IPv6 counts as that address. */
const isIn = (text: string, ranges: readonly Range[]): boolean => {
  const address = ipaddr.process(text);
  return ranges.some(([base, bits]) => address.kind() === base.kind() && address.match(base, bits));
};

/** The address of an element of X-Forwarded-For, which may have a port; undefined if it is none. */
const addressIn = (element: string): string | undefined => {
  const text = element.trim();
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? [];
  const [, beforePort] = /^([^:]*):\d+$/.exec(text) ?? [];
  const address = bracketed ?? beforePort ?? text;
  return ipaddr.isValid(address) ? address : undefined;
};

export interface Source {
  /** The address of the other end of the connection; undefined if there is none. */
  readonly peer: string | undefined;
  /** Value of X-Forwarded-For; undefined if it is absent. */
  readonly forwardedFor: string | undefined;
}

/**
 * The address of the client; undefined if it is not known. X-Forwarded-For is read from the right, because a client may have
 * written what is to the left of the first address that no trusted proxy has.
 */
const clientAddress = ({ peer, forwardedFor }: Source, proxies: readonly Range[]): string | undefined => {
  let address = peer !== undefined && ipaddr.isValid(peer) ? peer : undefined;
  const elements = forwardedFor?.split(',') ?? [];
  while (address !== undefined && elements.length > 0 && isIn(address, proxies)) {
    address = addressIn(elements.pop() ?? '');
  }
  return address;
};

export interface AddressOptions {
  readonly statusAllowedAddresses?: readonly string[] | undefined;
  readonly trustedProxies?: readonly string[] | undefined;
}

/** Returns whether a status may be read from there. Throws an OptionError. */
export const createStatusGuard = ({
  statusAllowedAddresses,
  trustedProxies = [],
}: AddressOptions): ((source: Source) => boolean) => {
  const proxies = trustedProxies.map((cidr) => rangeOf(cidr, 'trustedProxies'));
  if (statusAllowedAddresses === undefined) return () => true;
  const allowed = statusAllowedAddresses.map((cidr) => rangeOf(cidr, 'statusAllowedAddresses'));
  return (source) => {
    const address = clientAddress(source, proxies);
    return address !== undefined && isIn(address, allowed);
  };
};
