/** Finds what the schema of a profile file cannot see: ids, renames and rules that do not fit together or to the base. */
import type { DeclaredRequirement, ProfileFile } from '../../../schemas/types.js';
import { mistakesInRenames } from '../../../schemas/wire/mistakes.js';
import { bindingNames } from '../../contract/binding-name.js';
import type { Profile } from '../../definitions/profile.js';
import type { CodeOf } from '../../errors/codes.js';
import { namesInUse } from '../../wire/names-in-use.js';
import { mistakeIn } from './ask-rule.js';
import type { Path } from './place-in-file.js';
import type { Failure } from './rule-question.js';

export interface Mistake {
  readonly path: Path;
  /** The character of the string at the path, from 0, if it is known. */
  readonly at?: number | undefined;
  readonly code: CodeOf<'ProfileError'>;
  /** As a clause. */
  readonly message: string;
}

interface Given {
  readonly file: ProfileFile;
  readonly base: Profile;
  /** All profiles of this version. */
  readonly profiles: readonly Profile[];
}

const has = ({ requirements }: Profile, id: string): boolean => requirements.some((each) => each.id === id);

const unknownIds = ({ file, base }: Given): Mistake[] => {
  const { levels = {}, sources = {}, retired = {} } = file;
  return Object.entries({ levels, sources, retired }).flatMap(([member, byId]) =>
    Object.keys(byId).flatMap((id): Mistake[] => {
      const path = [member, id];
      const code = 'unknown-requirement';
      if (file.requirements?.some((each) => each.id === id) === true)
        return [{ path, code, message: `${id} is a requirement of this file: say it there` }];
      if (!has(base, id)) return [{ path, code, message: `profile ${base.version} has no requirement ${id}` }];
      return member !== 'retired' && id in retired
        ? [{ path, code, message: `${id} is retired by this file, so that nothing else can be said of it` }]
        : [];
    }),
  );
};

const takenIds = ({ file: { requirements = [] }, profiles }: Given): Mistake[] =>
  requirements.flatMap(({ id }, place): Mistake[] => {
    const isTwice = requirements.findIndex((each) => each.id === id) < place;
    const other = profiles.findLast((profile) => has(profile, id));
    if (!isTwice && other === undefined) return [];
    const owner = isTwice ? 'another requirement of this file' : `a requirement of profile ${other?.version ?? ''}`;
    return [{ path: ['requirements', place, 'id'], code: 'existing-requirement', message: `${id} is ${owner}` }];
  });

/** What has to be judged before a target can be called conformant, each list for itself. */
const demanded = ({ carriers, synchronous }: Profile): (readonly string[])[] => [
  ...(carriers === undefined ? [] : bindingNames.map((binding) => carriers[binding])),
  ...(synchronous === undefined ? [] : [synchronous.carriers]),
];

/**
 * A carrier may be retired, because a draft may drop what it demands. But a verdict needs one of those that carry a binding,
 * and the completion: without them a target that does nothing would conform.
 */
const neededIds = ({ file: { retired = {} }, base }: Given): Mistake[] =>
  Object.keys(retired).flatMap((id): Mistake[] => {
    const path = ['retired', id];
    const code = 'needed-for-verdict';
    if (id === base.completion)
      return [
        { path, code, message: `${id} shows that accepted requests complete at all, so that it cannot be retired` },
      ];
    const list = demanded(base).find((ids) => ids.includes(id) && ids.every((each) => each in retired));
    return list === undefined
      ? []
      : [{ path, code, message: `no verdict is possible if all of ${list.join(', ')} are retired: keep one of them` }];
  });

/** Groups whose names are all known. The paths of a target are its own. */
const knownGroups = ['fields', 'members', 'urns', 'mediaTypes'] as const;

const unknownNames = ({ file: { wire = {} } }: Given): Mistake[] =>
  knownGroups.flatMap((group) => {
    const known = new Set(namesInUse[group].map((name) => name.toLowerCase()));
    return Object.keys(wire[group] ?? {})
      .filter((name) => !known.has(name.toLowerCase()))
      .map((name) => ({
        path: ['wire', group, name],
        code: 'unknown-name',
        message: `«${name}» is no name that the profile uses, so that nothing would be renamed`,
      }));
  });

const renames = ({ file: { wire } }: Given): Mistake[] =>
  mistakesInRenames(wire ?? {}, namesInUse).map(({ group, name, message }) => ({
    path: ['wire', group, name],
    code: 'colliding-renames',
    message,
  }));

const mistakeInRule = ({ rule }: DeclaredRequirement): (Failure & { readonly member: string }) | undefined => {
  const found = (member: string, failure: Failure | undefined) => failure && { ...failure, member };
  switch (rule.kind) {
    case 'body':
      return found('schema', mistakeIn({ by: 'schema', schema: rule.schema }));
    case 'field':
      if (rule.required === false && rule.pattern === undefined && rule.grammar === undefined)
        return found('required', {
          error: 'it demands nothing: a field that may be absent needs a pattern or a grammar',
        });
      return rule.pattern === undefined
        ? undefined
        : found('pattern', mistakeIn({ by: 'pattern', pattern: rule.pattern }));
    case 'exchange':
    case 'history':
      return found('expression', mistakeIn({ by: 'expression', expression: rule.expression }));
  }
};

const badRules = ({ file: { requirements = [] } }: Given): Mistake[] =>
  requirements.flatMap((declared, place): Mistake[] => {
    const mistake = mistakeInRule(declared);
    if (mistake === undefined) return [];
    const { member, error, at } = mistake;
    return [{ path: ['requirements', place, 'rule', member], at, code: 'bad-rule', message: error }];
  });

const badSelections = ({ file: { requirements = [] } }: Given): Mistake[] =>
  requirements.flatMap(({ on, rule }, place): Mistake[] => {
    const code = 'bad-selection';
    if (on.path?.includes('{') === true)
      return [
        { path: ['requirements', place, 'on', 'path'], code, message: 'a segment that may be anything is written *' },
      ];
    return rule.kind === 'history' && on.method === 'GET'
      ? [
          {
            path: ['requirements', place, 'on', 'method'],
            code,
            message: 'a history begins with a write, never with GET',
          },
        ]
      : [];
  });

/** All mistakes of a file that matches its schema; empty if it can be used. */
export const mistakesInOverlay = (given: Given): readonly Mistake[] => [
  ...unknownNames(given),
  ...renames(given),
  ...unknownIds(given),
  ...neededIds(given),
  ...takenIds(given),
  ...badSelections(given),
  ...badRules(given),
];
