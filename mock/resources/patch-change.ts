/** Applies one PATCH operation (RFC 7644 §3.5.2.1 to §3.5.2.3). Returns new objects and changes none in place. */
import { isJson, type Json } from '../json.js';
import type { Pace } from '../pace.js';
import { Problem } from '../problem.js';
import type { Attribute } from './attributes.js';
import type { Step, Target } from './patch-path.js';
import { ListDraft } from './list-draft.js';

export interface Change {
  readonly op: 'add' | 'replace' | 'remove';
  /** The new value, with the names of the schema; null: unassigned. */
  readonly value: unknown;
}

/** Whether the edit removes its target. Adding an empty list removes nothing (RFC 7643 §2.5). */
export const unassigns = ({ multiValued }: Attribute, { op, value }: Change): boolean =>
  value === null && !(op === 'add' && multiValued === true);

/** Sub-attributes that are not in the value stay unchanged (RFC 7644 §3.5.2.3). */
const merged = (attributes: readonly Attribute[], before: Json, op: Change['op'], value: Json): Json =>
  attributes
    .filter(({ name }) => name in value)
    .reduce((holder, attribute) => changedAt(holder, { attribute }, [], { op, value: value[attribute.name] }), before);

const changedValue = (attribute: Attribute, before: unknown, rest: readonly Step[], change: Change): unknown => {
  const holder = isJson(before) ? before : {};
  const [next, ...further] = rest;
  if (next !== undefined) return changedAt(holder, next, further, change);
  return attribute.type === 'complex' && isJson(change.value)
    ? merged(attribute.subAttributes, holder, change.op, change.value)
    : change.value;
};

const changeWhole = (list: ListDraft, { op, value }: Change): void => {
  const values: unknown[] = Array.isArray(value) ? value : [];
  switch (op) {
    case 'add':
      for (const each of values) list.addOnce(each);
      return;
    case 'replace':
      list.replaceBy(values);
      return;
    case 'remove':
      // Some clients send the elements to remove as a value, perhaps with old names in it.
      if (value === null) list.replaceBy([]);
      else list.removeAll(values);
  }
};

/**
 * Changes the selected values of a list, or a sub-attribute of them. Throws a Problem of 400 if the filter matches
 * none.
 */
const changeItems = ({ attribute, filter }: Step, list: ListDraft, rest: readonly Step[], change: Change): void => {
  const places = list.find(filter?.matches ?? (() => true), filter?.terms);
  if (places.length === 0) {
    // If no value matches, one is added (§3.5.2.1, §3.5.2.3), provided that the filter is an `eq`, which says what to
    // add.
    const isAdded = change.op === 'add' || (change.op === 'replace' && filter === undefined);
    const example = filter === undefined ? {} : filter.example;
    if (isAdded && rest.length > 0 && example !== undefined) list.add(changedValue(attribute, example, rest, change));
    else if (filter !== undefined) throw new Problem(400, 'The filter of the path matches no value.', 'noTarget');
    return;
  }
  // `replace` replaces a value of a list as a whole (§3.5.2.3).
  const isReplaced = rest.length === 0 && change.op === 'replace';
  for (const place of places)
    list.set(place, isReplaced ? change.value : changedValue(attribute, list.at(place), rest, change));
};

const changeList = (step: Step, list: ListDraft, rest: readonly Step[], change: Change): void => {
  if (step.filter === undefined && rest.length === 0) changeWhole(list, change);
  else changeItems(step, list, rest, change);
  list.endOperation();
};

const draftOf = (value: unknown): ListDraft => new ListDraft(Array.isArray(value) ? value : []);

const changedList = (step: Step, before: unknown, rest: readonly Step[], change: Change): readonly unknown[] => {
  const list = draftOf(before);
  changeList(step, list, rest, change);
  return list.values;
};

const changedAt = (holder: Json, step: Step, rest: readonly Step[], change: Change): Json => {
  const { attribute } = step;
  const before = holder[attribute.name];
  const after =
    attribute.multiValued === true
      ? changedList(step, before, rest, change)
      : changedValue(attribute, before, rest, change);
  return { ...holder, [attribute.name]: after };
};

/** One operation on one attribute. */
export interface Edit {
  readonly target: Target;
  readonly change: Change;
}

/** Adds many values to a list, or puts them in place of its values, with pauses. */
const changeLongList = async (list: ListDraft, { op, value }: LongChange, pace: Pace): Promise<void> => {
  if (op === 'replace') list.replaceBy([]);
  for (const [index, each] of value.entries()) {
    if (op === 'replace') list.add(each);
    else list.addOnce(each);
    await pace.each(index);
  }
  list.endOperation();
};

interface LongChange {
  readonly op: 'add' | 'replace';
  readonly value: readonly unknown[];
}

const isLong = ({ first, rest }: Target, change: Change): change is LongChange =>
  first.filter === undefined && rest.length === 0 && change.op !== 'remove' && Array.isArray(change.value);

/** How many values are in it, itself included. */
const valuesIn = (value: unknown): number => (Array.isArray(value) ? value.length + 1 : 1);

/** The resource after the edits. Unassigned values in it are null. Rejects with a Problem of 400. */
export const applyEdits = async (resource: Json, edits: readonly Edit[], pace: Pace): Promise<Json> => {
  /** The lists that are changed, by attribute; they are put into the resource once. */
  const lists = new Map<string, ListDraft>();
  let changed = resource;
  for (const { target, change } of edits) {
    const { first, rest } = target;
    const { name, multiValued } = first.attribute;
    if (multiValued !== true) {
      changed = changedAt(changed, first, rest, change);
      continue;
    }
    const known = lists.get(name);
    const list = known ?? draftOf(resource[name]);
    lists.set(name, list);
    if (known === undefined) await pace.worked(valuesIn(resource[name]));
    if (isLong(target, change)) await changeLongList(list, change, pace);
    else changeList(first, list, rest, change);
    await pace.worked(1);
  }
  return { ...changed, ...Object.fromEntries([...lists].map(([name, list]) => [name, list.values])) };
};
