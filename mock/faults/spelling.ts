/** Faults of letter case: of names and URNs (CORE-07), and of values that are compared exactly (CORE-03). */
import { eventUri, urn } from '../../schemas/names.js';
import { edit, on, user, withBody } from './answers.js';
import { isJson } from '../json.js';
import { completing } from './claims.js';
import type { Fault } from './fault.js';
import { applying } from './work.js';

export const spellingFaults: readonly Fault[] = [
  {
    name: 'external-id-in-capitals',
    title: 'an externalId that is kept in capitals, although it is compared exactly',
    breaks: ['CORE-03'],
    seams: applying((apply) => (operation, transaction) => {
      const { data } = operation;
      const isGiven = isJson(data) && typeof data.externalId === 'string';
      return apply(
        isGiven ? { ...operation, data: { ...data, externalId: String(data.externalId).toUpperCase() } } : operation,
        transaction,
      );
    }),
  },
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
      withBody((body) => ({
        ...body,
        schemas: Array.isArray(body.schemas)
          ? body.schemas.map((each: unknown) => (each === urn.user ? urn.user.toUpperCase() : each))
          : body.schemas,
      })),
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
