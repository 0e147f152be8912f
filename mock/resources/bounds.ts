/**
 * Attributes that a client must not see or change, by the policy. What it must not see is taken away before a filter or a
 * PATCH looks at a resource: their answers would otherwise tell the value. What it must not change is compared.
 */
import { isDeepStrictEqual } from 'node:util';
import { isJson, type Json } from '../json.js';
import type { AttributeBounds, Operation } from '../operation.js';
import type { Transaction } from '../ports.js';
import { Problem } from '../problem.js';
import type { Stored } from '../stored.js';
import { attributePath, type AttributePath } from './attribute-path.js';
import { projectionOf } from './projection.js';
import { attributesOf, resourceTypes, typeOfPath, type ResourceType } from './resource-type.js';

const without = (type: ResourceType, names: readonly string[], attributes: Json): Json =>
  names.length === 0 ? attributes : projectionOf(type, { excludedAttributes: names.join(',') })(attributes);

/** Only these attributes of a resource. */
const only = (type: ResourceType, names: readonly string[], attributes: Json): Json => {
  if (names.length === 0) return {};
  const found = projectionOf(type, { attributes: names.join(',') })(attributes);
  delete found.schemas;
  return found;
};

/** The resource as its client may see it. */
export const seen = (stored: Stored, bounds: AttributeBounds | undefined): Stored =>
  bounds === undefined || bounds.hidden.length === 0
    ? stored
    : { ...stored, attributes: without(resourceTypes[stored.type], bounds.hidden, stored.attributes) };

const isWithin = (inner: AttributePath, outer: AttributePath): boolean =>
  outer.every((name, place) => inner[place] === name);

/** What a client must neither see nor change. A name may be that of an extension, and include others. */
const unseen = (type: ResourceType, { hidden, withheld }: AttributeBounds): string[] => {
  const within = (names: readonly string[], others: readonly string[]): string[] =>
    names.filter((name) => others.some((other) => isWithin(attributePath(type, name), attributePath(type, other))));
  return [...within(withheld, hidden), ...within(hidden, withheld)];
};

const isPassword = (name: unknown): boolean =>
  typeof name === 'string' && attributePath(resourceTypes.User, name)[0] === 'password';

const namesPassword = (value: unknown): boolean =>
  isJson(value) && (Object.keys(value).some(isPassword) || isPassword(value.path) || namesPassword(value.value));

/** A password is not stored, so it cannot be compared. */
const setsPassword = ({ path, data }: Operation): boolean => {
  if (!isJson(data) || typeOfPath(path)?.name !== 'User') return false;
  const { Operations: changes } = data;
  return namesPassword(data) || (Array.isArray(changes) && changes.some(namesPassword));
};

/** With what the client left out because it must not change it. RFC 7644 §3.5.1 lets a provider keep such values. */
const keep = (type: ResourceType, names: readonly string[], after: Json, before: Json): Json => {
  const merged = { ...after };
  for (const [name, value] of Object.entries(only(type, names, before))) {
    const own = merged[name];
    if (own === undefined) merged[name] = value;
    else if (isJson(own) && isJson(value) && name.includes(':')) merged[name] = { ...value, ...own };
  }
  const present = type.extensions.map(({ schema }) => schema).filter((schema) => schema in merged);
  return { ...merged, schemas: [type.schema, ...present] };
};

const forbidden = (names: readonly string[]): Problem =>
  new Problem(403, `This client must not change ${names.join(', ')}.`);

/** The transaction for an operation of a client: what changes a withheld attribute rejects with a Problem of 403. */
export const bounded = (operation: Operation, transaction: Transaction): Transaction => {
  const { bounds, method } = operation;
  if (bounds === undefined || bounds.withheld.length === 0) return transaction;
  const { withheld } = bounds;
  const demandSame = (type: ResourceType, names: readonly string[], before: Json, after: Json): void => {
    if (!isDeepStrictEqual(only(type, names, after), only(type, names, before))) throw forbidden(withheld);
  };
  if (withheld.some(isPassword) && setsPassword(operation)) throw forbidden(withheld);
  const within: Transaction = {
    get: (type, id) => transaction.get(type, id),
    find: (id) => transaction.find(id),
    list: (type) => transaction.list(type),
    named: (userName) => transaction.named(userName),
    create: async (name, attributes, id) => {
      demandSame(resourceTypes[name], withheld, {}, attributes);
      return transaction.create(name, attributes, id);
    },
    update: (name, id, change, ifMatch) => {
      const type = resourceTypes[name];
      const blind = unseen(type, bounds);
      return transaction.update(
        name,
        id,
        async (before) => {
          const view = without(type, blind, before);
          const changed = await change(view);
          if (changed === view) return before;
          demandSame(type, blind, {}, changed);
          const after = keep(type, method === 'PATCH' ? blind : withheld, changed, before);
          demandSame(type, withheld, before, after);
          return after;
        },
        ifMatch,
      );
    },
    remove: (type, id, ifMatch) => transaction.remove(type, id, ifMatch),
    attempt: (work) => transaction.attempt(work),
    aside: (work) => transaction.aside(work),
    finish: (claim, outcome) => transaction.finish(claim, outcome),
    finishUnit: (claim, outcomes) => transaction.finishUnit(claim, outcomes),
    promiseEvents: (job) => transaction.promiseEvents(job),
    publish: (draft) => transaction.publish(draft),
    hooksFor: (eventType) => transaction.hooksFor(eventType),
    deliver: (delivery) => transaction.deliver(delivery),
  };
  return within;
};

/** Why an attribute cannot be hidden or withheld by this name, as a clause; undefined if it can. */
export const mistakeInName = (name: string, isHidden: boolean): string | undefined => {
  const found = Object.values(resourceTypes).flatMap((type) => {
    const [first, second, ...rest] = attributePath(type, name);
    const outer = attributesOf(type).find((each) => each.name.toLowerCase() === first && each.name !== 'schemas');
    if (second === undefined) return outer ?? [];
    const isExtension = type.extensions.some(({ schema }) => schema === outer?.name);
    if (!isExtension || outer?.type !== 'complex' || rest.length > 0) return [];
    return outer.subAttributes.find((each) => each.name.toLowerCase() === second) ?? [];
  });
  if (found.length === 0) return 'is no attribute of users, of groups or of an extension';
  if (isHidden && found.some(({ required }) => required === true)) return 'is required, so it cannot be hidden';
  return undefined;
};
