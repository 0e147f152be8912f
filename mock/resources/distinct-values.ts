/**
 * The values of a list, each once (RFC 7643 §2.4): two of the same `value` are one, unless they are of different types. It
 * has the sub-attributes of both, and where they differ those of the later one.
 */
import { isDeepStrictEqual } from 'node:util';
import { canonicalJson } from '../canonical-json.js';
import { isJson } from '../json.js';
import { hasKindOf } from './value-lists.js';

/** Where the values of a list are kept, by a key. Nearly every key has one place, which needs no list of its own. */
class Places {
  private readonly first = new Map<string, number>();
  private readonly further = new Map<string, number[]>();

  of(key: string): readonly number[] {
    const first = this.first.get(key);
    return first === undefined ? [] : [first, ...(this.further.get(key) ?? [])];
  }

  add(key: string, place: number): void {
    const further = this.further.get(key);
    if (further !== undefined) further.push(place);
    else if (this.first.has(key)) this.further.set(key, [place]);
    else this.first.set(key, place);
  }
}

export class DistinctValues {
  private readonly kept: unknown[] = [];
  private readonly byValue = new Places();
  private readonly byText = new Places();

  get values(): readonly unknown[] {
    return this.kept;
  }

  /** null is no value. */
  add(item: unknown): void {
    if (item === null) return;
    const { kept } = this;
    const hasValue = isJson(item) && typeof item.value === 'string';
    const places = hasValue ? this.byValue : this.byText;
    const key = hasValue ? String(item.value) : canonicalJson(item);
    const place = places.of(key).find((each) => !isJson(item) || !isJson(kept[each]) || hasKindOf(kept[each], item));
    const same = place === undefined ? undefined : kept[place];
    if (place === undefined) places.add(key, kept.push(item) - 1);
    else if (isJson(same) && isJson(item))
      kept[place] = isDeepStrictEqual({ ...same, ...item }, same) ? same : { ...same, ...item };
  }
}
