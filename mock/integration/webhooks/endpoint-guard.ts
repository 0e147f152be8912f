/**
 * Decides which URLs webhooks are delivered to. Whoever may register a webhook chooses where the mock sends requests, so
 * it must not reach the networks behind it (OWASP: server-side request forgery). Names are resolved once for each try,
 * every address is checked, and the connection goes to the address that was checked.
 */
import ipaddr from 'ipaddr.js';

export interface GuardOptions {
  /** Whether plain http to the loopback interface of this machine is allowed, for tests. */
  readonly allowsLoopback: boolean;
  /** The addresses of a host name; empty if there are none. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
}

const longest = 2048;

/** The host of a URL without the brackets of an IPv6 address. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** `unicast` are addresses of the public Internet; an IPv4 address inside IPv6 counts as that address. */
const rangeOf = (address: string): string => ipaddr.process(address).range();

const isReachable = (address: string, { allowsLoopback }: GuardOptions): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const range = rangeOf(address);
  return range === 'unicast' || (allowsLoopback && range === 'loopback');
};

const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && rangeOf(host) === 'loopback');

/** Why the mock does not deliver to this URL, as a sentence; undefined if its form is right. Resolves no name. */
export const whyRefused = (endpoint: string, options: GuardOptions): string | undefined => {
  if (endpoint.length > longest || !URL.canParse(endpoint)) return 'The endpoint is not a URL.';
  const url = new URL(endpoint);
  const host = hostOf(url);
  if (url.username !== '' || url.password !== '') return 'The endpoint must not hold a credential.';
  const isTest = options.allowsLoopback && isLoopbackHost(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isTest)) return 'The endpoint is an https URL.';
  if (ipaddr.isValid(host) ? !isReachable(host, options) : host === 'localhost' && !isTest)
    return 'The endpoint is not on the public Internet.';
  return undefined;
};

/** The address to connect to; undefined if the URL must not be reached, or has no address. */
export const addressOf = async (endpoint: string, options: GuardOptions): Promise<string | undefined> => {
  if (whyRefused(endpoint, options) !== undefined) return undefined;
  const host = hostOf(new URL(endpoint));
  const addresses = ipaddr.isValid(host) ? [host] : await options.resolve(host);
  const areAllowed = addresses.every(
    (address) => isReachable(address, options) && (rangeOf(address) !== 'loopback' || isLoopbackHost(host)),
  );
  return areAllowed ? addresses[0] : undefined;
};
