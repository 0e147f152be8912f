/** Collects the secrets of a target, so that nothing that is recorded contains one. */
import type { CredentialName, Secret } from '../redaction/vault.js';
import { isSearchable, kindOfField } from './given-fields.js';
import { spoil, spoiledTokens, type OAuthClient, type TargetDescription } from './target.js';

/** The HTTP Basic value for a client and its secret (RFC 6749 §2.3.1). */
const basicOf = ({ clientId, clientSecret }: OAuthClient): string =>
  Buffer.from(
    [clientId, clientSecret].map((part) => new URLSearchParams({ part }).toString().slice('part='.length)).join(':'),
  ).toString('base64');

/** Shorter parts of a field value are not searched for. */
const shortestPart = 8;

/** In `Basic abc` the scheme is no secret, and answers may repeat it. */
const withoutScheme = (value: string): string => value.replace(/^\w+ /, '');

/** The user and password of HTTP Basic, together and the password alone (RFC 7617 §2). */
const insideBasic = (value: string): string[] => {
  const encoded = /^basic +(\S+)$/i.exec(value)?.[1];
  if (encoded === undefined) return [];
  const both = Buffer.from(encoded, 'base64').toString('utf8');
  return [both, both.slice(both.indexOf(':') + 1)];
};

/** The values of cookies and parameters, such as `a=1; b=2` (RFC 6265 §4.2.1, RFC 9110 §11.4). */
const parameterValues = (value: string): string[] =>
  value.split(/[;,\s]+/).flatMap((part) => /^[^=]+="?([^"]+)"?$/.exec(part)?.[1] ?? []);

const secretsInField = (value: string): string[] => [
  withoutScheme(value),
  ...[...insideBasic(value), ...parameterValues(value)].filter((part) => part.length >= shortestPart),
];

const secretsInFields = (target: TargetDescription): Secret[] =>
  (target.headers ?? []).flatMap(([field, value]): Secret[] => {
    switch (kindOfField(target, field)) {
      case 'public':
        return [];
      case 'credential':
        return secretsInField(value).map((secret) => ({ name: 'primary', secret }));
      case 'guarded':
        return isSearchable(value, target.baseUrl) ? [{ name: 'header', secret: value }] : [];
    }
  });

/** Every secret of the target, for redaction. */
export const secretsOf = (target: TargetDescription): Secret[] => {
  const { token, secondToken, oauth } = target;
  const ofClients = (['primary', 'second'] satisfies CredentialName[]).flatMap((name) => {
    const client = oauth?.[name];
    return client === undefined ? [] : [client.clientSecret, basicOf(client)].map((secret) => ({ name, secret }));
  });
  // From an almost valid token anybody can guess the valid one.
  const spoiled = spoiledTokens.map((how): Secret => ({ name: 'invalid', secret: spoil(token, how) }));
  return [
    ...ofClients,
    ...(token === undefined ? [] : [{ name: 'primary' as const, secret: token }, ...spoiled]),
    ...(secondToken === undefined ? [] : [{ name: 'second' as const, secret: secondToken }]),
    ...secretsInFields(target),
  ];
};
