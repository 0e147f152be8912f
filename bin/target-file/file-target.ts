/** What a target file says of the target that no flag can: where its secrets are found. */
import type { TargetCredential, TargetFile } from '../../schemas/types.js';
import type { OAuthClient } from '../../suites/index.js';
import { UsageError } from '../usage/usage-error.js';
import { secretFrom, type Surroundings } from './secret-source.js';

/** A header field with its value, and whether that lets its sender in. */
export interface FileHeader {
  readonly name: string;
  readonly value: string;
  readonly isCredential: boolean;
}

/** The header fields, their values fetched from where they are. Throws UsageError. */
export const headersOfFile = ({ headers = {} }: TargetFile, surroundings: Surroundings): FileHeader[] =>
  Object.entries(headers).map(([name, source]) => {
    if (typeof source === 'string') return { name, value: source, isCredential: false };
    const value = secretFrom(source, `headers.${name}`, surroundings);
    // A value with a line break in it would make another field.
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new UsageError(
        `what headers.${name} of ${surroundings.file} leads to has characters that no header field can have (RFC 9110 §5.5)`,
      );
    }
    return { name, value, isCredential: true };
  });

/** The client of a token endpoint, with its secret; undefined where the credential is none. Throws UsageError. */
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

/** The token of a credential; undefined where the file says of none. Throws UsageError. */
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
