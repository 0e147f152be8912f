/** Faults in which resources hold something else than /Schemas and /ResourceTypes say: CORE-16. */
import { urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import { both, edit, on, user, withBody, type Match } from './answers.js';
import type { Fault } from './fault.js';
import { inUserSchema, schemas } from './schemas.js';

const isUser = ({ schemas: listed }: Json): boolean => Array.isArray(listed) && listed.includes(urn.user);

const userRead: Match = both(on(200, 'GET', user), ({ body }) => isJson(body) && isUser(body));

export const undescribedFaults: readonly Fault[] = [
  {
    name: 'users-of-a-schema-that-is-not-there',
    title: 'users with a URN in `schemas` that /Schemas does not hold',
    breaks: ['CORE-16'],
    seams: edit(
      userRead,
      withBody((body) => ({ ...body, schemas: [...(body.schemas as unknown[]), 'urn:example:badge'] })),
    ),
  },
  {
    name: 'groups-with-the-schema-of-users',
    title: 'groups with the URN of users in `schemas`',
    breaks: ['CORE-16'],
    seams: edit(
      on(200, 'GET', /^\/Groups\/./),
      withBody((body) => ({ ...body, schemas: [urn.group, urn.user] })),
    ),
  },
  {
    name: 'attribute-outside-all-schemas',
    title: 'users with an attribute that no schema names',
    breaks: ['CORE-16'],
    seams: edit(
      userRead,
      withBody((body) => ({ ...body, badgeColor: 'blue' })),
    ),
  },
  {
    name: 'single-value-of-a-list-as-an-object',
    title: 'lists of one value that are shown as an object',
    breaks: ['CORE-16'],
    seams: edit(
      userRead,
      withBody((body) => ({ ...body, groups: { value: '1', display: 'All' } })),
    ),
  },
  {
    name: 'value-that-is-never-returned',
    title: 'an attribute that is shown, and whose `returned` is never',
    breaks: ['CORE-16'],
    seams: ((): Fault['seams'] => {
      const pin = { name: 'pin', type: 'string', multiValued: false, required: false, caseExact: true };
      const hidden = { ...pin, mutability: 'writeOnly', returned: 'never', uniqueness: 'none' };
      const inSchemas = inUserSchema((attributes) => [...attributes, hidden]);
      return edit(
        (answer, request) => schemas(answer, request) || userRead(answer, request),
        (answer, request, around) =>
          schemas(answer, request)
            ? inSchemas(answer, request, around)
            : withBody((body) => ({ ...body, pin: '4711' }))(answer),
      );
    })(),
  },
  {
    name: 'required-attribute-that-no-user-has',
    title: 'a read-only attribute that is required, and that no user has',
    breaks: ['CORE-16'],
    seams: edit(
      schemas,
      inUserSchema((attributes) => [
        ...attributes,
        {
          ...{ name: 'tenant', type: 'string', multiValued: false, required: true, caseExact: true },
          ...{ mutability: 'readOnly', returned: 'default', uniqueness: 'none' },
        },
      ]),
    ),
  },
];
