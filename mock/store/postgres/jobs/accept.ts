/**
 * Accepts requests, many in one transaction. Acceptance is serialised across all processes, so that the order of the
 * operations on a resource is that of acceptance, a key stands for one request, and the queue never holds too much.
 */
import { priorityOf, runsAsUnit, type JobHead } from '../../../job.js';
import type { Acceptance, Order, Step } from '../../../ports.js';
import type { Queries } from '../database.js';
import type { Heads } from './heads.js';
import { jobOf, keyOf, storedStep, type JobRow, type StoredStep } from './job-rows.js';
import { loadJobs } from './load-jobs.js';

export interface AcceptOptions {
  readonly heads: Heads;
  readonly now: () => number;
  /** Largest number of unfinished operations. */
  readonly capacity: number;
  /** Largest size of the bodies of unfinished requests. */
  readonly capacityBytes: number;
  readonly retentionSeconds: number;
}

const lock = 73_106;

interface Accepted {
  readonly order: Order;
  readonly steps: readonly Step[];
}

/** A job at its acceptance. */
const freshRow = ({ id, operations, created }: JobHead): JobRow => ({
  id,
  total: operations.length,
  success: 0,
  failed: 0,
  modified: created,
  revision: 0,
  is_started: false,
  is_retrying: false,
  is_cancelled: false,
  is_promised: false,
  polled: null,
});

const fresh = (head: JobHead) => jobOf(head, freshRow(head), head.operations.length === 0 ? [] : undefined);

/** The job that was accepted earlier under this key, in this transaction or before. */
const earlierJob = async (key: Buffer, queries: Queries, { heads, now, retentionSeconds }: AcceptOptions) => {
  const [row] = await queries.query<{ job: string; fingerprint: string }>(
    'select job, fingerprint from scim_mock.retries where key = $1',
    [key],
  );
  if (row === undefined) return undefined;
  const [job] = await loadJobs([row.job], queries, { heads, oldest: now() - retentionSeconds * 1000 });
  return job === undefined ? undefined : { job, fingerprint: row.fingerprint };
};

interface LineRow {
  readonly job: string;
  readonly index: number;
  readonly priority: number;
  readonly resource: Buffer | undefined;
  /** Number of unfinished operations that it waits for. */
  readonly waits: number;
  /** Indexes of operations of the same job that wait for it. */
  readonly followers: readonly number[];
  readonly step: StoredStep | null;
}

/** Lower is earlier. */
const rankOf = (head: JobHead): number => ['high', 'normal', 'low'].indexOf(priorityOf(head));

interface Lines {
  /** The keys of resources. */
  readonly keys: ReadonlyMap<string, Buffer>;
  /** The keys of those that have a line, in hexadecimal. */
  readonly busy: Set<string>;
}

/** Whether the resource had a line before; it has one now. */
const joins = (resource: Buffer | undefined, { busy }: Lines): boolean => {
  const line = resource?.toString('hex');
  const hasOthers = line !== undefined && busy.has(line);
  if (line !== undefined) busy.add(line);
  return hasOthers;
};

/** A unit has a place in the line of each of its resources, and its first operation waits for those that are not free. */
const rowsOfUnit = (head: JobHead, steps: readonly Step[], lines: Lines): LineRow[] => {
  const resources = [...new Set(steps.flatMap(({ resource }) => resource ?? []))];
  const common = { job: head.id, priority: rankOf(head) };
  const places = resources.map((name, place): LineRow => {
    const resource = lines.keys.get(name);
    return {
      ...common,
      index: -1 - place,
      resource,
      waits: Number(joins(resource, lines)),
      followers: [],
      step: null,
    };
  });
  const waits = places.filter((place) => place.waits > 0).length;
  const step: StoredStep = { after: [], references: [], unit: steps.map(storedStep) };
  return [...places, { ...common, index: 0, resource: undefined, waits, followers: [], step }];
};

const rowsOf = (head: JobHead, steps: readonly Step[], lines: Lines): LineRow[] => {
  if (runsAsUnit(head)) return steps.length === 0 ? [] : rowsOfUnit(head, steps, lines);
  const behind = steps.map((): number[] => []);
  steps.forEach(({ after }, index) => {
    for (const place of after) if (place !== index) behind[place]?.push(index);
  });
  return steps.map((step, index) => {
    const resource = step.resource === undefined ? undefined : lines.keys.get(step.resource);
    const hasOthers = joins(resource, lines);
    const before = step.after.filter((place) => place !== index && steps[place] !== undefined);
    return {
      job: head.id,
      index,
      priority: rankOf(head),
      resource,
      waits: before.length + Number(hasOthers),
      followers: behind[index] ?? [],
      step: storedStep(step),
    };
  });
};

