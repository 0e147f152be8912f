/** Rules for users, the users that they are applied to, and what should come of these. */
import type { TransformRule } from '../../../schemas/types.js';

export interface TransformedUser {
  /** In addition to those of a plain user. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** It is sent without userName, which is in its displayName. */
  readonly isNameless?: boolean;
  /** The attributes that should have other values, or be left alone; undefined: its operation should fail. */
  readonly becomes: Readonly<Record<string, string>> | undefined;
}

/** No provider knows this rule, so it cannot be applied. */
export interface UnknownRule {
  readonly op: 'scimc-reverse';
  readonly attribute: string;
}

export interface TransformCase {
  readonly rules: readonly (TransformRule | UnknownRule)[];
  readonly users: readonly TransformedUser[];
}

export type CaseName =
  | 'normalise'
  | 'map'
  | 'conditional'
  | 'default'
  | 'format'
  | 'order of rules'
  | 'before validation'
  | 'value that is not mapped'
  | 'unknown rule';

const fullName = { name: { givenName: 'Ada', familyName: 'King' } };

const jobs: TransformRule = { op: 'map', attribute: 'title', values: { dev: 'Developer', qa: 'Tester' } };

export const transformCases: Readonly<Record<CaseName, TransformCase>> = {
  normalise: {
    rules: [{ op: 'normalise', attribute: 'displayName', to: 'lowercase' }],
    users: [{ attributes: { displayName: 'ADA King' }, becomes: { displayName: 'ada king' } }],
  },
  map: {
    rules: [jobs],
    users: [
      { attributes: { title: 'dev' }, becomes: { title: 'Developer' } },
      { attributes: { title: 'qa' }, becomes: { title: 'Tester' } },
    ],
  },
  conditional: {
    rules: [
      { op: 'conditional', attribute: 'displayName', when: { attribute: 'title', equals: 'gone' }, value: 'Nobody' },
    ],
    users: [
      { attributes: { title: 'gone', displayName: 'Ada' }, becomes: { displayName: 'Nobody' } },
      { attributes: { title: 'here', displayName: 'Ada' }, becomes: { displayName: 'Ada' } },
    ],
  },
  default: {
    rules: [{ op: 'default', attribute: 'title', value: 'Staff' }],
    users: [
      { attributes: {}, becomes: { title: 'Staff' } },
      { attributes: { title: 'Chief' }, becomes: { title: 'Chief' } },
    ],
  },
  format: {
    rules: [{ op: 'format', attribute: 'displayName', template: '{name.familyName}, {name.givenName}' }],
    users: [{ attributes: { ...fullName, displayName: 'Old' }, becomes: { displayName: 'King, Ada' } }],
  },
  'order of rules': {
    rules: [jobs, { op: 'format', attribute: 'displayName', template: '{title} {name.familyName}' }],
    users: [
      { attributes: { ...fullName, title: 'dev' }, becomes: { title: 'Developer', displayName: 'Developer King' } },
    ],
  },
  'before validation': {
    rules: [{ op: 'format', attribute: 'userName', template: '{displayName}' }],
    users: [{ attributes: {}, isNameless: true, becomes: {} }],
  },
  'value that is not mapped': {
    rules: [jobs],
    users: [
      { attributes: { title: 'dev' }, becomes: { title: 'Developer' } },
      { attributes: { title: 'boss' }, becomes: undefined },
      { attributes: { title: 'qa' }, becomes: { title: 'Tester' } },
    ],
  },
  'unknown rule': {
    rules: [{ op: 'scimc-reverse', attribute: 'displayName' }],
    users: [{ attributes: { displayName: 'Ada' }, becomes: undefined }],
  },
};
