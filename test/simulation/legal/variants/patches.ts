/** PATCH requests that RFC 7644 §3.5.2 lets a provider read in its own way. */
import { isJson, type Json } from '../../../../mock/json.js';
import type { Operation } from '../../../../mock/operation.js';
import { Problem } from '../../../../mock/problem.js';
import type { Handler } from '../../../../suites/index.js';
import { eachUser } from '../answers.js';
import { editsIn } from '../schema-changes.js';
import { changing, withSeams, type Variant } from '../variant.js';

/** Puts a `remove` of the name before an edit without a path that replaces a part of it, so that the other sub-attributes go. */
const replacedWhole = (edit: unknown): readonly unknown[] => {
  if (!isJson(edit) || edit.op !== 'replace') return [edit];
  const { path, value } = edit;
  const written = path === undefined && isJson(value) ? value.name : undefined;
  return isJson(written) ? [{ op: 'remove', path: 'name' }, edit] : [edit];
};

const pathsIn = (operation: Operation): string[] =>
  editsIn(operation).flatMap(({ path }) => (typeof path === 'string' ? [path] : []));

const withEdits = (operation: Operation, change: (edits: readonly Json[]) => readonly Json[]): Operation => {
  const edits = editsIn(operation);
  return edits.length === 0 || !isJson(operation.data)
    ? operation
    : { ...operation, data: { ...operation.data, Operations: change(edits) } };
};

const withNamesReplacedWhole = (operation: Operation): Operation => {
  const { method, data } = operation;
  if (method !== 'PATCH' || !isJson(data) || !Array.isArray(data.Operations)) return operation;
  return { ...operation, data: { ...data, Operations: data.Operations.flatMap(replacedWhole) } };
};

const resource = /\/(Users|Groups)\/[^/?]+(\?(?!.*attributes=).*)?$/;

/** The query parameter is no part of what a change of answers can see. */
const withoutResource =
  (next: Handler): Handler =>
  async (request) => {
    const reply = await next(request);
    const isPatched = request.method === 'PATCH' && resource.test(request.url) && 'status' in reply;
    if (!isPatched || reply.status !== 200) return reply;
    const isContent = ([name]: readonly [string, string]): boolean => /^content-(type|length)$/i.test(name);
    return { ...reply, status: 204, headers: reply.headers.filter((line) => !isContent(line)), body: '' };
  };

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
    name: 'pathless-replace-of-some-sub-attributes-removes-the-others',
    source: 'RFC 7644 §3.5.2.3 (without a path, it replaces attributes of the resource)',
    make: withSeams(({ apply }) => ({
      apply: (operation, transaction) => apply(withNamesReplacedWhole(operation), transaction),
    })),
  },
  {
    name: 'patches-answered-204',
    source: 'RFC 7644 §3.5.2 (204 without the resource, unless the request has `attributes`)',
    make: () => ({ wire: withoutResource }),
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
  {
    name: 'filters-of-patches-with-one-eq-only',
    source: 'RFC 7644 §3.5.2, §3.12 (invalidFilter: a filter that is not supported)',
    make: withSeams(({ apply }) => ({
      apply: (operation, transaction) => {
        if (pathsIn(operation).some((path) => /\[.*( and | or |not | ne | co | sw | ew | pr\b)/.test(path)))
          throw new Problem(400, 'Filters have one `eq`.', 'invalidFilter');
        return apply(operation, transaction);
      },
    })),
  },
  {
    name: 'removals-of-nothing-refused',
    source: 'RFC 7644 §3.5.2.2 (it does not say what becomes of them), §3.12 (noTarget)',
    make: withSeams(({ apply }) => ({
      apply: async (operation, transaction) => {
        const before = (await transaction.find(operation.path.split('/')[2] ?? ''))?.attributes;
        const isOfNothing = editsIn(operation).some(
          ({ op, path }) =>
            op === 'remove' && typeof path === 'string' && /^\w+$/.test(path) && before?.[path] === undefined,
        );
        if (before !== undefined && isOfNothing) throw new Problem(400, 'There is nothing to remove.', 'noTarget');
        return apply(operation, transaction);
      },
    })),
  },
  {
    name: 'read-only-attributes-ignored-in-patches',
    source: 'RFC 7643 §7 (readOnly: it is not modified)',
    make: withSeams(({ apply }) => ({
      apply: (operation, transaction) =>
        apply(
          withEdits(operation, (edits) => {
            const kept = edits.filter(({ path }) => typeof path !== 'string' || !/^(id|meta)\b/.test(path));
            return kept.length === 0 ? [{ op: 'add', path: 'emails', value: [] }] : kept;
          }),
          transaction,
        ),
    })),
  },
  {
    name: 'operations-of-patches-in-any-letter-case',
    source: 'RFC 7644 §3.5.2 (it does not say what becomes of other words than the three)',
    make: withSeams(({ apply }) => ({
      apply: (operation, transaction) =>
        apply(
          withEdits(operation, (edits) =>
            edits.map((edit) => ({ ...edit, ...(typeof edit.op === 'string' ? { op: edit.op.toLowerCase() } : {}) })),
          ),
          transaction,
        ),
    })),
    needs: ['patch'],
  },
  {
    name: 'first-value-of-a-list-always-primary',
    source: 'RFC 7643 §2.4 (primary says which value is preferred; that a client chooses it is not demanded)',
    make: changing(
      eachUser((user) => ({
        ...user,
        ...(Array.isArray(user.emails)
          ? {
              emails: (user.emails as unknown[]).map((email, place) =>
                isJson(email) ? { ...email, primary: place === 0 } : email,
              ),
            }
          : {}),
      })),
    ),
  },
];
