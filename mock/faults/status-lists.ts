/** Faults in which lists of status resources are served: STAT-17. */
import { header, mediaType, urn } from '../../schemas/names.js';
import type { Json } from '../json.js';
import { answering, bodyOf, isAccepted, type Match } from './answers.js';
import type { Fault } from './fault.js';

/** A fault that serves a list of all accepted requests to whom it may not show them. */
const listing = (isServed: Match): Fault['seams'] =>
  answering(() => {
    const all: Json[] = [];
    return (answer, request) => {
      if (isAccepted(answer, request)) all.push(bodyOf(answer));
      if (!isServed(answer, request)) return answer;
      return {
        status: 200,
        headers: { [header.contentType]: mediaType.scim },
        body: { schemas: [urn.listResponse], totalResults: all.length, Resources: [...all] },
      };
    };
  });

export const statusListFaults: readonly Fault[] = [
  {
    name: 'status-list-for-every-client',
    title: 'a list of the status resources of all clients',
    breaks: ['STAT-17'],
    seams: listing(({ status }, { path, client }) => status === 404 && path === '/provision' && client !== undefined),
  },
  {
    name: 'status-list-without-a-credential',
    title: 'a list of the status resources at the alternative path that needs no credential',
    breaks: ['STAT-17'],
    seams: listing((_, { path, client }) => path === '/provisions' && client === undefined),
  },
  {
    name: 'request-for-every-client',
    title: 'a URL above the status that shows it to every client',
    breaks: ['STAT-17'],
    seams: listing(({ status }, { path }) => status === 404 && /^\/provision\/[^/]+$/.test(path)),
  },
];
