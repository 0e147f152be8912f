/** Faults of /Schemas and /ResourceTypes: CORE-16. */
import { mediaType, header, urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import { edit, error, on, withBody, without, type Change } from './answers.js';
import type { Fault } from './fault.js';

export const schemas = on(200, 'GET', /^\/Schemas(?:\/|$)/);
const schemaList = on(200, 'GET', /^\/Schemas$/);
const oneSchema = on(200, 'GET', /^\/Schemas\/./);
const types = on(200, 'GET', /^\/ResourceTypes(?:\/|$)/);
const typeList = on(200, 'GET', /^\/ResourceTypes$/);

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as unknown[]).filter(isJson) : []);

/** Changes each entry, in the list and alone. */
const eachEntry = (change: (entry: Json) => Json): Change =>
  withBody((body) =>
    Array.isArray(body.Resources) ? { ...body, Resources: list(body.Resources).map(change) } : change(body),
  );

export const inUserSchema = (change: (attributes: Json[]) => Json[]): Change =>
  eachEntry((entry) => (entry.id === urn.user ? { ...entry, attributes: change(list(entry.attributes)) } : entry));

const inAttribute = (name: string, change: (attribute: Json) => Json): Change =>
  inUserSchema((attributes) => attributes.map((each) => (each.name === name ? change(each) : each)));

export const schemaFaults: readonly Fault[] = [
  {
    name: 'schema-without-attributes',
    title: 'a schema in /Schemas without attributes',
    breaks: ['CORE-16'],
    seams: edit(
      schemas,
      eachEntry((entry) => (entry.id === urn.enterpriseUser ? without(entry, 'attributes') : entry)),
    ),
  },
  {
    name: 'attribute-of-an-unknown-type',
    title: 'an attribute in /Schemas with the type `text`',
    breaks: ['CORE-16'],
    seams: edit(
      schemas,
      inAttribute('nickName', (attribute) => ({ ...attribute, type: 'text' })),
    ),
  },
  {
    name: 'multi-valued-as-a-text',
    title: 'attributes in /Schemas whose `multiValued` is a text',
    breaks: ['CORE-16'],
    seams: edit(
      schemas,
      inAttribute('title', (attribute) => ({ ...attribute, multiValued: 'false' })),
    ),
  },
  {
    name: 'complex-in-complex',
    title: 'a complex sub-attribute in /Schemas',
    breaks: ['CORE-16'],
    seams: edit(
      schemas,
      inAttribute('name', (attribute) => ({
        ...attribute,
        subAttributes: [
          ...list(attribute.subAttributes),
          {
            ...without(attribute, 'subAttributes'),
            name: 'phonetic',
            mutability: 'readOnly',
            subAttributes: list(attribute.subAttributes).slice(0, 1),
          },
        ],
      })),
    ),
  },
  {
    name: 'attributes-without-mutability',
    title: 'attributes in /Schemas without `mutability`',
    breaks: ['CORE-16'],
    seams: edit(
      schemas,
      inUserSchema((attributes) =>
        attributes.map((each) => (each.mutability === 'readWrite' ? without(each, 'mutability') : each)),
      ),
    ),
  },
  {
    name: 'complex-without-sub-attributes',
    title: 'a complex attribute in /Schemas without sub-attributes',
    breaks: ['CORE-16'],
    seams: edit(
      schemas,
      inAttribute('ims', (attribute) => without(attribute, 'subAttributes')),
    ),
  },
  {
    name: 'schemas-as-a-bare-list',
    title: '/Schemas as a JSON array',
    breaks: ['CORE-16'],
    seams: edit(schemaList, (answer) => ({ ...answer, body: isJson(answer.body) ? answer.body.Resources : [] })),
  },
  {
    name: 'schemas-are-not-all-listed',
    title: 'a list at /Schemas that lacks one of its entries',
    breaks: ['CORE-16'],
    seams: edit(
      schemaList,
      withBody((body) => ({ ...body, Resources: list(body.Resources).slice(0, 2) })),
    ),
  },
  {
    name: 'schema-listed-twice',
    title: 'a schema that is twice in /Schemas',
    breaks: ['CORE-16'],
    seams: edit(
      schemaList,
      withBody((body) => {
        const all = list(body.Resources);
        return { ...body, totalResults: all.length + 1, itemsPerPage: all.length + 1, Resources: [...all, all[0]] };
      }),
    ),
  },
  {
    name: 'schema-reads-otherwise-alone',
    title: 'a schema that reads otherwise at its own URL than in the list',
    breaks: ['CORE-16'],
    seams: edit(
      oneSchema,
      inAttribute('emails', (attribute) => ({ ...attribute, multiValued: false })),
    ),
  },
  {
    name: 'schema-not-at-its-own-url',
    title: '404 to a schema by its own URL',
    breaks: ['CORE-16'],
    seams: edit(oneSchema, () => error(404)),
  },
  {
    name: 'filter-of-schemas-ignored',
    title: 'a filter of /Schemas that is ignored',
    breaks: ['CORE-16'],
    seams: edit(on(403, 'GET', /^\/Schemas$/), () => ({
      status: 200,
      headers: { [header.contentType]: mediaType.scim },
      body: { schemas: [urn.listResponse], totalResults: 0, Resources: [] },
    })),
  },
  {
    name: 'resource-type-without-a-schema',
    title: 'a resource type without `schema`',
    breaks: ['CORE-16'],
    seams: edit(
      types,
      eachEntry((entry) => (entry.id === 'Group' ? without(entry, 'schema') : entry)),
    ),
  },
  {
    name: 'resource-type-with-an-unknown-extension',
    title: 'a resource type with an extension that is not in /Schemas',
    breaks: ['CORE-16'],
    seams: edit(
      types,
      eachEntry((entry) =>
        entry.id === 'User'
          ? {
              ...entry,
              schemaExtensions: [...list(entry.schemaExtensions), { schema: 'urn:example:badge', required: false }],
            }
          : entry,
      ),
    ),
  },
  {
    name: 'resource-type-without-its-endpoint',
    title: 'a resource type whose endpoint does not exist',
    breaks: ['CORE-16'],
    seams: edit(
      typeList,
      withBody((body) => {
        const device = { ...list(body.Resources)[1], id: 'Device', name: 'Device', endpoint: '/Devices' };
        const all = [...list(body.Resources), without(device, 'meta')];
        return { ...body, totalResults: all.length, itemsPerPage: all.length, Resources: all };
      }),
    ),
  },
];
