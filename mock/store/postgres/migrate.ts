/** Brings the schema of the database to the version that this code needs. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { ClientBase } from 'pg';
import { StoreError } from '../store-error.js';
import * as firstSchema from './migrations/20261130000000_first-schema.js';
import * as tries from './migrations/20261130000001_tries.js';

/** The modules in `migrations/`, by file name. */
const migrations: Readonly<Record<string, typeof firstSchema>> = {
  '20261130000000_first-schema': firstSchema,
  '20261130000001_tries': { up: tries.up, down: tries.down },
};

const schema = 'scim_mock';
const table = 'migrations';

const applied = async (client: ClientBase): Promise<string[]> => {
  const { rows: found } = await client.query<{ there: boolean }>(
    `select to_regclass('${schema}.${table}') is not null as there`,
  );
  if (found[0]?.there !== true) return [];
  const { rows } = await client.query<{ name: string }>(`select name from ${schema}.${table}`);
  return rows.map(({ name }) => name);
};

/** The default loader would compile each file once more. */
const load = (files: string[]) =>
  Promise.resolve(
    files.map((file) => {
      const actions = migrations[basename(file).replace(/\.[jt]s$/, '')];
      if (actions === undefined) throw new Error(`${file} is not in the list of migrations`);
      return { id: file, filePaths: [file], actions };
    }),
  );

/**
 * Applies the migrations that are missing, in one transaction; a second process waits for the first. Rejects with a
 * StoreError (`store-newer`) if there are migrations that this version does not have.
 */
export const migrate = async (client: ClientBase): Promise<void> => {
  const unknown = (await applied(client)).filter((name) => !(name in migrations));
  if (unknown.length > 0)
    throw new StoreError(
      'store-newer',
      `the database has the schema of a newer version (${unknown.join(', ')}): update scim-conformance or use another database`,
    );
  await runner({
    dbClient: client,
    dir: fileURLToPath(new URL('migrations', import.meta.url)),
    // Beside the compiled migrations lie their types and source maps.
    ignorePattern: String.raw`(?:\..*|.*\.d\.ts|.*\.map)`,
    direction: 'up',
    migrationsTable: table,
    schema,
    createSchema: true,
    advisoryLockMode: 'wait',
    log: () => undefined,
    migrationLoaderStrategies: [{ extensions: ['.js', '.ts'], loader: load }],
  });
};
