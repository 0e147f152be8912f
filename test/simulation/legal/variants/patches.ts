/** PATCH requests that RFC 7644 §3.5.2 lets a provider read in its own way. */
import { header } from '../../../../schemas/names.js';
import { on, withoutField } from '../../../../mock/faults/answers.js';
import type { Answer } from '../../../../mock/http/answer.js';
import { isJson } from '../../../../mock/json.js';
import type { Operation } from '../../../../mock/operation.js';
import { where } from '../answers.js';
import { changing, withSeams, type Variant } from '../variant.js';

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

const resource = /^\/(Users|Groups)\/[^/]+$/;

const nothing = ({ headers }: Answer): Answer => withoutField(header.contentType)({ status: 204, headers });

/** Results of PATCHes in bulk answers, statuses and events. */
const withoutContent = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutContent);
  if (!isJson(value)) return value;
  const { response, ...rest } = Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withoutContent(item)]),
  );
  return value.method === 'PATCH' && value.status === '200'
    ? { ...rest, status: '204' }
    : { ...rest, ...(response === undefined ? {} : { response }) };
};

export const patchVariants: readonly Variant[] = [
  {
    name: 'replace-of-some-sub-attributes-removes-the-others',
    source: 'RFC 7644 §3.5.2.3 (it replaces the value at the target)',
    make: withSeams(({ apply }) => ({
      apply: (operation, transaction) => apply(withNamesReplacedWhole(operation), transaction),
    })),
  },
  {
    name: 'patches-answered-204',
    source: 'RFC 7644 §3.5.2 (204 without the resource)',
    make: changing(where(on(200, 'PATCH', resource), nothing)),
    needs: ['patch'],
  },
  {
    name: 'results-of-patches-with-204',
    source: 'RFC 7644 §3.5.2, §3.7.3 (the status of the operation)',
    make: () => ({
      change: (answer) =>
        JSON.stringify(answer.body ?? null).includes('"PATCH"')
          ? { ...answer, body: withoutContent(answer.body) }
          : answer,
      seams: ({ claimsOf }) => ({
        claimsOf: (claims, context) => {
          const honest = claimsOf(claims, context);
          return honest === undefined ? undefined : (withoutContent(honest) as typeof honest);
        },
      }),
    }),
    needs: ['patch'],
  },
];
