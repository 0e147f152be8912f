/** Keeps the resources in memory. Every write is one synchronous step, so that no reader sees half of it (LIFE-08). */
import type { Clock } from '../clock.js';
import { Problem } from '../problem.js';
import { etagOf, type Json, type Stored } from './representation.js';
import type { ResourceType } from './resource-type.js';

const userNameKey = (attributes: Json): string | undefined =>
  typeof attributes.userName === 'string' ? attributes.userName.toLowerCase() : undefined;

export class Store {
  private readonly resources = new Map<string, Stored>();
  /** Id by userName in lower case: it is unique without regard to case (RFC 7643 §4.1.1). */
  private readonly userNames = new Map<string, string>();

  constructor(
    private readonly clock: Clock,
    private readonly newId: () => string,
  ) {}

  /** Throws a Problem of 404. */
  get(type: ResourceType, id: string): Stored {
    const stored = this.resources.get(id);
    if (stored?.type !== type) throw new Problem(404, `There is no ${type.name} of this id.`);
    return stored;
  }

  /** The resource of this id, whatever its type; undefined where there is none. */
  find(id: string): Stored | undefined {
    return this.resources.get(id);
  }

  list(type: ResourceType): Stored[] {
    return [...this.resources.values()].filter((stored) => stored.type === type);
  }

  /** Throws a Problem of 409 where the userName is taken. */
  create(type: ResourceType, attributes: Json): Stored {
    const now = this.clock.now();
    const stored: Stored = { id: this.newId(), type, attributes, created: now, lastModified: now, version: 1 };
    this.claim(stored.id, attributes);
    this.resources.set(stored.id, stored);
    return stored;
  }

  /**
   * Puts new attributes in place of the old; where they are the very same, nothing is written. Throws a Problem of 404,
   * 409, or 412 where `ifMatch` names another version.
   */
  update(type: ResourceType, id: string, change: (attributes: Json) => Json, ifMatch?: string): Stored {
    const before = this.get(type, id);
    this.demandVersion(before, ifMatch);
    const attributes = change(before.attributes);
    if (attributes === before.attributes) return before;
    const old = userNameKey(before.attributes);
    if (old !== userNameKey(attributes)) {
      this.claim(id, attributes);
      if (old !== undefined) this.userNames.delete(old);
    }
    const after: Stored = { ...before, attributes, lastModified: this.clock.now(), version: before.version + 1 };
    this.resources.set(id, after);
    return after;
  }

  /** Throws a Problem of 404, or 412 where `ifMatch` names another version. */
  remove(type: ResourceType, id: string, ifMatch?: string): void {
    const stored = this.get(type, id);
    this.demandVersion(stored, ifMatch);
    this.resources.delete(id);
    const key = userNameKey(stored.attributes);
    if (key !== undefined) this.userNames.delete(key);
  }

  private claim(id: string, attributes: Json): void {
    const key = userNameKey(attributes);
    if (key === undefined) return;
    const owner = this.userNames.get(key);
    if (owner !== undefined && owner !== id) throw new Problem(409, 'The userName is taken.', 'uniqueness');
    this.userNames.set(key, id);
  }

  private demandVersion(stored: Stored, ifMatch: string | undefined): void {
    if (ifMatch === undefined || matchesEtag(ifMatch, etagOf(stored))) return;
    throw new Problem(412, 'The resource has another version.');
  }
}

/** Whether an If-Match or If-None-Match field names this tag, compared weakly (RFC 9110 §8.8.3.2, RFC 7644 §3.14). */
export const matchesEtag = (field: string, etag: string): boolean => {
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return field.trim() === '*' || field.split(',').some((tag) => opaque(tag) === opaque(etag));
};
