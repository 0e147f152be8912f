/** Letter case of names and URNs, and the forms of the status of a result. */
import { isJson, type Json } from '../../../../mock/json.js';
import { claim, messages } from '../answers.js';
import type { Parts, Variant } from '../variant.js';

/** A value in which all names, and all texts that are URNs, are spelled so. */
const respelled = (value: unknown, spell: (name: string) => string): unknown => {
  if (typeof value === 'string') return value.startsWith('urn:') ? spell(value) : value;
  if (Array.isArray(value)) return value.map((item) => respelled(item, spell));
  return isJson(value) ? respelledMembers(value, spell) : value;
};

const respelledMembers = (object: Json, spell: (name: string) => string): Json =>
  Object.fromEntries(Object.entries(object).map(([name, member]) => [spell(name), respelled(member, spell)]));

/** Spells the names and URNs in all messages and events so. */
const spelling = (spell: (name: string) => string) => (): Parts => ({
  wire: messages((body) => respelledMembers(body, spell)),
  seams: claim('events', (all) => respelledMembers(all, spell)),
});

/** A result whose status is an object. */
const withObjectAsStatus = (result: unknown): unknown =>
  isJson(result) && typeof result.status === 'string' ? { ...result, status: { code: result.status } } : result;

export const spellingVariants: readonly Variant[] = [
  {
    name: 'names-and-urns-in-lower-case',
    source: 'RFC 7643 §2.1, RFC 8141 §3.1',
    make: spelling((name) => name.toLowerCase()),
    warns: ['CORE-07'],
    only: ['letter case of names'],
  },
  {
    name: 'names-and-urns-in-capitals',
    source: 'RFC 7643 §2.1, RFC 8141 §3.1',
    make: spelling((name) => name.toUpperCase()),
    warns: ['CORE-07'],
    only: ['letter case of names'],
  },
  {
    name: 'names-that-begin-with-a-capital',
    source: 'RFC 7643 §2.1',
    make: spelling((name) => (name.startsWith('urn:') ? name : name.slice(0, 1).toUpperCase() + name.slice(1))),
    warns: ['CORE-07'],
    only: ['letter case of names'],
  },
  {
    name: 'status-of-results-as-an-object',
    source: 'RFC 7644 §3.7.2 (the example), profile §7',
    // It changes bodies of application/scim+json only, and the tags are the same.
    only: ['content type'],
    make: () => ({
      wire: messages((body) =>
        Array.isArray(body.Operations) ? { ...body, Operations: body.Operations.map(withObjectAsStatus) } : body,
      ),
      seams: claim('events', (all) =>
        Object.fromEntries(Object.entries(all).map(([uri, payload]) => [uri, withObjectAsStatus(payload)])),
      ),
    }),
  },
];
