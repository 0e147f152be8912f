/** Pushes tokens to a receiver, and repeats each until it is acknowledged or refused (RFC 8935 §2). */
import { header, mediaType } from '../../../schemas/names.js';
import { pause, type Clock } from '../../clock.js';
import type { Poster } from '../../environment.js';
import type { PushTarget } from '../../options.js';
import { isJson } from '../../json.js';
import { NewestOf } from '../../newest-of.js';
import type { Draft } from '../../security-event.js';
import type { ChangePush, JudgePush, PushAnswer, PushRequest } from './push-exchange.js';

export interface PusherOptions {
  readonly target: PushTarget;
  readonly clock: Clock;
  readonly newPoster: () => Poster;
  readonly pushRequest: ChangePush;
  readonly pushAnswer: JudgePush;
  /** Reports a bug of the mock. */
  readonly onBug: (error: unknown) => void;
}

/** Largest number of waiting tokens; beyond that the oldest are dropped. */
const kept = 20_000;
/** Number of open requests at a time. */
const concurrency = 4;
const tries = 8;
/** Milliseconds before the second try; the wait doubles with each further try. */
const firstWait = 100;
const longestWait = 5000;
/** Milliseconds to wait for an answer. */
const patience = 10_000;

/** The reason for an abort. Without one, an error with a stack would be made for each push. */
const ended = 'the push has ended';

const errOf = (text: string): string | undefined => {
  if (text === '') return undefined;
  try {
    const body: unknown = JSON.parse(text);
    return isJson(body) && typeof body.err === 'string' ? body.err : undefined;
  } catch {
    return undefined;
  }
};

export class Pusher {
  private readonly waiting = new NewestOf<Draft>(kept);
  private readonly stopping = new AbortController();
  private readonly poster: Poster;
  private busy = 0;

  constructor(private readonly options: PusherOptions) {
    this.poster = options.newPoster();
  }

  add(draft: Draft): void {
    this.waiting.add(draft);
    this.work();
  }

  /** Stops pushing. Tokens that were not delivered are lost. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.poster.close();
  }

  private work(): void {
    while (!this.stopping.signal.aborted && this.busy < concurrency) {
      const [draft] = this.waiting;
      if (draft === undefined) return;
      this.waiting.delete(draft);
      this.busy += 1;
      void this.deliver(draft)
        .catch(this.options.onBug)
        .finally(() => {
          this.busy -= 1;
          this.work();
        });
    }
  }

  private async deliver(draft: Draft): Promise<void> {
    const { target, clock, pushRequest, pushAnswer } = this.options;
    const { signal } = this.stopping;
    const event = draft.event();
    if (event === undefined) return;
    const honest: PushRequest = {
      headers: {
        [header.contentType]: mediaType.securityEventToken,
        [header.accept]: mediaType.json,
        ...(target.authorization === undefined ? {} : { [header.authorization]: target.authorization }),
      },
      body: await event.token(),
    };
    for (let count = 1; !signal.aborted; count += 1) {
      const verdict = pushAnswer(await this.post(pushRequest(honest)));
      if (verdict !== 'again' || count === tries) return;
      await pause(clock, Math.min(firstWait * 2 ** (count - 1), longestWait), signal);
    }
  }

  private async post(request: PushRequest): Promise<PushAnswer> {
    const { target, clock } = this.options;
    const { signal } = this.stopping;
    const over = new AbortController();
    const end = (): void => over.abort(ended);
    signal.addEventListener('abort', end);
    void clock.sleep(patience, over.signal).then(end);
    const answer = await this.poster.post(target.url, request, over.signal);
    signal.removeEventListener('abort', end);
    end();
    // Whatever the reason, another try may succeed.
    return answer === undefined
      ? { status: undefined, err: undefined }
      : { status: answer.status, err: errOf(answer.body) };
  }
}
