/** Operations that failed for a moment wait for another try: how often each was tried, and that it waits. */
import type { MigrationBuilder } from 'node-pg-migrate';

const columns = `
  alter table scim_mock.line
    add column tries integer not null default 0,
    -- Then nobody has it, and the lease ends when the next try is due.
    add column is_postponed boolean not null default false;
  create index line_postponed on scim_mock.line (job) where is_postponed;
`;

export const up = (builder: MigrationBuilder): void => {
  builder.sql(columns);
};

/** Older versions cannot read the schema of newer ones. */
export const down = false;
