/** Reads the secrets that a target file refers to: header fields, tokens and client secrets. */
import type { TargetCredential, TargetFile } from '../../schemas/types.js';
import type { OAuthClient } from '../../suites/index.js';
import { UsageError } from '../usage/usage-error.js';
import { secretFrom, type Surroundings } from './secret-source.js';

/** A header field, and whether it certainly is a credential, may be one, or is none. */
export interface FileHeader {
  readonly name: string;
  readonly value: string;
  readonly kind: 'credential' | 'guarded' | 'public';
}

/** The header fields with their values. Throws UsageError. */
export const headersOfFile = ({ headers = {} }: TargetFile, surroundings: Surroundings): FileHeader[] =>
  Object.entries(headers).map(([name, source]) => {
    if (typeof source === 'string') return { name, value: source, kind: 'guarded' };
    if (source.public !== undefined) return { name, value: source.public, kind: 'public' };
    const value = secretFrom(source, `headers.${name}`, surroundings);
    // A line break in the value would start another header field.
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new UsageError(
        `the value that headers.${name} of ${surroundings.file} refers to contains characters that a header field must not contain (RFC 9110 §5.5)`,
      );
    }
    return { name, value, kind: 'credential' };
  });

/** The OAuth client with its secret; undefined if the credential is not an OAuth client. Throws UsageError. */
export const clientOfFile = (
  credential: TargetCredential | undefined,
  name: 'primary' | 'second',
  surroundings: Surroundings,
): OAuthClient | undefined => {
  if (credential?.oauth === undefined) return undefined;
  const { tokenUrl, clientId, clientSecretEnv, clientSecretFile, scope, audience, parameters, clientAuthentication } =
    credential.oauth;
  const member = `credentials.${name}.oauth.${clientSecretEnv === undefined ? 'clientSecretFile' : 'clientSecretEnv'}`;
  return {
    tokenUrl,
    clientId,
    clientSecret: secretFrom({ env: clientSecretEnv, file: clientSecretFile }, member, surroundings),
    ...(scope === undefined ? {} : { scope }),
    ...(audience === undefined ? {} : { audience }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(clientAuthentication === undefined ? {} : { clientAuthentication }),
  };
};

/** The bearer token of a credential; undefined if it has none. Throws UsageError. */
export const tokenOfFile = (
  credential: TargetCredential | undefined,
  name: 'primary' | 'second',
  surroundings: Surroundings,
): string | undefined => {
  if (credential === undefined || credential.oauth !== undefined) return undefined;
  const { tokenEnv, tokenFile } = credential;
  const member = `credentials.${name}.${tokenEnv === undefined ? 'tokenFile' : 'tokenEnv'}`;
  return secretFrom({ env: tokenEnv, file: tokenFile }, member, surroundings);
};
