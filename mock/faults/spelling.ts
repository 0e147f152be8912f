/** Faults of the spelling of names and URNs: CORE-07. */
import { eventUri, urn } from '../../schemas/names.js';
import { edit, on, user, withBody } from './answers.js';
import { completing } from './claims.js';
import type { Fault } from './fault.js';

export const spellingFaults: readonly Fault[] = [
  {
    name: 'resources-in-lower-case',
    title: 'lists with the member resources in place of Resources',
    breaks: ['CORE-07'],
    seams: edit(
      on(200, 'GET', /^\/(Users|Groups)$/),
      withBody(({ Resources, ...rest }) => ({ ...rest, resources: Resources })),
    ),
  },
  {
    name: 'urn-of-users-in-capitals',
    title: 'users with the URN of their schema in capitals',
    breaks: ['CORE-07'],
    seams: edit(
      on(200, 'GET', user),
      withBody((body) => ({ ...body, schemas: [urn.user.toUpperCase()] })),
    ),
  },
  {
    name: 'event-uri-in-capitals',
    title: 'completion events with their URI in capitals',
    over: 'respond-async',
    breaks: ['CORE-07'],
    seams: completing((claims, payload) => ({
      ...claims,
      events: { [eventUri.asyncResponse.toUpperCase()]: payload },
    })),
  },
];
