/** Resources as rows. */
import { createHash } from 'node:crypto';
import type { Json } from '../../../json.js';
import type { Stored, TypeName } from '../../../stored.js';
import type { Queries } from '../database.js';

export interface ResourceRow {
  readonly id: string;
  readonly type: TypeName;
  readonly attributes: Json;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

export const columns = 'id, type, attributes, created, modified, version';

export const storedOf = ({ id, type, attributes, created, modified, version }: ResourceRow): Stored => ({
  id,
  type,
  attributes,
  created,
  lastModified: modified,
  version,
});

/** The key by which a user is found: regardless of case (RFC 7643 §4.1.1), and of a limited length. */
export const nameKey = (userName: string): Buffer => createHash('sha256').update(userName.toLowerCase()).digest();

/** All resources of the type, oldest first. */
export const listOf = async (type: TypeName, queries: Queries): Promise<Stored[]> => {
  const rows = await queries.query<ResourceRow>(
    `select ${columns} from scim_mock.resources where type = $1 order by seq`,
    [type],
  );
  return rows.map(storedOf);
};
