/** The rules of CORE-08 for the `schemas` and `meta` of a resource, as one answer shows them. */
import { header, urn } from '../../../../schemas/names.js';
import { resolveLocation } from '../../../bindings/locations.js';
import { shown } from '../../../judging/describe.js';
import type { Finding } from '../../../judging/judge.js';
import type { Endpoint, ShownResource } from '../../../judging/resources-in.js';
import { readDateTime } from '../../../trace/date-time.js';
import { isSameTag, isWeak, opaqueTag, withoutCoding } from '../../../trace/entity-tags.js';
import { isObject, responseHeader, type JsonObject } from '../../../trace/message.js';
import type { Answered } from '../../../trace/trace.js';

export const metadataCodes = {
  'schemas-missing': 'a resource has no schemas',
  'core-schema-missing': 'schemas of a user or group do not hold the schema of users or groups',
  'extension-not-in-schemas': 'a user has the enterprise extension, and schemas do not hold it',
  'schema-repeated': 'schemas hold the same schema twice',
  'resource-type-missing': 'meta has no resourceType',
  'resource-type-of-another': 'meta.resourceType of a user is Group, or that of a group is User',
  'location-missing': 'meta has no location',
  'location-not-a-uri': 'meta.location is not a URI reference',
  'not-a-date-time': 'meta.created or meta.lastModified is not an xsd:dateTime',
  'modified-before-created': 'meta.lastModified is earlier than meta.created',
  'version-differs': 'meta.version is not the ETag of the same answer',
  'version-without-quotes': 'meta.version is the ETag without its quotes',
};

export type MetadataCode = keyof typeof metadataCodes;

/** A finding without its evidence. */
type Found = Omit<Finding<MetadataCode>, 'exchanges'>;

const wrong = (code: MetadataCode, expected: string, actual: string): Found => ({ code, expected, actual });

const coreSchema: Readonly<Record<Endpoint, string>> = { Users: urn.user, Groups: urn.group };

const typeOf: Readonly<Record<Endpoint, string>> = { Users: 'User', Groups: 'Group' };

/** An extension without attributes counts as absent (RFC 7643 §2.5). */
const hasEnterprise = (resource: JsonObject): boolean => {
  const extension = resource[urn.enterpriseUser];
  return isObject(extension) && Object.values(extension).some((value) => value !== null);
};

const findWrongSchemas = ({ resource, endpoint }: ShownResource): Found | undefined => {
  const { schemas } = resource;
  const list: unknown[] = Array.isArray(schemas) ? schemas : [];
  if (list.length === 0 || list.some((schema) => typeof schema !== 'string'))
    return wrong('schemas-missing', '`schemas`, a list of URIs that is not empty', `it is ${shown(schemas)}`);
  const core = endpoint === undefined ? undefined : coreSchema[endpoint];
  if (core !== undefined && !list.includes(core))
    return wrong('core-schema-missing', `${core} in \`schemas\``, `they are ${shown(schemas)}`);
  if (hasEnterprise(resource) && !list.includes(urn.enterpriseUser))
    return wrong('extension-not-in-schemas', `${urn.enterpriseUser} in \`schemas\``, `they are ${shown(schemas)}`);
  return new Set(list).size === list.length
    ? undefined
    : wrong('schema-repeated', 'each schema once in `schemas`', `they are ${shown(schemas)}`);
};

/** The `meta` of a resource; undefined if it has none: null and an object without members count as absent. */
export const metaOf = ({ meta }: JsonObject): JsonObject | undefined =>
  isObject(meta) && Object.values(meta).some((value) => value !== null) ? meta : undefined;

const findWrongType = ({ resourceType }: JsonObject, endpoint: Endpoint | undefined): Found | undefined => {
  if (typeof resourceType !== 'string' || resourceType === '')
    return wrong('resource-type-missing', 'meta.resourceType', `it is ${shown(resourceType ?? undefined)}`);
  if (endpoint === undefined) return undefined;
  const other = typeOf[endpoint === 'Users' ? 'Groups' : 'Users'];
  // A provider may have given its types names of its own.
  return resourceType.toLowerCase() === other.toLowerCase()
    ? wrong(
        'resource-type-of-another',
        `meta.resourceType of a resource of /${endpoint} to be ${typeOf[endpoint]}`,
        `it is ${resourceType}`,
      )
    : undefined;
};

