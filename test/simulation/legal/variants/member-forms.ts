/** How a provider may treat unusual writes of the members of groups (RFC 7643 §4.2, RFC 7644 §3.5.2). */
import { urn } from '../../../../schemas/names.js';
import { withBody } from '../../../../mock/faults/answers.js';
import { isJson, type Json } from '../../../../mock/json.js';
import type { Operation } from '../../../../mock/operation.js';
import { Problem } from '../../../../mock/problem.js';
import { inSchema } from '../schema-changes.js';
import { changing, withSeams, type Variant } from '../variant.js';

const editsOf = ({ method, path, data }: Operation): readonly Json[] =>
  method === 'PATCH' && path.startsWith('/Groups/') && isJson(data) && Array.isArray(data.Operations)
    ? data.Operations.filter(isJson)
    : [];

const withEdits = (operation: Operation, change: (edit: Json) => Json): Operation =>
  editsOf(operation).length > 0 && isJson(operation.data)
    ? { ...operation, data: { ...operation.data, Operations: editsOf(operation).map(change) } }
    : operation;

const isValueList = ({ op, path, value }: Json): boolean =>
  op === 'remove' && path === 'members' && value !== undefined;

const membersIn = (value: unknown): readonly Json[] => {
  const members = isJson(value) && Array.isArray(value.members) ? value.members : value;
  return Array.isArray(members) ? members.filter(isJson) : [];
};

const isGroup = ({ schemas }: Json): boolean => Array.isArray(schemas) && String(schemas[0]).endsWith(':Group');

/** The description of members without Group as their type. */
const ofUsersOnly = (attribute: Json): Json =>
  attribute.name === 'members' && Array.isArray(attribute.subAttributes)
    ? {
        ...attribute,
        subAttributes: attribute.subAttributes.filter(isJson).map((each) => ({
          ...each,
          ...(each.name === 'type' ? { canonicalValues: ['User'] } : {}),
          ...(each.name === '$ref' ? { referenceTypes: ['User'] } : {}),
        })),
      }
    : attribute;

export const memberFormVariants: readonly Variant[] = [
  {
    name: 'remove-of-a-member-list-refused',
    source: 'RFC 7644 §3.5.2.2 (`remove` has no value), §3.12',
    needs: ['patch'],
    only: ['remove of a member list'],
    make: withSeams(({ apply }) => ({
      apply: (operation, transaction) => {
        if (editsOf(operation).some(isValueList)) throw new Problem(400, 'A remove has no value.', 'invalidValue');
        return apply(operation, transaction);
      },
    })),
  },
  {
    name: 'remove-of-a-member-list-removes-all',
    source: 'RFC 7644 §3.5.2.2 (all values, where no filter is specified)',
    needs: ['patch'],
    only: ['remove of a member list'],
    make: withSeams(({ apply }) => ({
      apply: (operation, transaction) =>
        apply(
          withEdits(operation, (edit) => (isValueList(edit) ? { op: 'remove', path: 'members' } : edit)),
          transaction,
        ),
    })),
  },
  {
    name: 'remove-of-an-absent-member-succeeds',
    source: 'RFC 7644 §3.5.2.2 (nothing is left to remove; noTarget is not demanded)',
    needs: ['patch'],
    make: withSeams(({ apply }) => ({
      apply: async (operation, transaction) => {
        const group = await transaction.find(operation.path.split('/')[2] ?? '');
        const there = new Set(membersIn(group?.attributes.members).map(({ value }) => value));
        // What an earlier operation of the same request adds is there, too.
        for (const { op, value } of editsOf(operation)) {
          if (op === 'remove') continue;
          for (const member of membersIn(value)) there.add(member.value);
        }
        const isAbsent = ({ op, path }: Json): boolean => {
          const id = op === 'remove' ? /^members\[value eq "([^"]+)"\]$/.exec(String(path))?.[1] : undefined;
          return id !== undefined && !there.has(id);
        };
        return apply(
          withEdits(operation, (edit) => (isAbsent(edit) ? { op: 'add', path: 'members', value: [] } : edit)),
          transaction,
        );
      },
    })),
  },
  {
    name: 'only-users-that-are-there-become-members',
    source: 'RFC 7643 §4.2 (groups as members are optional), RFC 7644 §3.12',
    make: withSeams(({ apply }) => ({
      apply: async (operation, transaction) => {
        for (const { value } of editsOf(operation).filter(({ op }) => op !== 'remove'))
          for (const member of membersIn(value)) {
            const found = await transaction.find(String(member.value));
            if (found?.type !== 'User') throw new Problem(400, 'Members are users.', 'invalidValue');
          }
        return apply(operation, transaction);
      },
    })),
  },
  {
    name: 'groups-are-no-members-and-the-schema-names-users-only',
    source: 'RFC 7643 §4.2 (groups as members are optional), §7 (`canonicalValues`, `referenceTypes`)',
    needs: ['groups'],
    only: ['form of schemas'],
    make: () => ({
      change: inSchema(urn.group, (attributes) => attributes.map(ofUsersOnly)),
      seams: ({ apply }) => ({
        apply: async (operation, transaction) => {
          const groups = new Set<unknown>();
          for (const { value } of editsOf(operation))
            for (const member of membersIn(value))
              if ((await transaction.find(String(member.value)))?.type === 'Group') groups.add(member.value);
          const isUser = (member: Json): boolean => !groups.has(member.value);
          const users = (edit: Json): Json =>
            edit.path === 'members' && groups.size > 0
              ? { ...edit, value: membersIn(edit.value).filter(isUser) }
              : edit;
          return apply(withEdits(operation, users), transaction);
        },
      }),
    }),
  },
  {
    name: 'members-shown-in-reverse-order-with-more-about-them',
    source: 'RFC 7643 §2.4 (no order), §4.2 (`$ref`, `type`, `display`)',
    make: changing((answer) =>
      isJson(answer.body) && isGroup(answer.body) && Array.isArray(answer.body.members)
        ? withBody((body) => ({
            ...body,
            members: membersIn(body)
              .map((member) => ({ display: `Member ${String(member.value)}`, ...member }))
              .toReversed(),
          }))(answer)
        : answer,
    ),
    only: ['how members are shown'],
  },
];
