/** Reads jobs with all that belongs to them. */
import type { Job } from '../../../job.js';
import type { Queries } from '../database.js';
import type { Heads } from './heads.js';
import { jobColumns, jobOf, outcomeOf, type JobRow, type StoredOutcome } from './job-rows.js';

export interface LoadOptions {
  readonly heads: Heads;
  /** Jobs that were completed at this time or before it are forgotten; in milliseconds since 1970. */
  readonly oldest: number;
}

/** Those of the jobs that are there, in no order. */
export const loadJobs = async (
  ids: readonly string[],
  queries: Queries,
  { heads, oldest }: LoadOptions,
): Promise<Job[]> => {
  const rows = await queries.query<JobRow>(
    `select ${jobColumns} from scim_mock.jobs j left join scim_mock.polls p on p.job = j.id
     where j.id = any($1::text[]) and (j.completed is null or j.completed > $2)`,
    [ids, oldest],
  );
  const found = await heads.of(
    rows.map(({ id }) => id),
    queries,
  );
  const jobs = await Promise.all(
    rows.map(async (row) => {
      const head = found.get(row.id);
      const isCompleted = row.success + row.failed === row.total;
      return head && jobOf(head, row, isCompleted ? await outcomesOf(row.id, queries) : undefined);
    }),
  );
  return jobs.filter((job) => job !== undefined);
};

/** In the order of the request. */
const outcomesOf = async (job: string, queries: Queries) => {
  const rows = await queries.query<{ outcome: StoredOutcome }>(
    'select outcome from scim_mock.outcomes where job = $1 order by index',
    [job],
  );
  return rows.map(({ outcome }) => outcomeOf(outcome));
};