const findWrongLocation = ({ location }: JsonObject, { request }: Answered): Found | undefined => {
  if (location === undefined || location === null || location === '')
    return wrong('location-missing', 'meta.location', `it is ${shown(location ?? undefined)}`);
  return typeof location === 'string' && resolveLocation(location, request.url) !== undefined
    ? undefined
    : wrong('location-not-a-uri', 'meta.location to be a URI reference', `it is ${shown(location)}`);
};

const findMalformedDate = (meta: JsonObject): Found | undefined => {
  const name = ['created', 'lastModified'].find(
    (each) => meta[each] !== undefined && meta[each] !== null && readDateTime(meta[each]) === undefined,
  );
  return name === undefined
    ? undefined
    : wrong(
        'not-a-date-time',
        `meta.${name} to be an xsd:dateTime, such as 2026-01-31T10:00:00Z`,
        `it is ${shown(meta[name])}`,
      );
};

const inSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** Times are compared only if both have a zone or neither has, and in whole seconds if one has no fraction. */
const findWrongOrder = ({ created, lastModified }: JsonObject): Found | undefined => {
  const [from, to] = [readDateTime(created), readDateTime(lastModified)];
  if (from === undefined || to === undefined || from.hasZone !== to.hasZone) return undefined;
  const areExact = [created, lastModified].every((date) => String(date).includes('.'));
  const isInOrder = areExact ? from.at <= to.at : inSeconds(from.at) <= inSeconds(to.at);
  return isInOrder
    ? undefined
    : wrong(
        'modified-before-created',
        'meta.created not to be later than meta.lastModified',
        `created is ${shown(created)}, and lastModified is ${shown(lastModified)}`,
      );
};

/** A strong tag of a compressed answer has to be another one than that of the resource (RFC 9110 §8.8.3.3). */
const isCoded = (answer: Answered, etag: string): boolean =>
  !isWeak(etag) && !['', 'identity'].includes(responseHeader(answer, 'content-encoding')?.toLowerCase() ?? '');

const findOtherVersion = ({ version }: JsonObject, answer: Answered): Found | undefined => {
  const etag = responseHeader(answer, header.etag);
  if (typeof version !== 'string' || version === '' || etag === undefined || isCoded(answer, etag)) return undefined;
  if (isSameTag(version, etag) || isSameTag(version, withoutCoding(etag))) return undefined;
  const [expected, actual] = [`meta.version ${etag}, as the ETag`, `it is ${version}`];
  return opaqueTag(version).replaceAll('"', '') === opaqueTag(withoutCoding(etag)).replaceAll('"', '')
    ? { ...wrong('version-without-quotes', expected, actual), level: 'SHOULD' }
    : wrong('version-differs', expected, actual);
};

/** What is wrong with the metadata of a resource; at most one finding for each member. */
const findWrong = (seen: ShownResource, answer: Answered): Found[] => {
  const meta = metaOf(seen.resource);
  const inMeta =
    meta === undefined
      ? []
      : [
          findWrongType(meta, seen.endpoint),
          findWrongLocation(meta, answer),
          findMalformedDate(meta),
          findWrongOrder(meta),
          seen.isAlone ? findOtherVersion(meta, answer) : undefined,
        ];
  return [findWrongSchemas(seen), ...inMeta].filter((found) => found !== undefined);
};

/** One finding for each code, about the first resource of the answer that shows it. */
export const findWrongMetadata = (answer: Answered, resources: readonly ShownResource[]): Finding<MetadataCode>[] => {
  const byCode = new Map<MetadataCode, Finding<MetadataCode>>();
  for (const found of resources.flatMap((seen) => findWrong(seen, answer)))
    if (!byCode.has(found.code)) byCode.set(found.code, { ...found, exchanges: [answer] });
  return [...byCode.values()];
};
