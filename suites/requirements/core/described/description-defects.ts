/** CORE-16: whether the lists at /Schemas and /ResourceTypes, their entries and their endpoints agree (RFC 7644 §4). */
import { validate } from '../../../../schemas/validators.js';
import { describeViolations } from '../../../judging/describe.js';
import { judgeEach, together, type Finding, type Judgement } from '../../../judging/judge.js';
import type { TraceView } from '../../../judging/trace-view.js';
import {
  findSchema,
  resourceTypeDefinitions,
  schemaDefinitions,
  type AttributeDefinition,
} from '../../../provider/schema-definitions.js';
import { descriptionSteps } from '../../../scenarios/building-blocks/read-description.js';
import { schemasAndTypesSteps } from '../../../scenarios/synchronous/schemas-and-types.js';
import { isNotFound, succeeded } from '../../../trace/answers.js';
import { isObject, responseJson, responseObject, withoutNulls, type JsonObject } from '../../../trace/message.js';
import type { Answered } from '../../../trace/trace.js';
import { answerWithList } from './types-in-trace.js';
import { defectsOfSchema, defectsOfType, definitionCodes, type Defect } from './definition-defects.js';

export const descriptionCodes = {
  'list-invalid': 'the answer of /Schemas or /ResourceTypes is not a valid ListResponse',
  'list-not-whole': 'the list at /Schemas or /ResourceTypes holds fewer entries than its totalResults',
  ...definitionCodes,
  'entry-twice': 'two schemas have the same `id`, or two resource types the same `name`',
  'type-names-unknown-schema': 'a resource type names a schema that /Schemas does not hold',
  'entry-not-served': 'a schema or resource type of the list is not at its own URL',
  'entry-differs': 'a schema or resource type reads otherwise at its own URL than in the list',
  'paging-not-ignored': 'a list of discovery is cut if the request has `count`',
  'filter-not-refused': 'a list of discovery is answered with success if the request has a filter',
  'endpoint-not-served': 'there is nothing at the endpoint of a resource type',
};

type Code = keyof typeof descriptionCodes;
type Found = Finding<Code>;

/** A list that was read, with its entries; undefined if it is not served. */
export interface ReadList {
  readonly exchange: Answered;
  readonly body: JsonObject | undefined;
  readonly entries: readonly JsonObject[];
  /** Whether it is valid, and no entry is missing. */
  readonly isWhole: boolean;
}

const violationsOf = (exchange: Answered): string | undefined => {
  const validation = validate('scim/list-response', withoutNulls(responseJson(exchange)));
  return validation.valid ? undefined : describeViolations(validation.violations);
};

/** The number of entries that are missing. */
const missingIn = (body: JsonObject | undefined, entries: readonly JsonObject[]): number =>
  typeof body?.totalResults === 'number' ? Math.max(0, body.totalResults - entries.length) : 0;

export const readList = (trace: TraceView, variant: (typeof descriptionSteps)['schemas']): ReadList | undefined => {
  const exchange = answerWithList(trace, variant);
  if (exchange === undefined) return undefined;
  const body = responseObject(exchange);
  const entries = Array.isArray(body?.Resources) ? (body.Resources as unknown[]).filter(isObject) : [];
  const isWhole = violationsOf(exchange) === undefined && missingIn(body, entries) === 0;
  return { exchange, body, entries, isWhole };
};

const asFinding = (defect: Defect<Code>, exchanges: readonly Answered[]): Found => ({ ...defect, exchanges });

const keyOf = (entry: JsonObject, name: 'id' | 'name'): string =>
  typeof entry[name] === 'string' ? entry[name].toLowerCase() : '';

/** The list itself. The first defect of each kind is enough: the others have the same cause most often. */
const ofList = (
  list: ReadList | undefined,
  about: { readonly key: 'id' | 'name'; readonly defectsOf: (entry: JsonObject) => Defect<Code>[] },
): Judgement<Code> =>
  judgeEach(list === undefined ? [] : [list], ({ exchange, body, entries }): Found[] => {
    const violations = violationsOf(exchange);
    if (violations !== undefined) {
      const expected = 'a valid ListResponse (RFC 7644 §4, §3.4.2)';
      return [{ code: 'list-invalid', expected, actual: violations, exchanges: [exchange] }];
    }
    const missing = missingIn(body, entries);
    const keys = entries.map((entry) => keyOf(entry, about.key)).filter((key) => key !== '');
    const twice = keys.find((key, place) => keys.indexOf(key) !== place);
    const defects: Defect<Code>[] = [
      ...entries.flatMap(about.defectsOf),
      ...(missing === 0
        ? []
        : [
            {
              code: 'list-not-whole' as const,
              expected: 'all entries in one answer',
              actual: `${missing} are missing`,
            },
          ]),
      ...(twice === undefined
        ? []
        : [
            {
              code: 'entry-twice' as const,
              expected: `one entry with this \`${about.key}\``,
              actual: `${twice} is there twice`,
            },
          ]),
    ];
    return defects
      .filter(({ code }, place) => defects.findIndex((other) => other.code === code) === place)
      .map((defect) => asFinding(defect, [exchange]));
  });

