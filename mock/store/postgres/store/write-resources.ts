/** Writes what a batch has done to resources. */
import type { Stored } from '../../../stored.js';
import { WrongAssumption, type Batch } from './batch.js';
import { nameKey } from './resource-rows.js';

const userNameOf = ({ attributes: { userName } }: Stored): string | undefined =>
  typeof userName === 'string' ? userName.toLowerCase() : undefined;

const keyOf = (stored: Stored): Buffer | null => {
  const name = userNameOf(stored);
  return name === undefined ? null : nameKey(name);
};

/** A resource before the batch and after it. */
type Change = readonly [before: Stored, after: Stored];

const isRenamed = ([before, after]: Change): boolean => userNameOf(before) !== userNameOf(after);

const insert = async (created: readonly Stored[], { queries, knowledge }: Batch): Promise<void> => {
  const rows = await queries.query<{ id: string }>(
    `insert into scim_mock.resources (id, type, attributes, created, modified, version, name_key)
     select u.id, u.type, u.attributes::json, u.created, u.modified, u.version, u.name_key
     from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::int[], $7::bytea[])
       with ordinality u(id, type, attributes, created, modified, version, name_key, place) order by u.place
     on conflict (name_key) do nothing returning id`,
    [
      created.map(({ id }) => id),
      created.map(({ type }) => type),
      created.map(({ attributes }) => JSON.stringify(attributes)),
      created.map((stored) => stored.created),
      created.map(({ lastModified }) => lastModified),
      created.map(({ version }) => version),
      created.map(keyOf),
    ],
  );
  if (rows.length === created.length) return;
  const done = new Set(rows.map(({ id }) => id));
  for (const stored of created) if (!done.has(stored.id)) knowledge.doubtful.add(userNameOf(stored) ?? '');
  throw new WrongAssumption('a userName is taken');
};

const update = async (changed: readonly Change[], { queries, knowledge }: Batch): Promise<void> => {
  const renamed = changed.filter(isRenamed);
  if (renamed.length > 0) {
    // Should a name be taken, the statement below fails, and nobody knows which.
    for (const [, after] of renamed) knowledge.doubtful.add(userNameOf(after) ?? '');
    // First, so that users can exchange their names.
    await queries.query('update scim_mock.resources set name_key = null where id = any($1::text[])', [
      renamed.map(([, { id }]) => id),
    ]);
  }
  await queries.query(
    `update scim_mock.resources r
     set attributes = u.attributes::json, modified = u.modified, version = u.version, name_key = u.name_key
     from unnest($1::text[], $2::text[], $3::bigint[], $4::int[], $5::bytea[])
       u(id, attributes, modified, version, name_key)
     where r.id = u.id`,
    [
      changed.map(([, { id }]) => id),
      changed.map(([, { attributes }]) => JSON.stringify(attributes)),
      changed.map(([, { lastModified }]) => lastModified),
      changed.map(([, { version }]) => version),
      changed.map(([, after]) => keyOf(after)),
    ],
  );
};

/** Rejects with WrongAssumption if a userName is taken. */
export const writeResources = async (batch: Batch): Promise<void> => {
  const { before, changes, queries } = batch;
  const created: Stored[] = [];
  const changed: Change[] = [];
  const removed: string[] = [];
  for (const [id, after] of changes.resources) {
    const old = before.get(id);
    if (old !== undefined && after !== undefined) changed.push([old, after]);
    else if (after !== undefined) created.push(after);
    else if (old !== undefined) removed.push(id);
  }
  if (removed.length > 0) await queries.query('delete from scim_mock.resources where id = any($1::text[])', [removed]);
  if (changed.length > 0) await update(changed, batch);
  if (created.length > 0) await insert(created, batch);
};
