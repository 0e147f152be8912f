/** Applies one PATCH operation (RFC 7644 §3.5.2.1 to §3.5.2.3). Returns new objects and changes none in place. */
import { isJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import type { Attribute } from './attributes.js';
import type { Step, Target } from './patch-path.js';
import { holdsAny, withAdded } from './value-lists.js';

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

const changedWhole = (before: readonly unknown[], { op, value }: Change): unknown[] => {
  const values: unknown[] = Array.isArray(value) ? value : [];
  switch (op) {
    case 'add':
      return withAdded(before, values);
    case 'replace':
      return values;
    case 'remove': {
      if (value === null) return [];
      // Some clients send the elements to remove as a value, perhaps with some of their members only.
      const isRemoved = holdsAny(values);
      return before.filter((item) => !isRemoved(item));
    }
  }
};

/**
 * Changes the selected values of a list, or a sub-attribute of them. Throws a Problem of 400 if the filter matches
 * none.
 */
const changedItems = (
  { attribute, filter }: Step,
  before: readonly unknown[],
  rest: readonly Step[],
  change: Change,
): unknown[] => {
  const isMeant = (item: unknown): boolean => filter?.matches(item) ?? true;
  if (!before.some(isMeant)) {
    // If no value matches, one is added (§3.5.2.1, §3.5.2.3), provided that the filter is an `eq`, which says what to
    // add.
    const isAdded = change.op === 'add' || (change.op === 'replace' && filter === undefined);
    const example = filter === undefined ? {} : filter.example;
    if (isAdded && rest.length > 0 && example !== undefined)
      return [...before, changedValue(attribute, example, rest, change)];
    if (filter === undefined) return [...before];
    throw new Problem(400, 'The filter of the path matches no value.', 'noTarget');
  }
  // `replace` replaces a value of a list as a whole (§3.5.2.3).
  const isReplaced = rest.length === 0 && change.op === 'replace';
  const changed = (item: unknown): unknown => (isReplaced ? change.value : changedValue(attribute, item, rest, change));
  return before.map((item) => (isMeant(item) ? changed(item) : item)).filter((item) => item !== null);
};

const isPrimary = (item: unknown): boolean => isJson(item) && item.primary === true;

/** If a value becomes primary, the others stop being so (RFC 7644 §3.5.2). */
const withOnePrimary = (before: readonly unknown[], after: readonly unknown[]): readonly unknown[] => {
  const [fresh, ...more] = after.filter((item) => isPrimary(item) && !before.includes(item));
  if (fresh === undefined || more.length > 0) return after;
  return after.map((item) => (item !== fresh && isJson(item) && isPrimary(item) ? { ...item, primary: false } : item));
};

const changedList = (step: Step, before: unknown, rest: readonly Step[], change: Change): readonly unknown[] => {
  const items: readonly unknown[] = Array.isArray(before) ? before : [];
  const isWhole = step.filter === undefined && rest.length === 0;
  return withOnePrimary(items, isWhole ? changedWhole(items, change) : changedItems(step, items, rest, change));
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

/** The resource after the edit. Unassigned values in it are null. Throws a Problem of 400. */
export const applyChange = (resource: Json, { first, rest }: Target, change: Change): Json =>
  changedAt(resource, first, rest, change);