const unknownSchemas = (schemas: ReadList | undefined, types: ReadList | undefined): Judgement<Code> =>
  judgeEach(
    schemas?.isWhole === true && types !== undefined ? resourceTypeDefinitions(types.body) : [],
    ({ name, schema, extensions }) => {
      const known = schemaDefinitions(schemas?.body);
      // A schema without attributes is there, too.
      const isThere = (id: string): boolean =>
        findSchema(known, id) !== undefined ||
        schemas?.entries.some((entry) => keyOf(entry, 'id') === id.toLowerCase()) === true;
      const unknown = [schema, ...extensions.map((each) => each.schema)].filter((id) => !isThere(id));
      return unknown.map((id): Found => ({
        code: 'type-names-unknown-schema',
        expected: `${id} at /Schemas, because the resource type ${name} names it`,
        actual: 'it is not there',
        exchanges: [schemas, types].flatMap((list) => list?.exchange ?? []),
      }));
    },
  );

/** A definition in a form in which only differences of meaning show: no list of it has an order. */
const comparable = ({
  subAttributes,
  canonicalValues,
  referenceTypes,
  name,
  ...rest
}: AttributeDefinition): unknown => [
  name.toLowerCase(),
  rest,
  canonicalValues.toSorted(),
  referenceTypes.toSorted(),
  allComparable(subAttributes),
];

const allComparable = (attributes: readonly AttributeDefinition[]): unknown[] =>
  attributes.map((attribute) => JSON.stringify(comparable(attribute))).toSorted();

const meaningOf = (kind: 'schema' | 'type', entry: JsonObject): string => {
  if (kind === 'schema')
    return JSON.stringify(
      schemaDefinitions(entry).map(({ id, attributes }) => [id.toLowerCase(), allComparable(attributes)]),
    );
  return JSON.stringify(
    resourceTypeDefinitions(entry).map(({ extensions, ...rest }) => [
      rest,
      extensions.map((extension) => JSON.stringify(extension)).toSorted(),
    ]),
  );
};

/** Each entry by its own URL. The list may be of another moment only if the provider was reconfigured in between. */
const ofEntries = (trace: TraceView, kind: 'schema' | 'type', list: ReadList | undefined): Judgement<Code> => {
  const family = schemasAndTypesSteps[kind];
  return judgeEach(
    trace.answered('discover').flatMap((exchange) => {
      const id = family.valueOf(exchange);
      const listed = list?.entries.find((entry) => entry.id === id) ?? list?.entries.find((entry) => entry.name === id);
      return id === undefined || listed === undefined || list === undefined ? [] : [{ exchange, id, listed, list }];
    }),
    ({ exchange, id, listed, list }): Found | undefined => {
      const exchanges = [list.exchange, exchange];
      const { status } = exchange.response;
      if (status !== 200) {
        // The `id` of a resource type is optional, and only an `id` leads to a URL.
        const hasUrl = kind === 'schema' || typeof listed.id === 'string';
        return hasUrl
          ? {
              code: 'entry-not-served',
              level: 'SHOULD',
              expected: `${id} at its own URL`,
              actual: `the answer is ${status}`,
              exchanges,
            }
          : undefined;
      }
      const alone = responseObject(exchange);
      const isSame = alone !== undefined && meaningOf(kind, alone) === meaningOf(kind, listed);
      return isSame
        ? undefined
        : {
            code: 'entry-differs',
            expected: `${id} to be defined as in the list`,
            actual: 'it is defined otherwise',
            exchanges,
          };
    },
  );
};

/** RFC 7644 §4: paging is ignored, and a filter should be refused, so that nobody takes the answer for a match. */
const ofParameters = (trace: TraceView, lists: readonly (ReadList | undefined)[]): Judgement<Code> =>
  together(
    judgeEach(
      trace
        .variant(schemasAndTypesSteps.counted, 'discover')
        .filter(({ response }) => response.status === 200)
        .flatMap((exchange) => {
          const [path] = exchange.request.url.split('?', 1);
          const whole = lists.find((list) => list?.exchange.request.url === path);
          return whole?.isWhole === true ? [{ exchange, whole }] : [];
        }),
      ({ exchange, whole }): Found | undefined => {
        const resources = responseObject(exchange)?.Resources;
        const count = Array.isArray(resources) ? resources.length : 0;
        return count < whole.entries.length
          ? {
              code: 'paging-not-ignored',
              expected: `${whole.entries.length} entries, also with \`count=1\``,
              actual: `there are ${count}`,
              exchanges: [whole.exchange, exchange],
            }
          : undefined;
      },
    ),
    judgeEach(trace.variant(schemasAndTypesSteps.filtered, 'discover'), (exchange): Found | undefined =>
      succeeded(exchange)
        ? {
            code: 'filter-not-refused',
            level: 'SHOULD',
            expected: '403 to a filter (RFC 7644 §4)',
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [exchange],
          }
        : undefined,
    ),
  );

const ofEndpoints = (trace: TraceView, types: ReadList | undefined): Judgement<Code> =>
  judgeEach(trace.variant(schemasAndTypesSteps.endpoint, 'discover'), (exchange): Found | undefined =>
    isNotFound(exchange)
      ? {
          code: 'endpoint-not-served',
          expected: 'something at the endpoint that a resource type names',
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [...(types === undefined ? [] : [types.exchange]), exchange],
        }
      : undefined,
  );

export const judgeDescription = (trace: TraceView): Judgement<Code> => {
  const schemas = readList(trace, descriptionSteps.schemas);
  const types = readList(trace, descriptionSteps.types);
  return together<Code>(
    ofList(schemas, { key: 'id', defectsOf: defectsOfSchema }),
    ofList(types, { key: 'name', defectsOf: defectsOfType }),
    unknownSchemas(schemas, types),
    ofEntries(trace, 'schema', schemas),
    ofEntries(trace, 'type', types),
    ofParameters(trace, [schemas, types]),
    ofEndpoints(trace, types),
  );
};
