/** PATCH requests of every kind that RFC 7644 §3.5.2 defines, for a user like `richestUser`. */
import { urn } from '../../../schemas/names.js';

/** One operation of a PATCH request. */
export interface PatchOperation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

export interface NamedPatch {
  /** As a noun phrase. */
  readonly about: string;
  /** The operations for the user with this name. */
  readonly operations: (userName: string) => readonly PatchOperation[];
}

export const patchBody = (operations: readonly PatchOperation[]): Record<string, unknown> => ({
  schemas: [urn.patchOp],
  Operations: operations,
});

const other = (userName: string) => ({ value: `other-${userName}`, type: 'other' });

/** Changes of lists, each of the state that the one before it leaves. */
export const listPatches: readonly NamedPatch[] = [
  { about: 'remove of one value', operations: () => [{ op: 'remove', path: 'emails[type eq "other"]' }] },
  { about: 'add of a value', operations: (name) => [{ op: 'add', path: 'emails', value: [other(name)] }] },
  {
    about: 'add of a value that is there',
    operations: (name) => [{ op: 'add', path: 'emails', value: [other(name)] }],
  },
  {
    about: 'replace of one value',
    operations: (name) => [{ op: 'replace', path: 'emails[type eq "home"].value', value: `at-home-${name}` }],
  },
  {
    about: 'replace of a list',
    operations: (name) => [
      {
        op: 'replace',
        path: 'emails',
        value: [
          { value: name, type: 'work', primary: true },
          { value: `new-${name}`, type: 'home' },
        ],
      },
    ],
  },
  {
    about: 'replace of one value, selected by two comparisons',
    operations: () => [
      {
        op: 'replace',
        path: 'phoneNumbers[type eq "work" and value eq "tel:+49-30-1234567"].value',
        value: 'tel:+49-30-7654321',
      },
    ],
  },
  {
    about: 'replace of the primary value',
    operations: (name) => [{ op: 'replace', path: 'emails[primary eq true].value', value: `first-${name}` }],
  },
  { about: 'remove of a list', operations: () => [{ op: 'remove', path: 'phoneNumbers' }] },
];

const department = `${urn.enterpriseUser}:department`;

/** Changes of simple and complex attributes, each of the state that the one before it leaves. */
export const attributePatches: readonly NamedPatch[] = [
  {
    about: 'replace of a sub-attribute',
    operations: () => [{ op: 'replace', path: 'name.givenName', value: 'Patched' }],
  },
  {
    about: 'replace of some sub-attributes',
    operations: () => [{ op: 'replace', path: 'name', value: { familyName: 'Changed' } }],
  },
  { about: 'remove of a sub-attribute', operations: () => [{ op: 'remove', path: 'name.middleName' }] },
  {
    about: 'replace without a path',
    operations: () => [{ op: 'replace', value: { title: 'Judge', nickName: 'Jay' } }],
  },
  { about: 'replace of a boolean', operations: () => [{ op: 'replace', path: 'active', value: true }] },
  { about: 'path in other letters', operations: () => [{ op: 'replace', path: 'NickName', value: 'Nickel' }] },
  {
    about: 'replace without a path of an attribute of the extension',
    operations: () => [{ op: 'replace', value: { [urn.enterpriseUser]: { department: 'Pathless' } } }],
  },
  { about: 'remove of an attribute', operations: () => [{ op: 'remove', path: 'title' }] },
  { about: 'add of an attribute', operations: () => [{ op: 'add', path: 'title', value: 'Advocate' }] },
  {
    about: 'several operations',
    operations: () => [
      { op: 'add', path: 'title', value: 'Clerk' },
      { op: 'remove', path: 'nickName' },
      { op: 'replace', path: 'name.givenName', value: 'Once' },
      { op: 'replace', path: 'name.givenName', value: 'Twice' },
    ],
  },
  {
    about: 'replace of an attribute of the extension',
    operations: () => [{ op: 'replace', path: department, value: 'Patching' }],
  },
  { about: 'remove of an attribute of the extension', operations: () => [{ op: 'remove', path: department }] },
];

/** Requests that have to fail, and then must have no effect. */
export const impossiblePatches: readonly NamedPatch[] = [
  { about: 'unknown op', operations: () => [{ op: 'update', path: 'title', value: 'Updated' }] },
  {
    about: 'last operation that cannot be applied',
    operations: () => [
      { op: 'replace', path: 'title', value: 'Half' },
      { op: 'replace', path: 'noSuchAttribute[value eq ', value: 'x' },
    ],
  },
];
