/**
 * Delivers what `announce` recorded: signs each delivery, and repeats it with growing waits until the receiver accepts
 * it or the tries are used up (profile HOOK-02, HOOK-03).
 */
import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { header, mediaType } from '../../../schemas/names.js';
import type { Clock } from '../../clock.js';
import type { Poster } from '../../environment.js';
import type { HookClaim, Hooks } from '../../integration-ports.js';
import { addressOf, type GuardOptions } from './endpoint-guard.js';
import type { HookRequest, HookSeams } from './hook-seams.js';

export interface DeliverersOptions {
  readonly hooks: Hooks;
  readonly clock: Clock;
  readonly newPoster: () => Poster;
  readonly guard: GuardOptions;
  /** Milliseconds before the second try; the wait doubles with each further try. */
  readonly retryMillis: number;
  readonly seams: Pick<HookSeams, 'hookRequest' | 'hookWait'>;
  /** Reports a bug of the mock. */
  readonly onBug: (error: unknown) => void;
}

/** Number of open requests at a time. */
const concurrency = 4;
const tries = 8;
/** Milliseconds. */
const longestWait = 60_000;
/** Milliseconds to wait for an answer. */
const patience = 10_000;

const signatureOf = (body: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

export class Deliverers {
  private readonly stopping = new AbortController();
  private readonly poster: Poster;

  constructor(private readonly options: DeliverersOptions) {
    setMaxListeners(0, this.stopping.signal);
    this.poster = options.newPoster();
    for (let number = 0; number < concurrency; number += 1) void this.work();
  }

  /** Delivers nothing more. What was not delivered stays recorded. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.poster.close();
  }

  private async work(): Promise<void> {
    const { hooks, onBug } = this.options;
    const { signal } = this.stopping;
    for (let claim = await hooks.claim(signal); claim !== undefined; claim = await hooks.claim(signal)) {
      try {
        await this.deliver(claim);
      } catch (error) {
        onBug(error);
      }
    }
  }

  private async deliver(claim: HookClaim): Promise<void> {
    const { hooks, clock, retryMillis, seams } = this.options;
    const { hook, delivery, number } = claim;
    const honest: HookRequest = {
      method: 'POST',
      headers: {
        [header.contentType]: mediaType.json,
        [header.signature]: signatureOf(delivery.body, hook.secret),
        [header.deliveryId]: delivery.id,
      },
      body: delivery.body,
    };
    const status = await this.post(hook.endpoint, seams.hookRequest(honest, { hook, delivery, number }));
    if (this.stopping.signal.aborted) return;
    if (status !== undefined && status < 300) return hooks.settle(claim);
    const due = number < tries ? Math.min(retryMillis * 2 ** (number - 1), longestWait) : undefined;
    const wait = seams.hookWait(due, status);
    return wait === undefined ? hooks.settle(claim) : hooks.postpone(claim, clock.now() + wait);
  }

  /** The HTTP status of the answer; undefined if there is none. Redirects are not followed. */
  private async post(endpoint: string, request: HookRequest): Promise<number | undefined> {
    const { guard, clock } = this.options;
    const address = await addressOf(endpoint, guard);
    if (address === undefined) return undefined;
    const { signal } = this.stopping;
    const over = new AbortController();
    const end = (): void => over.abort('the try has ended');
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    void clock.sleep(patience, over.signal).then(end);
    const answer = await this.poster.post(endpoint, { ...request, address }, over.signal);
    signal.removeEventListener('abort', end);
    end();
    return answer?.status;
  }
}
