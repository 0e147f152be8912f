/**
 * The first schema. Whatever clients send is `json` and not `jsonb`, because jsonb refuses U+0000, which is legal in JSON;
 * names and paths are indexed by their digest, because an index entry is limited in size.
 */
import type { MigrationBuilder } from 'node-pg-migrate';

const tables = `
  create table scim_mock.resources (
    seq bigint generated always as identity,
    id text primary key,
    type text not null,
    attributes json not null,
    -- SHA-256 of the userName in lower case.
    name_key bytea unique,
    created bigint not null,
    modified bigint not null,
    version integer not null
  );
  create index resources_by_type on scim_mock.resources (type, seq);

  create table scim_mock.jobs (
    id text primary key,
    -- The JobHead; bodies of operations are removed from it when the job is completed.
    head json not null,
    total integer not null,
    success integer not null default 0,
    failed integer not null default 0,
    -- Number of its operations in the line.
    queued integer not null,
    bytes bigint not null,
    is_queued boolean not null,
    -- Milliseconds since 1970, as everywhere; null: not completed.
    completed bigint,
    modified bigint not null,
    revision integer not null default 0,
    has_status boolean not null,
    is_started boolean not null default false,
    is_cancelled boolean not null default false,
    is_promised boolean not null default false
  ) with (fillfactor = 80);
  -- Only columns that change once are indexed, so that counting is cheap (HOT updates).
  create index jobs_queued on scim_mock.jobs (id) where is_queued;
  create index jobs_completed on scim_mock.jobs (completed) where completed is not null;

  -- Requests that are recognised when they are repeated.
  create table scim_mock.retries (key bytea primary key, job text not null, fingerprint text not null);
  create index retries_by_job on scim_mock.retries (job);

  create table scim_mock.polls (job text primary key, at bigint not null);

  -- Unfinished operations. One that waits for nobody (waits = 0) can be claimed.
  create table scim_mock.line (
    seq bigint generated always as identity primary key,
    job text not null,
    -- Below 0: only a place in the line of a resource, for a job that runs as a unit; its operation 0 waits for it.
    index integer not null,
    -- 0: high, 1: normal, 2: low.
    priority smallint not null,
    -- SHA-256 of Step.resource; null for a create.
    resource bytea,
    waits integer not null,
    -- Indexes of operations of the same job that wait for this one.
    followers integer[],
    step json,
    lease text,
    lease_until bigint,
    -- The process that has the lease.
    owner integer
  ) with (fillfactor = 80);
  create unique index line_by_job on scim_mock.line (job, index);
  create index line_ready on scim_mock.line (seq) where waits = 0 and lease is null and index >= 0;
  create index line_by_priority on scim_mock.line (priority, seq) where waits = 0 and lease is null and index >= 0;
  create index line_leased on scim_mock.line (lease_until) where lease is not null;
  create index line_by_resource on scim_mock.line (resource, seq) where resource is not null;

  -- One row for each resource with a line; it is locked by whoever joins the line or leaves it.
  create table scim_mock.lines (resource bytea primary key);

  create table scim_mock.outcomes (
    job text not null,
    index integer not null,
    outcome json not null,
    primary key (job, index)
  );

  -- The place of an event is (xid, seq): a transaction that commits later never has a place before the oldest
  -- transaction that is running now, so a reader that stays behind that one misses nothing.
  create table scim_mock.events (
    seq bigint generated always as identity primary key,
    xid bigint not null default pg_current_xact_id()::text::bigint,
    client text,
    job text,
    index integer,
    jti text not null,
    claims json not null,
    token text,
    at bigint not null
  );
  create index events_by_place on scim_mock.events (xid, seq);
  create index events_by_jti on scim_mock.events (jti);
  create index events_by_job on scim_mock.events (job, index) where job is not null;

  -- All events up to the floor are acknowledged; those up to «sent» were delivered.
  create table scim_mock.streams (
    client text primary key,
    floor_xid bigint not null default 0,
    floor_seq bigint not null default 0,
    sent_xid bigint not null default 0,
    sent_seq bigint not null default 0
  );
  create table scim_mock.acknowledged (client text, seq bigint, primary key (client, seq));
  -- Events that a process has taken to push them.
  create table scim_mock.heard (client text, seq bigint, primary key (client, seq));

  create table scim_mock.buckets (
    name text primary key,
    tokens double precision not null,
    seen double precision not null,
    at bigint not null
  );
  create table scim_mock.grants (
    digest text primary key,
    client text not null,
    job text not null,
    expires bigint not null
  );
  create index grants_by_end on scim_mock.grants (expires);
  create table scim_mock.signing_keys (algorithm text primary key, jwk json not null);

  create table scim_mock.hooks (
    seq bigint generated always as identity,
    id text primary key,
    client text not null,
    event_type text not null,
    endpoint text not null,
    attributes json not null,
    secret text not null,
    created bigint not null
  );
  create table scim_mock.deliveries (
    seq bigint generated always as identity primary key,
    id text not null,
    hook text not null references scim_mock.hooks (id) on delete cascade,
    body text not null,
    -- Number of the next try, from 1, and when it is due.
    number integer not null default 1,
    due bigint not null,
    -- Until then one process has it.
    lease_until bigint not null default 0
  );
  create index deliveries_due on scim_mock.deliveries (due, seq);
  create index deliveries_by_hook on scim_mock.deliveries (hook);

  create table scim_mock.audit (
    seq bigint generated always as identity primary key,
    id text not null unique,
    client text not null,
    request text not null,
    entry json not null
  );
  create index audit_by_request on scim_mock.audit (request, seq);

  -- Each process that is alive holds an advisory lock on its id.
  create table scim_mock.processes (id integer generated always as identity primary key);
`;

export const up = (builder: MigrationBuilder): void => {
  builder.sql(tables);
};

/** There is nothing before the first schema. */
export const down = false;
