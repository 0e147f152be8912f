/** PATCH requests and members of groups that a provider refuses as a whole (RFC 7644 §3.5.2, §3.12). */
import { isJson, type Json } from '../../../../mock/json.js';
import type { Operation } from '../../../../mock/operation.js';
import { Problem } from '../../../../mock/problem.js';
import { editsIn, writing } from '../schema-changes.js';
import { withSeams, type Variant } from '../variant.js';

const listIn = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter(isJson) : isJson(value) ? [value] : [];

const isGroup = ({ path }: Operation): boolean => path.startsWith('/Groups');

/** The members that a write of a group names: of the whole body, or of each edit. */
const membersNamed = (operation: Operation): readonly (readonly Json[])[] => {
  const { data } = operation;
  if (!isGroup(operation) || !isJson(data)) return [];
  const edits = editsIn(operation)
    .filter(({ op }) => String(op).toLowerCase() !== 'remove')
    .map(({ path, value }) =>
      path === undefined && isJson(value) ? listIn(value.members) : path === 'members' ? listIn(value) : [],
    );
  return [listIn(data.members), ...edits];
};

const paths = (operation: Operation): readonly string[] =>
  editsIn(operation).flatMap(({ path }) => (typeof path === 'string' ? [path] : []));

export const patchRefusalVariants: readonly Variant[] = [
  {
    name: 'no-value-paths-in-patches-of-users',
    source: 'RFC 7644 §3.5.2, §3.12 (invalidPath, invalidFilter: not supported)',
    make: writing((operation) => {
      if (!isGroup(operation) && paths(operation).some((path) => path.includes('[')))
        throw new Problem(400, 'Paths have no filter.', 'invalidPath');
      return operation;
    }),
    needs: ['patch'],
  },
  {
    name: 'one-operation-in-a-patch',
    source: 'RFC 9110 §15.5.14 (413), RFC 7644 §3.12',
    make: withSeams(({ apply }) => ({
      apply: async (operation, transaction) => {
        // What is refused is undone. Another error, such as 404 or 412, comes first.
        const applied = await apply(operation, transaction);
        if (editsIn(operation).length > 1) throw new Problem(413, 'A PATCH has one operation.');
        return applied;
      },
    })),
    needs: ['patch'],
  },
  {
    name: 'no-paths-into-extensions-in-patches',
    source: 'RFC 7644 §3.5.2, §3.12 (invalidPath)',
    make: writing((operation) => {
      if (paths(operation).some((path) => /^urn:/i.test(path)))
        throw new Problem(400, 'Paths have no URN.', 'invalidPath');
      return operation;
    }),
    needs: ['patch'],
  },
  {
    name: 'one-member-in-each-operation-of-a-patch',
    source: 'RFC 7644 §3.5.2, §3.12 (400, tooMany)',
    make: writing((operation) => {
      if (operation.method === 'PATCH' && membersNamed(operation).some(({ length }) => length > 1))
        throw new Problem(400, 'A PATCH adds one member with each operation.', 'tooMany');
      return operation;
    }),
    needs: ['groups'],
    only: ['size of groups'],
  },
  {
    name: 'groups-of-at-most-ten-members',
    source: 'RFC 7644 §3.12 (403: the operation is not permitted)',
    make: writing(async (operation, transaction) => {
      const group = isGroup(operation) ? await transaction.find(operation.path.split('/')[2] ?? '') : undefined;
      const there = operation.method === 'PATCH' ? listIn(group?.attributes.members) : [];
      const ids = new Set([...there, ...membersNamed(operation).flat()].map(({ value }) => value));
      if (ids.size > 10 && membersNamed(operation).some(({ length }) => length > 0))
        throw new Problem(403, 'A group has at most ten members.');
      return operation;
    }),
    needs: ['groups'],
    only: ['size of groups'],
  },
  {
    name: 'members-are-users-that-are-there-in-every-write',
    source: 'RFC 7643 §4.2 (`value` is the id of a resource), RFC 7644 §3.12 (invalidValue)',
    make: writing(async (operation, transaction) => {
      for (const { value } of membersNamed(operation).flat()) {
        const found = await transaction.find(String(value));
        if (found?.type !== 'User') throw new Problem(400, 'Members are users.', 'invalidValue');
      }
      return operation;
    }),
    needs: ['groups'],
  },
  {
    name: 'the-last-member-stays',
    source: 'RFC 7643 §4.2, RFC 7644 §3.5.1, §3.5.2, §3.12 (invalidValue)',
    make: withSeams(({ apply }) => ({
      apply: async (operation, transaction) => {
        const group = isGroup(operation) ? await transaction.find(operation.path.split('/')[2] ?? '') : undefined;
        const applied = await apply(operation, transaction);
        const isEmptied =
          applied.stored !== undefined &&
          listIn(group?.attributes.members).length > 0 &&
          listIn(applied.stored.attributes.members).length === 0;
        if (isEmptied) throw new Problem(400, 'A group keeps a member.', 'invalidValue');
        return applied;
      },
    })),
    needs: ['groups'],
  },
];
