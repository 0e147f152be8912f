/**
 * Gives new events to listeners, such as those that push them. Each event goes to the listeners of one process, which
 * takes it first: a receiver is not to get it from every process.
 */
import type { Clock } from '../../../clock.js';
import type { Draft, SecurityEvent } from '../../../security-event.js';
import type { Bell } from '../bell.js';
import type { Database } from '../database.js';
import { eventColumns, type EventRow } from './event-rows.js';

export interface HearingOptions {
  readonly database: Database;
  readonly bell: Bell;
  readonly clock: Clock;
  readonly eventOf: (row: EventRow) => SecurityEvent;
}

type Listener = (draft: Draft) => void;

interface Ear {
  readonly client: string;
  readonly listener: Listener;
  /** Milliseconds since 1970. */
  readonly since: number;
  isBusy: boolean;
  again: boolean;
}

/** Events that are taken at once. */
const most = 500;

export class Hearing {
  private readonly ears = new Set<Ear>();

  constructor(private readonly options: HearingOptions) {
    options.bell.on((news) => {
      if (news?.events !== false) for (const ear of this.ears) void this.hear(ear);
    });
  }

  listen(client: string, listener: Listener): () => void {
    const ear = { client, listener, since: this.options.clock.now(), isBusy: false, again: false };
    this.ears.add(ear);
    return () => this.ears.delete(ear);
  }

  private async hear(ear: Ear): Promise<void> {
    ear.again = true;
    if (ear.isBusy) return;
    ear.isBusy = true;
    try {
      while (ear.again && this.ears.has(ear)) {
        ear.again = false;
        const drafts = await this.take(ear);
        for (const draft of drafts) ear.listener(draft);
        if (drafts.length === most) ear.again = true;
      }
    } catch {
      // The database does not answer now; the next beat of the bell tries again.
    }
    ear.isBusy = false;
  }

  private async take({ client, since }: Ear): Promise<Draft[]> {
    const rows = await this.options.database.query<EventRow>(
      `with new as (
         insert into scim_mock.heard (client, seq)
         select $1, e.seq from scim_mock.events e
         where (e.client is null or e.client = $1) and e.at >= $2
           and not exists (select from scim_mock.heard h where h.client = $1 and h.seq = e.seq)
         order by e.xid, e.seq limit $3
         on conflict do nothing returning seq)
       select ${eventColumns} from scim_mock.events e join new on new.seq = e.seq order by e.xid, e.seq`,
      [client, since, most],
    );
    return rows.map((row) => {
      const event = this.options.eventOf(row);
      return {
        client: row.client ?? undefined,
        completes: row.job === null || row.index === null ? undefined : { job: row.job, index: row.index },
        event: () => event,
      };
    });
  }
}
