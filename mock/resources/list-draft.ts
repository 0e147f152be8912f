/**
 * A multi-valued attribute while a PATCH request changes it. Each operation takes time for the values that it names, and
 * not for all that are there: groups have thousands of members, and clients send an operation for each.
 */
import { isJson, type Json } from '../json.js';
import type { EqualTerm } from './filter.js';
import { hasKindOf, holdsAny } from './value-lists.js';

type Places = ReadonlySet<number>;

const isPrimary = (item: unknown): item is Json => isJson(item) && item.primary === true;

/** The text by which values are found; values that differ only in letter case have the same. */
const keyOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? String(value).toLowerCase()
    : undefined;

const nowhere: Places = new Set<number>();

export class ListDraft {
  /** The values in their order; undefined: removed. */
  private items: unknown[] = [];
  /** By the name of a sub-attribute and the text of its value, the places of values; made when first needed. */
  private readonly indexes = new Map<string, Map<string, Set<number>>>();
  private readonly primaries = new Set<number>();
  /** Places that the current operation made primary. */
  private fresh: number[] = [];

  constructor(values: readonly unknown[]) {
    this.replaceBy(values);
    this.fresh = [];
  }

  get values(): readonly unknown[] {
    return this.items.filter((item) => item !== undefined);
  }

  at(place: number): unknown {
    return this.items[place];
  }

  replaceBy(values: readonly unknown[]): void {
    this.items = [];
    this.indexes.clear();
    this.primaries.clear();
    for (const value of values) this.add(value);
  }

  add(value: unknown): void {
    this.items.push(undefined);
    this.set(this.items.length - 1, value);
  }

  /** Adds a value, or merges it with the one that is there already (RFC 7643 §2.4): later operations see one. */
  addOnce(value: unknown): void {
    const place = isJson(value) ? this.placeOf(value) : undefined;
    const before = place === undefined ? undefined : this.items[place];
    if (place === undefined || !isJson(before) || !isJson(value)) {
      this.add(value);
      return;
    }
    const known = this.fresh.length;
    this.set(place, { ...before, ...value });
    // It was primary before, and is not made so by this value.
    if (!isPrimary(value)) this.fresh.length = known;
  }

  /** null or undefined removes the value. */
  set(place: number, value: unknown): void {
    const before = this.items[place];
    const after = value ?? undefined;
    for (const [name, index] of this.indexes) {
      const [old, key] = [before, after].map((item) => (isJson(item) ? keyOf(item[name]) : undefined));
      if (old === key) continue;
      if (old !== undefined) index.get(old)?.delete(place);
      if (key !== undefined) this.note(index, key, place);
    }
    this.items[place] = after;
    if (!isPrimary(after)) this.primaries.delete(place);
    else {
      this.primaries.add(place);
      this.fresh.push(place);
    }
  }

  /** Removes the values that are equal to one of these or, if they have a `value`, have the same. */
  removeAll(values: readonly unknown[]): void {
    const others: unknown[] = [];
    for (const each of values) {
      const value = isJson(each) ? each.value : undefined;
      if (typeof value !== 'string') others.push(each);
      else
        for (const place of [...this.placesOf({ name: 'value', value })])
          if (this.textAt(place) === value) this.set(place, undefined);
    }
    if (others.length === 0) return;
    const isRemoved = holdsAny(others);
    this.items.forEach((item, place) => {
      if (item !== undefined && isRemoved(item)) this.set(place, undefined);
    });
  }

  /** The places of the values that match. `terms`: every value that matches is equal to one of them; undefined: unknown. */
  find(matches: (item: unknown) => boolean, terms: readonly EqualTerm[] | undefined): number[] {
    const places = terms === undefined ? this.items.keys() : new Set(terms.flatMap((term) => [...this.placesOf(term)]));
    return [...places]
      .filter((place) => this.items[place] !== undefined && matches(this.items[place]))
      .sort((a, b) => a - b);
  }

  /** If the operation made one value primary, the others stop being so (RFC 7644 §3.5.2). */
  endOperation(): void {
    const fresh = [...new Set(this.fresh)].filter((place) => this.primaries.has(place));
    const [only] = fresh;
    if (fresh.length === 1) {
      for (const place of [...this.primaries]) {
        const item = this.items[place];
        if (place !== only && isJson(item)) this.set(place, { ...item, primary: false });
      }
    }
    this.fresh = [];
  }

  private placeOf(item: Json): number | undefined {
    const { value } = item;
    if (typeof value !== 'string') return undefined;
    return [...this.placesOf({ name: 'value', value })].find((place) => {
      const there = this.items[place];
      return isJson(there) && there.value === value && hasKindOf(there, item);
    });
  }

  private textAt(place: number): unknown {
    const item = this.items[place];
    return isJson(item) ? item.value : undefined;
  }

  private placesOf({ name, value }: EqualTerm): Places {
    const key = keyOf(value);
    return (key === undefined ? undefined : this.indexOf(name).get(key)) ?? nowhere;
  }

  private indexOf(name: string): Map<string, Set<number>> {
    const known = this.indexes.get(name);
    if (known !== undefined) return known;
    const index = new Map<string, Set<number>>();
    this.items.forEach((item, place) => {
      const key = isJson(item) ? keyOf(item[name]) : undefined;
      if (key !== undefined) this.note(index, key, place);
    });
    this.indexes.set(name, index);
    return index;
  }

  private note(index: Map<string, Set<number>>, key: string, place: number): void {
    const places = index.get(key);
    if (places === undefined) index.set(key, new Set([place]));
    else places.add(place);
  }
}
