/**
 * What a transaction has read, so that it reads the same again, and so that it can be found out whether others have changed
 * it meanwhile. A stored resource is never changed in place: every write makes a new object.
 */
import type { Stored, TypeName } from '../../stored.js';

/** Reads what is committed. */
export interface Committed {
  resourceOf(id: string): Stored | undefined;
  resourcesOf(type: TypeName): readonly Stored[];
  /** Id of the user with this userName in lower case. */
  ownerOf(name: string): string | undefined;
}

/** The value of the key, computed once. */
const once = <Key, Value>(known: Map<Key, Value>, key: Key, read: (key: Key) => Value): Value => {
  const value = known.get(key);
  if (value !== undefined || known.has(key)) return value as Value;
  const first = read(key);
  known.set(key, first);
  return first;
};

const isSameList = (one: readonly Stored[], other: readonly Stored[]): boolean =>
  one.length === other.length && one.every((stored, place) => stored === other[place]);

export class RepeatableReads implements Committed {
  private readonly resources = new Map<string, Stored | undefined>();
  private readonly owners = new Map<string, string | undefined>();
  private readonly lists = new Map<TypeName, readonly Stored[]>();

  constructor(private readonly committed: Committed) {}

  resourceOf(id: string): Stored | undefined {
    return once(this.resources, id, (key) => this.committed.resourceOf(key));
  }

  resourcesOf(type: TypeName): readonly Stored[] {
    return once(this.lists, type, (key) => this.committed.resourcesOf(key));
  }

  ownerOf(name: string): string | undefined {
    return once(this.owners, name, (key) => this.committed.ownerOf(key));
  }

  /** Whether something that was read is not so any more. */
  get isOutdated(): boolean {
    const { committed } = this;
    return (
      [...this.resources].some(([id, stored]) => committed.resourceOf(id) !== stored) ||
      [...this.owners].some(([name, owner]) => committed.ownerOf(name) !== owner) ||
      [...this.lists].some(([type, list]) => !isSameList(list, committed.resourcesOf(type)))
    );
  }
}
