/** Finds names in examples that the profile of the draft has replaced: the commonest slip in the figures of a new version. */
import type { Renames } from '../../schemas/wire/renames.js';
import type { Body } from '../examples/body.js';
import type { Example } from '../examples/http-message.js';
import type { FoundAt } from './finding.js';

type Names = Readonly<Record<string, string>>;

/** All texts in a JSON value, each with whether it is the name of a member. */
const textsIn = (value: unknown): { readonly text: string; readonly isMember: boolean }[] => {
  if (typeof value === 'string') return [{ text: value, isMember: false }];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([name, member]) => [{ text: name, isMember: true }, ...textsIn(member)]);
};

/** The old name that stands there, in any letter case. */
const oldIn = (names: Names = {}, text: string): string | undefined =>
  Object.keys(names).find((old) => old.toLowerCase() === text.toLowerCase());

const findingOf = (line: number, old: string, names: Names = {}): FoundAt => ({
  code: 'old-name',
  line,
  expected: `«${names[old] ?? ''}», as the profile calls it`,
  actual: `the example has the old name «${old}»`,
  source: 'the profile file of the draft',
});

const inBody = (body: Body | undefined, { members, urns }: Renames): FoundAt[] => {
  if (body?.kind !== 'json') return [];
  const found = new Map<string, FoundAt>();
  for (const { text, isMember } of textsIn(body.value)) {
    const member = isMember ? oldIn(members, text) : undefined;
    const old = member ?? oldIn(urns, text);
    if (old !== undefined) found.set(old, findingOf(body.line, old, member === undefined ? urns : members));
  }
  return [...found.values()];
};

/** Each old name is told once for each field line and each body. */
export const checkNames = (example: Example, renames: Renames): FoundAt[] => {
  const { fields, mediaTypes } = renames;
  const lines = example.kind === 'body' ? [] : example.fields;
  return [
    ...lines.flatMap(({ name, value, line }) => {
      const field = oldIn(fields, name);
      const type = oldIn(mediaTypes, value.split(';')[0]?.trim() ?? '');
      return [
        ...(field === undefined ? [] : [findingOf(line, field, fields)]),
        ...(type === undefined ? [] : [findingOf(line, type, mediaTypes)]),
      ];
    }),
    ...inBody(example.body, renames),
  ];
};
