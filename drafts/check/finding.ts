/** What is wrong in an example of a draft. */
import type { Figure, Section } from '../document.js';

/** Stable names of kinds of mistakes, with what each says. */
export const draftCodes = {
  'json-invalid': 'an example is no JSON',
  'field-line-invalid': 'a line in the head of a message is no header field',
  'field-value-invalid': 'the value of a header field does not keep its grammar',
  'body-not-permitted': 'a message has a body although its status permits none',
  'schema-violation': 'a body does not keep the schema that it names',
  'token-unreadable': 'a JWT cannot be decoded',
  'created-without-location': 'a 201 has no Location',
  'asynchronous-answer-incomplete': 'a 202 to «respond-async» has no Set-Txn or no Preference-Applied',
  'old-name': 'an example has a name that the profile of the draft has replaced',
  'value-changes': 'a value that two places should share differs',
  'bulk-index-from-one': 'the transaction ids of the operations of a bulk request count from 1 instead of 0',
} as const;

export type DraftCode = keyof typeof draftCodes;

export interface DraftFinding {
  readonly code: DraftCode;
  readonly section: Section;
  readonly figure?: Figure;
  /** In the file; counts from 1. */
  readonly line: number;
  readonly expected: string;
  readonly actual: string;
  /** Where it stands that it should be so, as in «RFC 9110 §10.2.2». */
  readonly source: string;
}

/** A finding before it is known where its example stands. */
export type FoundAt = Omit<DraftFinding, 'section' | 'figure'>;
