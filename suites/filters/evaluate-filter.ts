/**
 * Evaluates a filter over a resource by RFC 7644 §3.4.2.2 alone. The result has three values, because the text leaves
 * some cases open: it is `open` wherever a provider may answer either way.
 */
import type { SchemaDefinition } from '../provider/schema-definitions.js';
import { isObject, type JsonObject } from '../trace/message.js';
import {
  factsOf,
  pathNames,
  valuesAt,
  type AttributeFacts,
  type LetterCase,
  type PathNames,
} from './attribute-paths.js';
import { allOf, anyOf, compareValues, negated, type Truth } from './compare-values.js';
import type { Comparison, Filter } from './filter.js';

export interface Evaluated {
  /** As the provider shows it. */
  readonly resource: JsonObject;
  /** As it was written: what is not shown may be kept all the same. */
  readonly sent: JsonObject;
  readonly schemas: readonly SchemaDefinition[];
  /** For the question whether an answer is explained by the other letter case. */
  readonly letterCase?: LetterCase;
}

/** A resource, or one value of an attribute with several values. */
interface Scope {
  readonly value: unknown;
  /** The names that lead to the value. */
  readonly prefix: PathNames;
}

const isFilled = (value: unknown): boolean =>
  isObject(value) ? Object.values(value).some((member) => valuesAt(member, []).some(isFilled)) : true;

interface Found {
  readonly values: readonly unknown[];
  readonly facts: AttributeFacts;
  /** Whether the provider may keep a value here that it does not show. */
  readonly isHidden: boolean;
  /** Whether it shows more values than were written: it may make them up only when they are shown. */
  readonly isAdded: boolean;
}

const findAt = (path: string, { value, prefix }: Scope, { resource, sent, schemas, letterCase }: Evaluated): Found => {
  const names = prefix.length === 0 ? pathNames(path) : path.split('.');
  const whole = [...prefix, ...names];
  const facts = factsOf(schemas, whole);
  const values = valuesAt(value, names);
  const isOfProvider = /^(?:meta|id)$/i.test(whole[0] ?? '');
  const more = valuesAt(resource, whole).length - valuesAt(sent, whole).length;
  return {
    values,
    facts: letterCase === undefined ? facts : { ...facts, letterCase },
    isHidden: isOfProvider ? values.length === 0 : facts.mayBeHidden || more < 0,
    isAdded: !isOfProvider && more > 0,
  };
};

const presenceOf = ({ values, facts, isHidden, isAdded }: Found): Truth => {
  if (isAdded) return 'open';
  if (values.some(isFilled)) return 'yes';
  // A provider may have a default for what is true or false.
  return isHidden || facts.isBoolean ? 'open' : 'no';
};

/**
 * A comparison with an attribute that has no value is false (RFC 7644 §3.4.2.1 says so of equality); whether `ne` is, and
 * whether null equals no value, is not said.
 */
const withoutValue = ({ operator, value }: Comparison, { facts, isHidden }: Found): Truth => {
  if (isHidden || operator === 'ne' || value === null) return 'open';
  return facts.isBoolean && value !== true ? 'open' : 'no';
};

const comparison = (filter: Comparison, found: Found): Truth => {
  const { values, facts, isAdded } = found;
  if (isAdded) return 'open';
  if (values.length === 0) return withoutValue(filter, found);
  const truths = values.map((actual) => compareValues(filter.operator, { ...facts, actual, expected: filter.value }));
  // Of several values, one has to match; for `ne` many providers ask whether none is equal.
  if (filter.operator === 'ne' && (found.isHidden || new Set(truths).size > 1)) return 'open';
  const truth = anyOf(truths);
  // A value that is not shown may match.
  return truth === 'no' && found.isHidden ? 'open' : truth;
};

const evaluateIn = (filter: Filter, scope: Scope, evaluated: Evaluated): Truth => {
  switch (filter.kind) {
    case 'compare':
      return comparison(filter, findAt(filter.path, scope, evaluated));
    case 'present':
      return presenceOf(findAt(filter.path, scope, evaluated));
    case 'not':
      return negated(evaluateIn(filter.part, scope, evaluated));
    case 'and':
      return allOf(filter.parts.map((part) => evaluateIn(part, scope, evaluated)));
    case 'or':
      return anyOf(filter.parts.map((part) => evaluateIn(part, scope, evaluated)));
    case 'value path': {
      const { values, isHidden, isAdded } = findAt(filter.path, scope, evaluated);
      if (isAdded) return 'open';
      const prefix = [...scope.prefix, ...pathNames(filter.path)];
      const truth = anyOf(values.map((value) => evaluateIn(filter.part, { value, prefix }, evaluated)));
      return truth === 'no' && isHidden ? 'open' : truth;
    }
  }
};

/** Whether the filter matches the resource. */
export const evaluateFilter = (filter: Filter, evaluated: Evaluated): Truth =>
  evaluateIn(filter, { value: evaluated.resource, prefix: [] }, evaluated);

/** Whether the filter is a `ne` with an attribute that the resource surely does not have: both answers are right. */
export const isNotEqualToNothing = (filter: Filter, evaluated: Evaluated): boolean => {
  if (filter.kind !== 'compare' || filter.operator !== 'ne' || filter.value === null) return false;
  const { values, isHidden } = findAt(filter.path, { value: evaluated.resource, prefix: [] }, evaluated);
  return values.length === 0 && !isHidden;
};

/** Whether the filter asks for the order of true and false, which no provider may answer. */
export const ordersBooleans = (filter: Filter, schemas: readonly SchemaDefinition[]): boolean =>
  filter.kind === 'compare' &&
  ['gt', 'ge', 'lt', 'le'].includes(filter.operator) &&
  factsOf(schemas, pathNames(filter.path)).isBoolean;
