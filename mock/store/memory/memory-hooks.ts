/** Webhooks and their deliveries in memory. */
import { waitFor, type Clock } from '../../clock.js';
import type { EventType, Hook, HookDelivery } from '../../hook.js';
import type { HookClaim, Hooks } from '../../integration-ports.js';

interface Waiting {
  readonly delivery: HookDelivery;
  /** Milliseconds since 1970. */
  readonly due: number;
  /** Number of the next try, from 1. */
  readonly number: number;
}

/** Largest number of deliveries that wait; beyond that the oldest are dropped. */
const kept = 20_000;

export class MemoryHooks implements Hooks {
  private readonly hooks = new Map<string, Hook>();
  private readonly waiting = new Set<Waiting>();
  private readonly wakes = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  add(hook: Hook): Promise<void> {
    this.hooks.set(hook.id, hook);
    return Promise.resolve();
  }

  find(id: string): Promise<Hook | undefined> {
    return Promise.resolve(this.hooks.get(id));
  }

  list(client: string): Promise<readonly Hook[]> {
    return Promise.resolve([...this.hooks.values()].filter((hook) => hook.client === client));
  }

  remove(id: string): Promise<boolean> {
    for (const each of this.waiting) if (each.delivery.hook === id) this.waiting.delete(each);
    return Promise.resolve(this.hooks.delete(id));
  }

  async claim(signal: AbortSignal): Promise<HookClaim | undefined> {
    while (!signal.aborted) {
      const claim = this.take();
      if (claim !== undefined) return claim;
      await this.change(signal);
    }
    return undefined;
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  postpone({ delivery, number }: HookClaim, due: number): Promise<void> {
    if (this.hooks.has(delivery.hook)) this.wait({ delivery, due, number: number + 1 });
    return Promise.resolve();
  }

  /** The webhooks for this event. */
  for(eventType: EventType): readonly Hook[] {
    return this.hooks.size === 0 ? [] : [...this.hooks.values()].filter((hook) => hook.eventType === eventType);
  }

  /** Adds a delivery that a committed transaction recorded. */
  append(delivery: HookDelivery): void {
    this.wait({ delivery, due: this.clock.now(), number: 1 });
  }

  private wait(waiting: Waiting): void {
    this.waiting.add(waiting);
    const [oldest] = this.waiting;
    if (this.waiting.size > kept && oldest !== undefined) this.waiting.delete(oldest);
    for (const wake of [...this.wakes]) wake();
  }

  private take(): HookClaim | undefined {
    const now = this.clock.now();
    for (const each of this.waiting) {
      if (each.due > now) continue;
      this.waiting.delete(each);
      const hook = this.hooks.get(each.delivery.hook);
      if (hook !== undefined) return { hook, delivery: each.delivery, number: each.number };
    }
    return undefined;
  }

  /** Waits for a new delivery, or until one is due. */
  private change(signal: AbortSignal): Promise<void> {
    const next = Math.min(...[...this.waiting].map(({ due }) => due));
    const arrival = (over: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        const wake = (): void => {
          this.wakes.delete(wake);
          over.removeEventListener('abort', wake);
          resolve();
        };
        this.wakes.add(wake);
        over.addEventListener('abort', wake);
        if (over.aborted) wake();
      });
    if (next === Infinity) return arrival(signal);
    return waitFor(this.clock, Math.max(0, next - this.clock.now()), arrival, [signal]);
  }
}
