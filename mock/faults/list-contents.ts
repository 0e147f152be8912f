/** Faults in which a list shows a resource otherwise than a read of it: CORE-13. */
import { isJson, type Json } from '../json.js';
import type { Fault } from './fault.js';
import { resourcesIn, searching } from './lists.js';

/** A fault that changes each resource in a list by GET; `make` is called once for each mock. */
const listing = (change: (resource: Json) => Json): Fault['seams'] =>
  searching(async (query, find) => {
    const list = await find(query);
    return Array.isArray(list.Resources) ? { ...list, Resources: resourcesIn(list).map(change) } : list;
  });

const onlyFirst =
  (name: string) =>
  (resource: Json): Json => ({
    ...resource,
    ...(Array.isArray(resource[name]) ? { [name]: resource[name].slice(0, 1) as unknown } : {}),
  });

const idOf = ({ id }: Json): string => String(id);

export const listContentFaults: readonly Fault[] = [
  {
    name: 'lists-show-one-member',
    title: 'groups in lists with their first member only',
    breaks: ['CORE-13'],
    seams: listing(onlyFirst('members')),
  },
  {
    name: 'lists-show-one-email',
    title: 'users in lists with their first e-mail address only',
    breaks: ['CORE-13'],
    seams: listing(onlyFirst('emails')),
  },
  {
    name: 'lists-show-the-members-of-another-group',
    title: 'groups in lists with one more member, who belongs to another group',
    breaks: ['CORE-13'],
    seams: listing((resource) =>
      Array.isArray(resource.members)
        ? { ...resource, members: [...(resource.members as unknown[]), { value: 'member-of-another', type: 'User' }] }
        : resource,
    ),
  },
  {
    name: 'lists-show-the-members-of-the-first-look',
    title: 'groups in lists with the members that the first list has shown',
    breaks: ['CORE-13'],
    seams: (base, environment) => {
      const first = new Map<string, unknown>();
      return listing((resource) => {
        if (!isJson(resource.meta) || resource.meta.resourceType !== 'Group') return resource;
        const members = first.get(idOf(resource)) ?? resource.members;
        if (members === undefined) return resource;
        first.set(idOf(resource), members);
        return { ...resource, members };
      })(base, environment);
    },
  },
];
