/** Events in memory. If too many are unread, the oldest are dropped. */
import { NewestOf } from '../../newest-of.js';
import type { Delivery, Events } from '../../ports.js';
import type { Draft, SecurityEvent } from '../../security-event.js';

/** Largest number of unread events of a client. */
const kept = 20_000;

/** The events that one client has not acknowledged (RFC 8936 §2), oldest first. */
interface Stream {
  readonly waiting: NewestOf<Draft>;
  /** Events that were sent, by jti; only these can be acknowledged. */
  readonly sent: Map<string, Draft>;
  /** Called when an event arrives. */
  readonly wakes: Set<() => void>;
}

type Listener = (draft: Draft) => void;

const isFor = ({ client }: Draft, name: string): boolean => client === undefined || client === name;

export class MemoryEvents implements Events {
  private readonly history = new NewestOf<Draft>(kept);
  private readonly streams = new Map<string, Stream>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly ends = new Map<string, (Draft | undefined)[]>();

  isEmpty(client: string): Promise<boolean> {
    return Promise.resolve(this.streamOf(client).waiting.size === 0);
  }

  take(client: string, limit: number): Promise<Delivery> {
    const { waiting, sent } = this.streamOf(client);
    const events: SecurityEvent[] = [];
    let more = false;
    for (const draft of waiting) {
      const event = draft.event();
      if (event === undefined) {
        waiting.delete(draft);
        continue;
      }
      if (events.length === limit) {
        more = true;
        break;
      }
      sent.set(event.jti, draft);
      events.push(event);
    }
    return Promise.resolve({ events, more });
  }

  takeOff(client: string, jtis: readonly string[]): Promise<void> {
    const { waiting, sent } = this.streamOf(client);
    for (const jti of jtis) {
      const draft = sent.get(jti);
      if (draft === undefined) continue;
      sent.delete(jti);
      waiting.delete(draft);
    }
    return Promise.resolve();
  }

  next(client: string, signal: AbortSignal): Promise<void> {
    const { wakes } = this.streamOf(client);
    return new Promise((resolve) => {
      const wake = (): void => {
        wakes.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      wakes.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }

  ofJob(id: string): Promise<readonly SecurityEvent[]> {
    return Promise.resolve((this.ends.get(id) ?? []).flatMap((draft) => draft?.event() ?? []));
  }

  listen(client: string, listener: Listener): () => void {
    const listeners = this.listeners.get(client) ?? new Set();
    this.listeners.set(client, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Adds an event that a committed transaction published. */
  append(draft: Draft): void {
    // An event that is not assembled holds the whole write, and many are kept.
    draft.event();
    this.history.add(draft);
    if (draft.completes !== undefined) this.noteEnd(draft.completes, draft);
    for (const [client, stream] of this.streams) {
      if (!isFor(draft, client)) continue;
      stream.waiting.add(draft);
      for (const wake of [...stream.wakes]) wake();
    }
    for (const [client, listeners] of this.listeners) {
      if (isFor(draft, client)) for (const listen of listeners) listen(draft);
    }
  }

  /** Drops the completion events of a job that is removed. */
  forgetJob(id: string): void {
    this.ends.delete(id);
  }

  private noteEnd({ job, index }: NonNullable<Draft['completes']>, draft: Draft): void {
    const ends = this.ends.get(job) ?? [];
    ends[index] = draft;
    this.ends.set(job, ends);
  }

  /** A new stream starts with all events in the history. */
  private streamOf(client: string): Stream {
    let stream = this.streams.get(client);
    if (stream === undefined) {
      stream = { waiting: new NewestOf(kept), sent: new Map(), wakes: new Set() };
      for (const draft of this.history) if (isFor(draft, client)) stream.waiting.add(draft);
      this.streams.set(client, stream);
    }
    return stream;
  }
}
