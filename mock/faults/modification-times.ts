/** Faults in which `meta.lastModified` does not say when a resource was modified: CORE-08. */
import { isJson, type Json } from '../json.js';
import { type Match, answering, bodyOf, edit, member, withBody } from './answers.js';
import type { Fault } from './fault.js';

const asCreated = withBody((body) => {
  const meta = member(body, 'meta');
  return { ...body, meta: { ...meta, lastModified: meta.created } };
});

const typeIn = ({ meta }: Json): unknown => (isJson(meta) ? meta.resourceType : undefined);

const shows =
  (type: string): Match =>
  (answer) =>
    isJson(answer.body) && typeIn(bodyOf(answer)) === type;

const isOfUser = shows('User');

export const modificationTimeFaults: readonly Fault[] = [
  {
    name: 'users-never-modified',
    title: 'users whose lastModified stays as it was when they were created',
    breaks: ['CORE-08'],
    seams: edit(isOfUser, asCreated),
  },
  {
    name: 'groups-never-modified',
    title: 'groups whose lastModified stays as it was when they were created',
    breaks: ['CORE-08'],
    seams: edit(shows('Group'), asCreated),
  },
  {
    name: 'patch-sets-lastmodified-back',
    title: 'a PATCH that sets lastModified of a user back to when the user was created',
    breaks: ['CORE-08'],
    seams: answering(() => {
      const patched = new Set<string>();
      return (answer, request) => {
        const id = request.path.split('/')[2] ?? '';
        if (request.path.startsWith('/Users/') && answer.status === 200) {
          if (request.method === 'PATCH') patched.add(id);
          if (request.method === 'PUT') patched.delete(id);
        }
        return patched.has(id) && isOfUser(answer, request) ? asCreated(answer) : answer;
      };
    }),
  },
];
