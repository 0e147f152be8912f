/** Records the outcomes of a batch: leases, results, counts, and who can run now. */
import type { JobHead } from '../../../job.js';
import { failed } from '../../../operation.js';
import type { Queries } from '../database.js';
import type { Heads } from '../jobs/heads.js';
import { outcomeText, withoutBodies } from '../jobs/job-rows.js';
import { WrongAssumption, type Batch } from './batch.js';
import type { Finish } from './changes.js';

/** What is written, with what, and at which time. */
export interface Writing {
  readonly batch: Batch;
  readonly heads: Heads;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface Left {
  readonly job: string;
  readonly index: number;
  readonly resource: Buffer | null;
  readonly followers: readonly number[] | null;
}

interface Counted {
  readonly id: string;
  readonly total: number;
  readonly success: number;
  readonly failed: number;
  readonly is_promised: boolean;
}

/** Takes the places of units out of the lines of their resources. */
const leavePlaces = async (finished: readonly Finish[], queries: Queries): Promise<Left[]> => {
  const units = finished.filter(({ claim }) => claim.unit !== undefined).map(({ claim }) => claim.job.id);
  if (units.length === 0) return [];
  return queries.query<Left>(
    `delete from scim_mock.line where job = any($1::text[]) and index < 0
     returning job, index, resource, followers`,
    [units],
  );
};

/** The first operations of units have one line less to wait for. Returns whether one of them can run. */
const freeUnits = async (jobs: readonly string[], queries: Queries): Promise<boolean> => {
  if (jobs.length === 0) return false;
  const rows = await queries.query<{ waits: number }>(
    `update scim_mock.line l set waits = l.waits - u.count
     from (select job, count(*)::int as count from unnest($1::text[]) u(job) group by job) u
     where l.job = u.job and l.index = 0 returning l.waits`,
    [jobs],
  );
  return rows.some(({ waits }) => waits === 0);
};

/** Takes the operations out of the line. Rejects with WrongAssumption if a lease has ended. */
const leaveLine = async (finished: readonly Finish[], now: number, { queries, knowledge }: Batch): Promise<Left[]> => {
  const left = await queries.query<Left & { lease: string }>(
    `delete from scim_mock.line l using unnest($1::text[], $2::int[], $3::text[]) u(job, index, lease)
     where l.job = u.job and l.index = u.index and l.lease = u.lease and l.lease_until > $4
     returning l.job, l.index, l.resource, l.followers, l.lease`,
    [
      finished.map(({ claim }) => claim.job.id),
      finished.map(({ claim }) => claim.index),
      finished.map(({ claim }) => claim.lease),
      now,
    ],
  );
  if (left.length === finished.length) return [...left, ...(await leavePlaces(finished, queries))];
  const held = new Set(left.map(({ lease }) => lease));
  for (const { claim } of finished) if (!held.has(claim.lease)) knowledge.lost.add(claim.lease);
  throw new WrongAssumption('a lease has ended');
};

/** Locks the jobs until the commit. Rejects with WrongAssumption if events were promised in the meantime. */
const lockJobs = async (finished: readonly Finish[], { queries, knowledge, changes }: Batch): Promise<Counted[]> => {
  const ids = new Set([...finished.map(({ claim }) => claim.job.id), ...changes.promised]);
  const jobs = await queries.query<Counted>(
    `select id, total, success, failed, is_promised from scim_mock.jobs
     where id = any($1::text[]) order by id for no key update`,
    [[...ids]],
  );
  const promised = new Set(jobs.filter((job) => job.is_promised).map(({ id }) => id));
  const wrong = finished.filter(({ claim, isEventPromised }) => !isEventPromised && promised.has(claim.job.id));
  if (wrong.length === 0) return jobs;
  for (const { claim } of wrong) knowledge.promised.add(claim.job.id);
  throw new WrongAssumption('events are promised');
};

/** Adds to the counts of the jobs. Returns those that are completed now. */
const count = async (
  jobs: readonly Counted[],
  finished: readonly Finish[],
  { batch, now, heads }: Writing,
): Promise<JobHead[]> => {
  const numbers = new Map(jobs.map((job) => [job.id, { job, success: 0, failed: 0 }]));
  for (const { claim, outcomes } of finished) {
    const entry = numbers.get(claim.job.id);
    if (entry === undefined) continue;
    for (const { result } of outcomes)
      if (failed(result)) entry.failed += 1;
      else entry.success += 1;
  }
  const entries = [...numbers.values()];
  const ended = entries
    .filter(
      ({ job, success, failed }) => success + failed > 0 && job.success + job.failed + success + failed === job.total,
    )
    .map(({ job }) => job.id);
  const full = await heads.of(ended, batch.queries);
  const completed = new Map([...full].map(([id, head]) => [id, withoutBodies(head)]));
  await batch.queries.query(
    `update scim_mock.jobs j set success = j.success + u.success, failed = j.failed + u.failed,
       revision = j.revision + u.success + u.failed, queued = j.queued - u.success - u.failed,
       modified = case when u.success + u.failed > 0 then greatest(j.modified, $1) else j.modified end,
       is_promised = j.is_promised or u.is_promised,
       head = coalesce(u.head::json, j.head), is_queued = j.is_queued and u.head is null,
       completed = case when u.head is null then j.completed else greatest(j.modified, $1) end
     from unnest($2::text[], $3::int[], $4::int[], $5::boolean[], $6::text[]) u(id, success, failed, is_promised, head)
     where j.id = u.id`,
    [
      now,
      entries.map(({ job }) => job.id),
      entries.map(({ success }) => success),
      entries.map(({ failed }) => failed),
      entries.map(({ job }) => batch.changes.promised.has(job.id)),
      entries.map(({ job }) => (completed.has(job.id) ? JSON.stringify(completed.get(job.id)) : null)),
    ],
  );
  return [...completed.values()];
};

const record = (finished: readonly Finish[], { queries }: Batch) => {
  const rows = finished.flatMap(({ claim, outcomes }) =>
    outcomes.map((outcome, place) => ({ job: claim.job.id, index: claim.index + place, outcome })),
  );
  return queries.query(
    `insert into scim_mock.outcomes (job, index, outcome)
     select u.job, u.index, u.outcome::json from unnest($1::text[], $2::int[], $3::text[]) u(job, index, outcome)`,
    [rows.map(({ job }) => job), rows.map(({ index }) => index), rows.map(({ outcome }) => outcomeText(outcome))],
  );
};

/** Operations of the same job that waited for those that have left. Returns whether one of them can run. */
const freeFollowers = async (left: readonly Left[], { queries }: Batch): Promise<boolean> => {
  const waits = new Map<string, { job: string; index: number; count: number }>();
  for (const { job, followers } of left)
    for (const index of followers ?? []) {
      const key = `${index} ${job}`;
      const entry = waits.get(key) ?? { job, index, count: 0 };
      entry.count += 1;
      waits.set(key, entry);
    }
  if (waits.size === 0) return false;
  const entries = [...waits.values()];
  const rows = await queries.query<{ waits: number }>(
    `update scim_mock.line l set waits = l.waits - u.count
     from unnest($1::text[], $2::int[], $3::int[]) u(job, index, count)
     where l.job = u.job and l.index = u.index returning l.waits`,
    [entries.map(({ job }) => job), entries.map(({ index }) => index), entries.map((entry) => entry.count)],
  );
  return rows.some((row) => row.waits === 0);
};

/** Who is next on the resources of those that have left. Returns whether one of them can run. */
const freeResources = async (left: readonly Left[], { queries }: Batch): Promise<boolean> => {
  const lines = left.flatMap(({ resource }) => (resource === null ? [] : [resource]));
  if (lines.length === 0) return false;
  // Whoever joins one of the lines now waits for the commit, or was there before the next statement.
  await queries.query('select 1 from scim_mock.lines where resource = any($1::bytea[]) order by resource for update', [
    lines,
  ]);
  const next = await queries.query<{ job: string; index: number; resource: Buffer; waits: number }>(
    `update scim_mock.line l set waits = l.waits - 1
     from unnest($1::bytea[]) u(resource)
       cross join lateral (select seq from scim_mock.line f where f.resource = u.resource order by f.seq limit 1) first
     where l.seq = first.seq returning l.job, l.index, l.resource, l.waits`,
    [lines],
  );
  const busy = new Set(next.map(({ resource }) => resource.toString('hex')));
  const empty = lines.filter((resource) => !busy.has(resource.toString('hex')));
  if (empty.length > 0) await queries.query('delete from scim_mock.lines where resource = any($1::bytea[])', [empty]);
  const units = next.filter(({ index, waits }) => index < 0 && waits === 0).map(({ job }) => job);
  const hasFreedUnit = await freeUnits(units, queries);
  return hasFreedUnit || next.some(({ index, waits }) => index >= 0 && waits === 0);
};

/** Who waits no more because of those that have left. */
const free = async (left: readonly Left[], batch: Batch): Promise<boolean> =>
  [await freeFollowers(left, batch), await freeResources(left, batch)].includes(true);

/**
 * Records the outcomes, all but the counts. Rejects with WrongAssumption if a lease has ended. Returns whether operations
 * that waited can run.
 */
export const writeOutcomes = async ({ batch, now }: Pick<Writing, 'batch' | 'now'>): Promise<boolean> => {
  const { finished } = batch.changes;
  if (finished.length === 0) return false;
  const left = await leaveLine(finished, now, batch);
  await record(finished, batch);
  return free(left, batch);
};

/**
 * Adds to the counts of the jobs, and promises events. It is the last to be written: all operations of a bulk request
 * wait for the row of their job. Rejects with WrongAssumption if events were promised in the meantime. Returns the heads
 * of the jobs that are completed now, without the bodies of their operations.
 */
export const writeCounts = async (writing: Writing): Promise<JobHead[]> => {
  const { finished, promised } = writing.batch.changes;
  if (finished.length + promised.size === 0) return [];
  return count(await lockJobs(finished, writing.batch), finished, writing);
};
