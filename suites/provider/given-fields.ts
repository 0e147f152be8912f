/**
 * What the header fields that the user gives are. A name does not tell whether a value is secret, so every field is guarded
 * unless the user says otherwise.
 */
import * as names from '../../schemas/names.js';
import type { HeaderList } from '../../schemas/types.js';

export interface GivenFields {
  /**
   * Extra header fields. Each counts as a credential: no report shows its value, and requests without the first credential
   * do not have it. An `Authorization` among them is the first credential in place of `token`.
   */
  readonly headers?: HeaderList;
  /** Names of `headers` that certainly hold a credential, though their names and values do not look like it. */
  readonly credentialFields?: readonly string[];
  /** Names of `headers` that hold no credential: every request has them, and reports show them. */
  readonly publicFields?: readonly string[];
}

/**
 * `credential`: certainly one. `guarded`: it may be one: no report shows it, and requests without the first credential do
 * not have it, but nothing is concluded from that. `public`: none.
 */
export type FieldKind = 'credential' | 'guarded' | 'public';

/** Whether the name of a header field looks like that of a credential. */
export const isCredentialField = (name: string): boolean =>
  /^(authorization|proxy-authorization|cookie)$|token|secret|api-?key|credential/i.test(name);

/** Fields that the suite sends and tests itself, and that say nothing about the client. */
const isOfTheSuite = (name: string): boolean =>
  /^(accept(-.+)?|content-.+|prefer|if-.+|x-request-id|x-scim-request-mode)$/i.test(name);

/** Whether a field is likely to hold a credential, by its name and its value. */
const looksSecret = (name: string, value: string): boolean =>
  /auth|key|session|sign|password|jwt/i.test(name) ||
  (/^\S{20,}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value));

const isAmong = (name: string, fields: readonly string[] | undefined): boolean =>
  fields?.some((field) => field.toLowerCase() === name.toLowerCase()) ?? false;

/** The kind of a header field of a request to this target, whether the user gave it or not. */
export const kindOfField = ({ headers = [], credentialFields, publicFields }: GivenFields, name: string): FieldKind => {
  if (isAmong(name, credentialFields)) return 'credential';
  const values = headers.filter(([field]) => field.toLowerCase() === name.toLowerCase());
  if (values.length > 0 && isAmong(name, publicFields)) return 'public';
  if (isCredentialField(name)) return 'credential';
  if (values.length === 0 || isOfTheSuite(name)) return 'public';
  return values.some(([, value]) => looksSecret(name, value)) ? 'credential' : 'guarded';
};

/** The names of the fields that may or may not be credentials. */
export const guardedFieldsOf = (target: GivenFields): string[] => [
  ...new Set((target.headers ?? []).map(([name]) => name).filter((name) => kindOfField(target, name) === 'guarded')),
];

const wordsOfTheProtocol = JSON.stringify(names).toLowerCase();

/**
 * Whether texts may be searched for the value of a guarded field. A part of the URL of the target is no secret, and a word
 * of the protocol stands in most answers.
 */
export const isSearchable = (value: string, baseUrl: string): boolean =>
  [baseUrl.toLowerCase(), wordsOfTheProtocol].every((text) => !text.includes(value.toLowerCase()));