/** Adds the operations to the lines of their resources. */
const lineUp = async (accepted: readonly Accepted[], queries: Queries): Promise<void> => {
  const keys = new Map<string, Buffer>();
  for (const { steps } of accepted)
    for (const { resource } of steps)
      if (resource !== undefined && !keys.has(resource)) keys.set(resource, keyOf(resource));
  const busy = new Set<string>();
  if (keys.size > 0) {
    const sorted = [...keys.values()].sort((a, b) => a.compare(b));
    const found = await queries.query<{ resource: Buffer | null }>(
      `insert into scim_mock.lines (resource) select unnest($1::bytea[])
       on conflict (resource) do update set resource = excluded.resource
       returning case when xmax <> 0 then resource end as resource`,
      [sorted],
    );
    for (const { resource } of found) if (resource !== null) busy.add(resource.toString('hex'));
  }
  const rows = accepted.flatMap(({ order, steps }) => rowsOf(order.head, steps, { keys, busy }));
  if (rows.length === 0) return;
  await queries.query(
    `insert into scim_mock.line (job, index, resource, waits, followers, step, priority)
     select u.job, u.index, u.resource, u.waits, u.followers::int[], u.step::json, u.priority
     from unnest($1::text[], $2::int[], $3::bytea[], $4::int[], $5::text[], $6::text[], $7::int[])
       with ordinality u(job, index, resource, waits, followers, step, priority, place) order by u.place`,
    [
      rows.map(({ job }) => job),
      rows.map(({ index }) => index),
      rows.map(({ resource }) => resource ?? null),
      rows.map(({ waits }) => waits),
      rows.map(({ followers }) => (followers.length === 0 ? null : `{${followers.join()}}`)),
      rows.map(({ step }) => (step === null ? null : JSON.stringify(step))),
      rows.map(({ priority }) => priority),
    ],
  );
};

/** `repeatable`: those that are recognised when they are repeated, by key. */
const insertJobs = async (
  accepted: readonly Accepted[],
  repeatable: ReadonlyMap<string, Accepted>,
  queries: Queries,
): Promise<void> => {
  const heads = accepted.map(({ order }) => order.head);
  await queries.query(
    `insert into scim_mock.jobs (id, head, total, queued, bytes, is_queued, completed, modified, has_status)
     select id, head::json, total, queued, bytes, queued > 0, case when total = 0 then created end, created, has_status
     from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::bigint[], $6::bigint[], $7::boolean[])
       u(id, head, total, queued, bytes, created, has_status)`,
    [
      heads.map(({ id }) => id),
      heads.map((head) => JSON.stringify(head)),
      heads.map(({ operations }) => operations.length),
      accepted.map(({ steps }) => steps.length),
      accepted.map(({ order }) => order.bytes),
      heads.map(({ created }) => created),
      heads.map(({ hasStatus }) => hasStatus),
    ],
  );
  if (repeatable.size === 0) return;
  await queries.query(
    `insert into scim_mock.retries (key, job, fingerprint) select * from unnest($1::bytea[], $2::text[], $3::text[])
     on conflict (key) do update set job = excluded.job, fingerprint = excluded.fingerprint`,
    [
      [...repeatable.keys()].map(keyOf),
      [...repeatable.values()].map(({ order }) => order.head.id),
      [...repeatable.values()].map(({ order }) => order.retry?.fingerprint ?? ''),
    ],
  );
};

/** One acceptance for each order. */
export const acceptAll = async (
  orders: readonly Order[],
  queries: Queries,
  options: AcceptOptions,
): Promise<Acceptance[]> => {
  await queries.query('select pg_advisory_xact_lock($1)', [lock]);
  const [load] = await queries.query<{ operations: number; bytes: number }>(
    `select coalesce(sum(queued), 0)::int as operations, coalesce(sum(bytes), 0)::bigint as bytes
     from scim_mock.jobs where is_queued`,
  );
  let { operations: waiting, bytes: size } = load ?? { operations: 0, bytes: 0 };
  const accepted: Accepted[] = [];
  const mine = new Map<string, Accepted>();
  const decide = async (order: Order): Promise<Acceptance> => {
    const { head, bytes, retry } = order;
    if (retry !== undefined) {
      const here = mine.get(retry.key);
      const earlier =
        here === undefined
          ? await earlierJob(keyOf(retry.key), queries, options)
          : { job: fresh(here.order.head), fingerprint: here.order.retry?.fingerprint };
      if (earlier !== undefined && retry.remembers(earlier.job))
        return earlier.fingerprint === retry.fingerprint
          ? { kind: 'repeated', job: earlier.job }
          : { kind: 'conflicting' };
    }
    if (waiting + head.operations.length > options.capacity || size + bytes > options.capacityBytes)
      return { kind: 'full' };
    const steps = order.steps();
    const entry = { order, steps };
    accepted.push(entry);
    if (retry !== undefined) mine.set(retry.key, entry);
    waiting += steps.length;
    if (steps.length > 0) size += bytes;
    return { kind: 'accepted', job: fresh(head) };
  };
  const decisions: Acceptance[] = [];
  for (const order of orders) decisions.push(await decide(order));
  if (accepted.length > 0) {
    await insertJobs(accepted, mine, queries);
    await lineUp(accepted, queries);
  }
  return decisions;
};
