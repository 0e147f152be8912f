/** Finds names in examples that the profile of the draft has replaced: the commonest slip in the figures of a new version. */
import type { Renames } from '../../schemas/wire/renames.js';
import { createTranslator } from '../../schemas/wire/translator.js';
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

/** Stands for an old name within a string, where it has a meaning: in a filter, in the path of a PATCH, in a list of attributes. */
const marker = 'x-old-name';

/** Old names of members within strings: of the request target, and of a body. */
const withinStrings = (example: Example, { members = {} }: Renames): FoundAt[] =>
  Object.keys(members).flatMap((old): FoundAt[] => {
    const { url, value } = createTranslator({ members: { [old]: marker } }, () => ['']);
    const body = example.body?.kind === 'json' ? example.body : undefined;
    const isInBody = textsIn(value(body?.value)).some(({ text, isMember }) => !isMember && text.includes(marker));
    return [
      ...(example.kind === 'request' && url(example.target).includes(marker)
        ? [findingOf(example.line, old, members)]
        : []),
      ...(body !== undefined && isInBody ? [findingOf(body.line, old, members)] : []),
    ];
  });

/** An old name may be a member of a body and stand within its strings, too. */
const once = (found: readonly FoundAt[]): FoundAt[] =>
  found.filter(
    ({ line, actual }, place) => !found.slice(0, place).some((each) => each.line === line && each.actual === actual),
  );

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
    ...once([...inBody(example.body, renames), ...withinStrings(example, renames)]),
  ];
};
