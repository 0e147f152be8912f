/** PATCH requests that RFC 7644 §3.5.2 lets a provider read in its own way. */
import { isJson } from '../../../../mock/json.js';
import type { Operation } from '../../../../mock/operation.js';
import { withSeams, type Variant } from '../variant.js';

/** Puts a `remove` of the name before an edit that replaces a part of it, so that the other sub-attributes go. */
const replacedWhole = (edit: unknown): readonly unknown[] => {
  if (!isJson(edit) || edit.op !== 'replace') return [edit];
  const { path, value } = edit;
  const written = path === undefined && isJson(value) ? value.name : path === 'name' ? value : undefined;
  return isJson(written) ? [{ op: 'remove', path: 'name' }, edit] : [edit];
};

const withNamesReplacedWhole = (operation: Operation): Operation => {
  const { method, data } = operation;
  if (method !== 'PATCH' || !isJson(data) || !Array.isArray(data.Operations)) return operation;
  return { ...operation, data: { ...data, Operations: data.Operations.flatMap(replacedWhole) } };
};

export const patchVariants: readonly Variant[] = [
  {
    name: 'replace-of-some-sub-attributes-removes-the-others',
    source: 'RFC 7644 §3.5.2.3 (it replaces the value at the target)',
    make: withSeams(({ apply }) => ({
      apply: (operation, transaction) => apply(withNamesReplacedWhole(operation), transaction),
    })),
  },
];
