/** Writes the events of a batch. Their claims are made now, because another process may be asked for them. */
import type { Draft } from '../../../security-event.js';
import type { Queries } from '../database.js';

/** Returns whether there was any. */
export const writeEvents = async (drafts: readonly Draft[], queries: Queries, now: number): Promise<boolean> => {
  const rows = drafts.flatMap(({ client, completes, event }) => {
    const made = event();
    return made === undefined ? [] : [{ client, completes, made }];
  });
  if (rows.length === 0) return false;
  await queries.query(
    `insert into scim_mock.events (client, job, index, jti, claims, at)
     select u.client, u.job, u.index, u.jti, u.claims::json, $6
     from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[])
       with ordinality u(client, job, index, jti, claims, place) order by u.place`,
    [
      rows.map(({ client }) => client ?? null),
      rows.map(({ completes }) => completes?.job ?? null),
      rows.map(({ completes }) => completes?.index ?? null),
      rows.map(({ made }) => made.jti),
      rows.map(({ made }) => JSON.stringify(made.claims)),
      now,
    ],
  );
  return true;
};
