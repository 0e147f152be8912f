/** Compares a resource with the effects that a shape should have. */
import { readPatchPath } from '../judging/patched.js';
import { isAlikeAt, isPresent } from '../trace/alike.js';
import { atPath, isObject, textOf, type JsonObject } from '../trace/message.js';
import { filledText, type Names } from './names.js';
import type { Effect } from './shape.js';

/** One attribute that an effect is about. */
export interface Compared {
  readonly path: string;
  readonly holds: boolean;
  /** As text: equal texts are equal values, in whatever order a list has them. */
  readonly seen: string;
  readonly wanted: string;
}

/** The ids of the members, sorted; undefined if some member has none. */
export const membersOf = (resource: JsonObject): readonly string[] => {
  const { members } = resource;
  const list: unknown[] = Array.isArray(members) ? members : [];
  return list.map((member) => (isObject(member) ? textOf(member.value) : textOf(member))).sort();
};

const valueAt = (resource: JsonObject, path: string): unknown => {
  const target = readPatchPath(path);
  if (target === undefined) throw new Error(`the path «${path}» is of an unknown form`);
  const { extension, attribute, selects, subAttribute } = target;
  const holder = extension === undefined ? resource : resource[extension];
  const value = atPath(holder, attribute);
  if (selects === undefined) return subAttribute === undefined ? value : atPath(value, subAttribute);
  const list: unknown[] = Array.isArray(value) ? value : [];
  const selected = list.find(selects);
  return subAttribute === undefined ? selected : atPath(selected, subAttribute);
};

export const compare = (effect: Effect, resource: JsonObject, names: Names): Compared => {
  if ('members' in effect) {
    const wanted = effect.members.map((member) => filledText(member, names)).sort();
    const seen = membersOf(resource);
    const texts = { seen: JSON.stringify(seen), wanted: JSON.stringify(wanted) };
    return { path: 'members', holds: texts.seen === texts.wanted, ...texts };
  }
  const { path, is } = effect;
  const wanted = typeof is === 'string' ? filledText(is, names) : is;
  const seen = valueAt(resource, path);
  return {
    path,
    holds: isAlikeAt(path, wanted, seen),
    seen: isPresent(seen) ? textOf(seen) : 'absent',
    wanted: textOf(wanted),
  };
};
