/** The tokens that one client has still to acknowledge (RFC 8936 §2), oldest first. */
import type { Seams } from '../seams.js';
import type { Draft, SecurityEvent } from './draft.js';
import { NewestOf } from './newest-of.js';

export interface Delivery {
  readonly events: readonly SecurityEvent[];
  /** Whether others wait beside these. */
  readonly more: boolean;
}

export class EventStream {
  private readonly waiting: NewestOf<Draft>;
  /** Only what was sent can be acknowledged. */
  private readonly sent = new Map<string, Draft>();
  private wake: (() => void) | undefined;
  private woken: Promise<void> | undefined;

  constructor(
    drafts: Iterable<Draft>,
    limit: number,
    private readonly policy: Seams['pollStream'],
  ) {
    this.waiting = new NewestOf(limit);
    for (const draft of drafts) this.waiting.add(draft);
  }

  get isEmpty(): boolean {
    return this.waiting.size === 0;
  }

  add(draft: Draft): void {
    this.waiting.add(draft);
    this.wake?.();
    this.wake = undefined;
    this.woken = undefined;
  }

  /** Resolves when something is added. */
  next(): Promise<void> {
    this.woken ??= new Promise((resolve) => (this.wake = resolve));
    return this.woken;
  }

  /** At most `limit` of those that wait. They stay until they are acknowledged. */
  take(limit: number): Delivery {
    const events: SecurityEvent[] = [];
    let more = false;
    for (const draft of this.waiting) {
      const event = draft.event();
      if (event === undefined) {
        this.waiting.delete(draft);
        continue;
      }
      if (events.length === limit) {
        more = true;
        break;
      }
      this.sent.set(event.jti, draft);
      events.push(event);
    }
    this.drop(this.policy.sent(events.map(({ jti }) => jti)));
    return { events, more };
  }

  /** Takes off what the client has received, or has refused for good (RFC 8936 §2.4). */
  acknowledge(jtis: readonly string[]): void {
    this.drop(this.policy.acknowledged(jtis));
  }

  private drop(jtis: readonly string[]): void {
    for (const jti of jtis) {
      const draft = this.sent.get(jti);
      if (draft === undefined) continue;
      this.sent.delete(jti);
      this.waiting.delete(draft);
    }
  }
}
