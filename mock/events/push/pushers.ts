/** The push receivers of the clients, at most one for each client. */
import type { PushTarget } from '../../options.js';
import type { Events } from '../../ports.js';
import { Pusher, type PusherOptions } from './pusher.js';

export class Pushers {
  private readonly pushed = new Map<string, { readonly pusher: Pusher; readonly stopListening: () => void }>();
  private stopped = false;

  constructor(
    private readonly events: Events,
    private readonly options: Omit<PusherOptions, 'target'>,
  ) {}

  /** Pushes new tokens of this client to `target`, in place of an earlier receiver; undefined: stops pushing. */
  to(client: string, target: PushTarget | undefined): void {
    void this.end(client);
    if (target === undefined || this.stopped) return;
    const pusher = new Pusher({ ...this.options, target });
    this.pushed.set(client, { pusher, stopListening: this.events.listen(client, (draft) => pusher.add(draft)) });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.pushed.keys()].map((client) => this.end(client)));
  }

  private async end(client: string): Promise<void> {
    const ended = this.pushed.get(client);
    this.pushed.delete(client);
    ended?.stopListening();
    await ended?.pusher.stop();
  }
}
