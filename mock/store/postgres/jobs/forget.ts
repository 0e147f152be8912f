/** Removes jobs with all that belongs to them. */
import type { Database, Queries } from '../database.js';

/** Most of these statements are short; with more jobs they would hold their locks too long. */
const most = 500;

/** Jobs that are not completed stay, so that others can still find their place in the line. */
export const forgetJobs = async (ids: readonly string[], queries: Queries): Promise<void> => {
  await queries.query(
    `with gone as (
       delete from scim_mock.jobs where id = any($1::text[]) and completed is not null returning id),
     retries as (delete from scim_mock.retries r using gone where r.job = gone.id),
     polls as (delete from scim_mock.polls p using gone where p.job = gone.id),
     outcomes as (delete from scim_mock.outcomes o using gone where o.job = gone.id)
     -- They stay in the streams of clients.
     update scim_mock.events e set job = null from gone where e.job = gone.id`,
    [ids],
  );
};

/** Removes jobs that were completed at this time or before it. */
export const forgetOldJobs = async (oldest: number, database: Database): Promise<void> => {
  const rows = await database.query<{ id: string }>(
    'select id from scim_mock.jobs where completed <= $1 order by completed limit $2',
    [oldest, most],
  );
  if (rows.length === 0) return;
  await forgetJobs(
    rows.map(({ id }) => id),
    database,
  );
};
