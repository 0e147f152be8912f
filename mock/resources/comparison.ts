/** Comparison operators of filters, and how they treat the types of attributes (RFC 7644 §3.4.2.2, table 3). */
import type { Compare } from 'scim2-parse-filter';
import { Problem } from '../problem.js';
import type { AttributePath } from './attribute-path.js';
import type { Attribute } from './attributes.js';
import { attributesOf, type ResourceType } from './resource-type.js';

type Operator = Compare['op'];

/** `text` is compared regardless of case, which is the default (RFC 7643 §2.2). */
type ValueKind = 'text' | 'exact text' | 'date' | 'boolean' | 'binary';

/** Negative, 0 or positive as in sorting; NaN if the values have no order. */
const order = (actual: unknown, expected: unknown): number => {
  if (typeof actual === 'number' && typeof expected === 'number') return actual - expected;
  if (typeof actual !== 'string' || typeof expected !== 'string') return NaN;
  return actual < expected ? -1 : Number(actual > expected);
};

const ofStrings =
  (holds: (actual: string, expected: string) => boolean) =>
  (actual: unknown, expected: unknown): boolean =>
    typeof actual === 'string' && typeof expected === 'string' && holds(actual, expected);

const comparisons: Record<Operator, (actual: unknown, expected: unknown) => boolean> = {
  eq: (actual, expected) => actual === expected,
  ne: (actual, expected) => actual !== expected,
  co: ofStrings((actual, expected) => actual.includes(expected)),
  sw: ofStrings((actual, expected) => actual.startsWith(expected)),
  ew: ofStrings((actual, expected) => actual.endsWith(expected)),
  gt: (actual, expected) => order(actual, expected) > 0,
  ge: (actual, expected) => order(actual, expected) >= 0,
  lt: (actual, expected) => order(actual, expected) < 0,
  le: (actual, expected) => order(actual, expected) <= 0,
};

const comparesOrder: ReadonlySet<Operator> = new Set(['gt', 'ge', 'lt', 'le']);
const comparesParts: ReadonlySet<Operator> = new Set(['co', 'sw', 'ew']);

/** A dateTime of XML Schema (RFC 7643 §2.3.5). */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[-+]\d\d:\d\d)?$/;

/** Milliseconds since 1970; NaN if the text is no date. Without a time zone, UTC is assumed. */
const instantOf = (text: unknown): number => {
  const match = typeof text === 'string' ? dateTime.exec(text) : null;
  return match === null ? NaN : Date.parse(match[1] === undefined ? `${match[0]}Z` : match[0]);
};

/**
 * Kinds of the common attributes, and of sub-attributes that the resource type does not define (RFC 7643 §2.4, §3.1,
 * §4.1.2).
 */
const knownKinds: readonly [RegExp, ValueKind][] = [
  [/^meta\.(?:created|lastmodified)$/, 'date'],
  [/^(?:id|schemas|meta)(?:\.|$)/, 'exact text'],
  [/^x509certificates(?:\.value)?$/, 'binary'],
  [/^[^.]+\.primary$/, 'boolean'],
];

const attributeAt = (attributes: readonly Attribute[], [name, ...rest]: AttributePath): Attribute | undefined => {
  const attribute = attributes.find((each) => each.name.toLowerCase() === name);
  return rest.length > 0 && attribute?.type === 'complex' ? attributeAt(attribute.subAttributes, rest) : attribute;
};

export const valueKindOf = (type: ResourceType, path: AttributePath): ValueKind => {
  const known = knownKinds.find(([pattern]) => pattern.test(path.join('.')));
  if (known !== undefined) return known[1];
  const attribute = attributeAt(attributesOf(type), path);
  if (attribute?.type === 'boolean') return 'boolean';
  return attribute?.caseExact === true ? 'exact text' : 'text';
};

const unsupported = (detail: string): Problem => new Problem(400, detail, 'invalidFilter');

/**
 * A predicate that compares values with the expected one. Throws a Problem of 400 if the operator does not apply to the
 * type.
 */
export const comparisonWith = (
  operator: Operator,
  expected: unknown,
  kind: ValueKind,
): ((actual: unknown) => boolean) => {
  const hasOrder = kind !== 'boolean' && kind !== 'binary' && typeof expected !== 'boolean' && expected !== null;
  if (comparesOrder.has(operator) && !hasOrder) throw unsupported(`What ${operator} is to compare has no order.`);
  const compare = comparisons[operator];
  if (kind === 'date' && !comparesParts.has(operator) && expected !== null) {
    const instant = instantOf(expected);
    if (Number.isNaN(instant)) throw unsupported('A date is compared with a date.');
    return (actual) => compare(instantOf(actual), instant);
  }
  const folded = (value: unknown): unknown =>
    kind === 'text' && typeof value === 'string' ? value.toLowerCase() : value;
  const sought = folded(expected);
  return (actual) => compare(folded(actual), sought);
};
