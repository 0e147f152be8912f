/** Webhooks and deliveries as rows. */
import type { EventType, Hook, HookDelivery } from '../../../hook.js';
import type { Queries } from '../database.js';

export interface HookRow {
  readonly id: string;
  readonly client: string;
  readonly event_type: EventType;
  readonly endpoint: string;
  readonly attributes: readonly string[];
  readonly secret: string;
  readonly created: number;
}

export const hookColumns = ['id', 'client', 'event_type', 'endpoint', 'attributes', 'secret', 'created']
  .map((name) => `h.${name}`)
  .join(', ');

export const hookOf = ({ id, client, event_type, endpoint, attributes, secret, created }: HookRow): Hook => ({
  id,
  client,
  eventType: event_type,
  endpoint,
  attributes,
  secret,
  created,
});

/** All webhooks, oldest first. */
export const hooksOf = async (queries: Queries): Promise<Hook[]> =>
  (await queries.query<HookRow>(`select ${hookColumns} from scim_mock.hooks h order by h.seq`)).map(hookOf);

/** Records deliveries that are due now; those of webhooks that were removed meanwhile are dropped. Returns whether there are any. */
export const writeDeliveries = async (
  deliveries: readonly HookDelivery[],
  queries: Queries,
  now: number,
): Promise<boolean> => {
  if (deliveries.length === 0) return false;
  await queries.query(
    `insert into scim_mock.deliveries (id, hook, body, due)
     select u.id, u.hook, u.body, $4::bigint
     from unnest($1::text[], $2::text[], $3::text[]) with ordinality u(id, hook, body, place)
       join scim_mock.hooks h on h.id = u.hook
     order by u.place`,
    [deliveries.map(({ id }) => id), deliveries.map(({ hook }) => hook), deliveries.map(({ body }) => body), now],
  );
  return true;
};
