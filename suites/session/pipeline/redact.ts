/** Makes the record of a request and its answer, without any secrets. */
import type { Exchange, HeaderList } from '../../../schemas/types.js';
import type { HttpAnswer } from '../../client/transport.js';
import { kindOfField } from '../../provider/given-fields.js';
import type { TargetDescription } from '../../provider/target.js';
import { withoutStatusTokens } from '../../redaction/status-tokens.js';
import { marker, type CredentialName, type Vault } from '../../redaction/vault.js';
import type { Sent } from './stage.js';

/** Redacts all fields in one text, which is faster. Names and values contain no NUL (RFC 9110 §5.5). */
const redactHeaders = (list: HeaderList, vault: Vault): HeaderList => {
  let all = '';
  for (const [name, value] of list) all += `${name}\0${value}\0`;
  const redacted = vault.redact(all);
  if (redacted === all) return list;
  const lines = redacted.split('\0');
  return lines.length === 2 * list.length + 1
    ? list.map((_, at) => [lines[2 * at] ?? '', lines[2 * at + 1] ?? ''])
    : list.map(([name, value]) => [vault.redact(name), vault.redact(value)]);
};

const isMarker = (value: string): boolean => /^([A-Za-z]+ )?\{\{[\w-]+\}\}$/.test(value);

/** Removes what the user gave from its own field, even if it is too short for the search in texts. */
const withoutCredential =
  (target: TargetDescription, credential: CredentialName) =>
  ([name, value]: HeaderList[number]): HeaderList[number] => {
    switch (kindOfField(target, name)) {
      case 'public':
        return [name, value];
      case 'guarded':
        return [name, marker('header')];
      case 'credential': {
        if (isMarker(value)) return [name, value];
        return [
          name,
          value.replace(/^([A-Za-z]+ )?.+$/s, (_, scheme?: string) => `${scheme ?? ''}${marker(credential)}`),
        ];
      }
    }
  };

const recordedAnswer = (answer: HttpAnswer, vault: Vault): Pick<Exchange, 'response' | 'failure'> => {
  if (answer.type === 'failure') return { failure: { code: answer.code, message: vault.redact(answer.message) } };
  const { status, headers, truncated } = answer;
  const body = withoutStatusTokens(answer.body, vault);
  return {
    response: {
      status,
      headers: redactHeaders(headers, vault),
      body: truncated ? vault.redactCut(body) : vault.redact(body),
      truncated,
    },
  };
};

/** `retryOf`: the number of the exchange that this one repeats. */
export const recordOf = (
  { outgoing, answer, at, took }: Sent,
  vault: Vault,
  retryOf: number | undefined,
): Omit<Exchange, 'n'> => {
  const { plan, credential, url, headers, body, target } = outgoing;
  return {
    type: 'exchange',
    purpose: plan.purpose,
    credential,
    ...(plan.submission === undefined ? {} : { submission: plan.submission }),
    ...(plan.subject === undefined ? {} : { subject: plan.subject }),
    ...(plan.variant === undefined ? {} : { variant: plan.variant }),
    ...(retryOf === undefined ? {} : { retryOf }),
    at,
    took,
    request: {
      method: plan.method,
      url: vault.redact(url),
      headers: redactHeaders(headers, vault).map(withoutCredential(target, credential)),
      ...(body === undefined ? {} : { body: vault.redact(body) }),
    },
    ...recordedAnswer(answer, vault),
  };
};
