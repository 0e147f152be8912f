/** Reads /Schemas and /ResourceTypes: the lists, each entry by its own URL, and the endpoints that they name. */
import { pathSegment } from '../../bindings/locations.js';
import { defineScenario } from '../../definitions/scenario.js';
import { pathOfEndpoint } from '../../provider/described-types.js';
import { resourceTypeDefinitions } from '../../provider/schema-definitions.js';
import type { Session } from '../../session/session.js';
import { isObject, type JsonObject } from '../../trace/message.js';
import { step, stepFamily, type Step } from '../../trace/step.js';
import { readDescription } from '../building-blocks/read-description.js';

/** Entries of a list that are read by their own URLs, and endpoints that are asked. */
const most = 12;

export const schemasAndTypesSteps = {
  /** The read of one schema, by its id. */
  schema: stepFamily('schema '),
  /** The read of one resource type, by its id, or by its name if it has no id. */
  type: stepFamily('resource type '),
  /** The read of a list with `count`, which discovery ignores. */
  counted: step('with count'),
  /** The read of a list with a filter, which discovery refuses. */
  filtered: step('with a filter'),
  /** The read of the endpoint of a resource type. */
  endpoint: step('endpoint'),
};

const entriesOf = (list: JsonObject | undefined): JsonObject[] =>
  Array.isArray(list?.Resources) ? (list.Resources as unknown[]).filter(isObject).slice(0, most) : [];

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Of each entry the first of these members that is a text. */
const textsOf = (entries: readonly JsonObject[], ...names: readonly string[]): string[] =>
  entries.flatMap((entry) => names.map((name) => entry[name]).find(isText) ?? []);

/** A URN may be written as it is in a path (RFC 3986 §3.3), and RFC 7644 §4 does so. */
const segment = (text: string): string => pathSegment(text).replaceAll('%3A', ':');

const readEach = async (session: Session): Promise<void> => {
  const read = (url: string, variant: Step): Promise<unknown> =>
    session.attempt({ method: 'GET', url, purpose: 'discover', variant });
  const { schemas, types } = await readDescription(session);
  for (const id of textsOf(entriesOf(schemas), 'id'))
    await read(`/Schemas/${segment(id)}`, schemasAndTypesSteps.schema.of(id));
  for (const id of textsOf(entriesOf(types), 'id', 'name'))
    await read(`/ResourceTypes/${segment(id)}`, schemasAndTypesSteps.type.of(id));
  for (const url of [
    ...(schemas === undefined ? [] : ['/Schemas']),
    ...(types === undefined ? [] : ['/ResourceTypes']),
  ]) {
    await read(`${url}?startIndex=1&count=1`, schemasAndTypesSteps.counted);
    await read(`${url}?filter=${encodeURIComponent('name eq "User"')}`, schemasAndTypesSteps.filtered);
  }
  // Resources of others are not needed: only whether there is an endpoint.
  for (const { endpoint } of resourceTypeDefinitions(types).slice(0, most)) {
    const path = pathOfEndpoint(endpoint, session.facts.baseUrl);
    if (path !== undefined) await read(`${path}?startIndex=1&count=0`, schemasAndTypesSteps.endpoint);
  }
};

export const schemasAndTypes = defineScenario({
  name: 'schemas-and-types',
  title: 'reads schemas and resource types, as lists and one by one',
  readsOnly: true,
  exercise: (_input, session) => readEach(session),
});
