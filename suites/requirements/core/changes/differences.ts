/** CORE-03: whether a representation shows what was written. Changes that a provider may make on its own do not count. */
import { isAlikeAt, isPresent, normal } from '../../../trace/alike.js';
import { atPath, firstPatchOperation, isObject, requestJson, responseObject, textOf } from '../../../trace/message.js';
import type { TargetFacts } from '../../../../schemas/types.js';
import type { Answered } from '../../../trace/trace.js';

export interface Difference {
  /** Completes «expected …». */
  readonly expected: string;
  /** Completes «but …». */
  readonly actual: string;
}

/** Whether a displayName is built from other attributes: it holds both parts of the name, or it is a whole other name. */
const isBuilt = (displayName: unknown, { userName, name }: Record<string, unknown>): boolean => {
  if (typeof displayName !== 'string') return false;
  const parts = isObject(name) ? name : {};
  const holdsBoth = ['givenName', 'familyName'].every((part) => {
    const value = parts[part];
    return typeof value === 'string' && normal(displayName).includes(normal(value));
  });
  return holdsBoth || [userName, parts.formatted].some((other) => isAlikeAt('displayName', other, displayName));
};

/** Whether a representation shows the value that was written, or a displayName that is built from others. */
const keeps = (attribute: string, written: Record<string, unknown>, read: Record<string, unknown>): boolean => {
  const [was, is] = [written[attribute], read[attribute]];
  if (isObject(was) && isObject(is)) {
    return Object.entries(was).every(
      ([name, value]) => !isPresent(is[name]) || isAlikeAt(`${attribute}.${name}`, value, is[name]),
    );
  }
  return (attribute === 'displayName' && isBuilt(is, written)) || isAlikeAt(attribute, was, is);
};

/** Attributes whose value is simple enough that no provider has a reason to change it. */
const compared = ['userName', 'name', 'displayName', 'externalId', 'active'];

type Described = Pick<TargetFacts, 'readOnlyAttributes'>;

/** What is written to an attribute that a provider describes as read-only is ignored (RFC 7644 §3.3, §3.5.1). */
const isReadOnly = ({ readOnlyAttributes = [] }: Described, path: string): boolean => readOnlyAttributes.includes(path);

/** An attribute whose value differs from what a POST or PUT wrote. A provider may choose not to keep an attribute at all. */
export const notAsWritten = (target: Described, write: Answered, read: Answered): Difference | undefined => {
  const written = requestJson(write);
  const shown = responseObject(read);
  if (!isObject(written) || shown === undefined) return undefined;
  const wrong = compared.find(
    (attribute) =>
      written[attribute] !== undefined &&
      !isReadOnly(target, attribute) &&
      (attribute === 'userName' || isPresent(shown[attribute])) &&
      !keeps(attribute, written, shown),
  );
  return wrong === undefined
    ? undefined
    : {
        expected: `${wrong} to read ${JSON.stringify(written[wrong])}, as written by ${write.request.method}`,
        actual: `it reads ${JSON.stringify(shown[wrong])}`,
      };
};

/** The attribute that a PATCH replaced, if a read shows another value. */
export const notAsPatched = (patch: Answered, read: Answered): Difference | undefined => {
  const operation = firstPatchOperation(patch);
  if (operation === undefined) return undefined;
  const shown = atPath(responseObject(read) ?? {}, operation.path);
  return isAlikeAt(operation.path, operation.value, shown)
    ? undefined
    : {
        expected: `${operation.path} to read ${JSON.stringify(operation.value)} after PATCH`,
        actual: `it reads ${JSON.stringify(shown)}`,
      };
};

/** An attribute that a read showed before, that PUT wrote again, and that is absent after it (RFC 7644 §3.5.1). */
export const lostByReplacing = (
  target: Described,
  before: Answered,
  write: Answered,
  read: Answered,
): Difference | undefined => {
  const [was, written, is] = [responseObject(before), requestJson(write), responseObject(read)];
  if (is === undefined) return undefined;
  const lost = ['displayName', 'name.givenName', 'name.familyName', 'externalId', 'active', 'emails'].find(
    (path) =>
      !isReadOnly(target, path) &&
      isPresent(atPath(was, path)) &&
      isPresent(atPath(written, path)) &&
      !isPresent(atPath(is, path)),
  );
  return lost === undefined
    ? undefined
    : {
        expected: `${lost} to read ${JSON.stringify(atPath(written, lost))}, as written by ${write.request.method}`,
        actual: 'it is absent',
      };
};

/** The value at a path in a form that can be compared: for a list, the sorted values of its items. */
const comparable = (resource: unknown, path: string): unknown => {
  const value = atPath(resource, path);
  return Array.isArray(value)
    ? value
        .map((item: unknown) => normal(textOf(isObject(item) ? item.value : item)))
        .sort()
        .join(', ')
    : value;
};

/**
 * Attributes that a PATCH of this path must not change. A provider may build displayName from the name, or the name from
 * displayName, so those may change together.
 */
const unchangedBy = (path: string): readonly string[] => {
  const always = ['userName', 'externalId', 'emails'];
  switch (path) {
    case 'active':
      return [...always, 'displayName', 'name.familyName', 'name.givenName'];
    case 'name.familyName':
      return [...always, 'active', 'name.givenName'];
    default:
      return [...always, 'active'];
  }
};

/** An attribute that a PATCH does not name but changed (RFC 7644 §3.5.2). */
export const changedBeside = (
  target: Described,
  before: Answered,
  patch: Answered,
  read: Answered,
): Difference | undefined => {
  const [was, is] = [responseObject(before), responseObject(read)];
  const path = firstPatchOperation(patch)?.path;
  if (was === undefined || is === undefined || path === undefined) return undefined;
  const changed = unchangedBy(path).find(
    (other) =>
      !isReadOnly(target, other) && isPresent(atPath(was, other)) && comparable(is, other) !== comparable(was, other),
  );
  return changed === undefined
    ? undefined
    : {
        expected: `${changed} to stay ${JSON.stringify(atPath(was, changed))} after a PATCH of another attribute`,
        actual: `it is ${textOf(atPath(is, changed))}`,
      };
};
