/** CORE-18: the attributes of a resource that a read does not show as a write wrote them. */
import { shown } from '../../../judging/describe.js';
import type { DescribedType } from '../../../provider/described-types.js';
import { isKept, type AttributeDefinition } from '../../../provider/schema-definitions.js';
import { isPresent } from '../../../trace/alike.js';
import { isObject, type JsonObject } from '../../../trace/message.js';
import { isCutText, isFree, isSameValue } from './same-value.js';

export type LossKind =
  'attribute-dropped' | 'sub-attribute-dropped' | 'values-dropped' | 'text-cut' | 'text-changed' | 'value-changed';

export interface Loss {
  readonly kind: LossKind;
  /** Path of the attribute; in an extension with its URN. */
  readonly path: string;
  /** Completes «expected …». */
  readonly expected: string;
  /** Completes «but …». */
  readonly actual: string;
}

/** The member of this name in any letter case. */
const member = (object: unknown, name: string): unknown =>
  isObject(object)
    ? Object.entries(object).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]
    : undefined;

const loss = (kind: LossKind, path: string, written: unknown, read: unknown): Loss => ({
  kind,
  path,
  expected: `${path} to read ${shown(written)}, as it was written`,
  actual: isPresent(read) ? `it reads ${shown(read)}` : 'it is absent',
});

/** A provider may keep a copy of a picture, at a URL of its own. */
const isPicture = ({ type }: AttributeDefinition, path: string): boolean =>
  type === 'reference' && /^photos\b/i.test(path);

const changed = (definition: AttributeDefinition, path: string, written: unknown, read: unknown): Loss | undefined => {
  if (isFree(definition) || isPicture(definition, path) || isSameValue(definition, written, read)) return undefined;
  if (definition.type !== 'string') return loss('value-changed', path, written, read);
  return loss(isCutText(written, read) ? 'text-cut' : 'text-changed', path, written, read);
};

const listOf = (found: Loss | undefined): Loss[] => (found === undefined ? [] : [found]);

/** The losses within one complex value. */
const lossesInside = (
  { subAttributes }: AttributeDefinition,
  path: string,
  written: JsonObject,
  read: JsonObject,
): Loss[] =>
  subAttributes.filter(isKept).flatMap((part): Loss[] => {
    const [was, is] = [member(written, part.name), member(read, part.name)];
    if (!isPresent(was) || Array.isArray(was)) return [];
    const place = `${path}.${part.name}`;
    if (!isPresent(is)) return [loss('sub-attribute-dropped', place, was, is)];
    return listOf(changed(part, place, was, is));
  });

const lossesOfOne = (definition: AttributeDefinition, path: string, written: unknown, read: unknown): Loss[] => {
  if (isObject(written) && isObject(read)) return lossesInside(definition, path, written, read);
  return isObject(written) || isObject(read) ? [] : listOf(changed(definition, path, written, read));
};

/**
 * The values of a list have no order (RFC 7643 §2.4): those that are there unchanged are found first, and each other one is
 * compared with the rest.
 */
const lossesOfList = (
  definition: AttributeDefinition,
  path: string,
  written: readonly unknown[],
  read: readonly unknown[],
): Loss[] => {
  const rest = [...read];
  const missing = written.filter((item) => {
    const place = rest.findIndex((other) => lossesOfOne(definition, path, item, other).length === 0);
    if (place !== -1) rest.splice(place, 1);
    return place === -1;
  });
  return missing.flatMap((item) => {
    const [best] = rest
      .map((other, place) => ({ place, losses: lossesOfOne(definition, path, item, other) }))
      .toSorted((one, other) => one.losses.length - other.losses.length);
    if (best === undefined) return [loss('values-dropped', path, written, read)];
    rest.splice(best.place, 1);
    return best.losses;
  });
};

const lossesOf = (definition: AttributeDefinition, path: string, written: unknown, read: unknown): Loss[] => {
  if (!isPresent(written)) return [];
  if (!isPresent(read)) return [loss('attribute-dropped', path, written, read)];
  // One value in place of a list, and the other way round, is for CORE-16 to judge.
  if (Array.isArray(written)) return lossesOfList(definition, path, written, Array.isArray(read) ? read : [read]);
  return lossesOfOne(definition, path, written, Array.isArray(read) ? read[0] : read);
};

/** CORE-03 judges the members of groups. */
const isJudgedElsewhere = ({ name }: AttributeDefinition): boolean => name.toLowerCase() === 'members';

const isDrop = ({ kind }: Loss): boolean => kind.endsWith('-dropped');

/** How many attributes of the body are compared, and what is lost. What the provider does not name may be dropped. */
export const lossesBetween = (
  type: DescribedType,
  written: JsonObject,
  read: JsonObject,
): { readonly compared: number; readonly losses: readonly Loss[] } => {
  const holders = [
    { attributes: type.schema.attributes, prefix: '', was: written, is: read },
    ...type.extensions.map(({ id, attributes }) => ({
      attributes,
      prefix: `${id}:`,
      was: member(written, id),
      is: member(read, id),
    })),
  ];
  const pairs = holders.flatMap(({ attributes, prefix, was, is }) =>
    attributes
      .filter((definition) => isKept(definition) && !isJudgedElsewhere(definition))
      .filter((definition) => isPresent(member(was, definition.name)))
      .map((definition) => ({
        definition,
        path: `${prefix}${definition.name}`,
        was: member(was, definition.name),
        is: member(is, definition.name),
      })),
  );
  const losses = pairs.flatMap(({ definition, path, was, is }) => lossesOf(definition, path, was, is));
  const compared = pairs.filter(
    ({ definition, is }) => type.isAdvertised || (isPresent(is) && !isFree(definition)),
  ).length;
  return { compared, losses: type.isAdvertised ? losses : losses.filter((each) => !isDrop(each)) };
};
