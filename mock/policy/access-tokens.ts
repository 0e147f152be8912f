/** Verifies access tokens of OAuth 2.0 that are JWTs (RFC 9068, RFC 6750). */
import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import { header } from '../../schemas/names.js';
import type { Environment } from '../environment.js';
import { Problem } from '../problem.js';
import { OptionError, type OAuth } from '../security-options.js';
import { invalidToken } from './bearer.js';
import { IssuerKeys, KeysAway, loadFromFile, loadFromUrl, type LoadKeys } from './issuer-keys.js';
import type { Principal } from './principal.js';

type TokenEnvironment = Pick<Environment, 'clock' | 'newPoster'>;

/** Asymmetric algorithms only: with a shared secret, whoever can verify a token could also issue one. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** An access token and a plain JWT. A security event token of the same issuer, for example, is no access token. */
const types: readonly (string | undefined)[] = [undefined, 'jwt', 'application/jwt', 'at+jwt', 'application/at+jwt'];

/** Names appear in logs and in a database, so they have no control characters. */
const isName = (value: unknown): value is string => typeof value === 'string' && /^\P{Cc}{1,255}$/u.test(value);

const textsIn = (claim: unknown): Set<string> =>
  new Set(
    typeof claim === 'string'
      ? claim.split(' ').filter((text) => text !== '')
      : Array.isArray(claim)
        ? claim.filter((each) => typeof each === 'string')
        : [],
  );

const principalOf = (claims: JWTPayload, { clientClaim, scopeClaim = 'scope' }: OAuth): Principal => {
  const client = clientClaim === undefined ? (claims.client_id ?? claims.sub) : claims[clientClaim];
  if (!isName(client)) throw invalidToken('The token does not name its client.');
  // A token without scopes has no rights. Only a client of the options without scopes has all of them.
  return { client, scopes: textsIn(claims[scopeClaim]), amr: textsIn(claims.amr) };
};

const isLoopback = ({ hostname }: URL): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

const loaderOf = ({ jwksUri, jwksFile }: OAuth, environment: TokenEnvironment): LoadKeys => {
  if ((jwksUri === undefined) === (jwksFile === undefined))
    throw new OptionError('oauth needs either jwksUri or jwksFile, and not both');
  if (jwksFile !== undefined) return loadFromFile(jwksFile);
  const url = URL.canParse(jwksUri ?? '') ? new URL(jwksUri ?? '') : undefined;
  if (url === undefined || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))))
    throw new OptionError(`oauth.jwksUri is an https URL, or an http URL of this machine, and not ${jwksUri}`);
  return loadFromUrl(url.href, environment);
};

const unavailable = (): Problem =>
  new Problem(503, 'The keys of the issuer of tokens cannot be read now.', undefined, { [header.retryAfter]: '1' });

const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof KeysAway) return unavailable();
  if (error instanceof errors.JWTExpired) return invalidToken('The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed)
    return invalidToken(`The claim ${error.claim} of the token is not accepted.`);
  // Also errors of other classes, as for a key of the issuer that is too short: the sender of a token must not cause a 500.
  return invalidToken('The bearer token is not valid.');
};

const typeOf = (token: string): string | undefined => {
  const { typ } = decodeProtectedHeader(token);
  return typeof typ === 'string' ? typ.toLowerCase() : undefined;
};

/** A form that jose does not even decode. */
const isJwt = (token: string): boolean => {
  try {
    return types.includes(typeOf(token));
  } catch {
    return false;
  }
};

/**
 * Returns a function from an access token to what it says. It rejects with a Problem of 401, or of 503 if the keys cannot be
 * read. Rejects with an OptionError.
 */
export const createAccessTokens = async (
  oauth: OAuth,
  environment: TokenEnvironment,
): Promise<(token: string) => Promise<Principal>> => {
  const keys = new IssuerKeys(loaderOf(oauth, environment), environment.clock);
  // An issuer may start later than the mock, but a file is there or is not.
  if (oauth.jwksFile !== undefined)
    await keys.renew().catch((error: unknown) => {
      throw new OptionError(`oauth.jwksFile ${oauth.jwksFile}: ${error instanceof Error ? error.message : ''}`);
    });
  const { issuer, audience, clockToleranceSeconds = 5 } = oauth;
  return async (token) => {
    if (!isJwt(token)) throw invalidToken('The bearer token is not valid.');
    try {
      const { payload } = await jwtVerify(token, keys.find, {
        issuer,
        audience,
        algorithms,
        requiredClaims: ['exp'],
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(environment.clock.now()),
      });
      return principalOf(payload, oauth);
    } catch (error) {
      throw problemOf(error);
    }
  };
};
