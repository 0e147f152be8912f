/** Answers those who want security event tokens: the result of a request, a poll (RFC 8936), and the keys. */
import { deliveryMethod, header, mediaType } from '../../schemas/names.js';
import { waitFor, type Clock } from '../clock.js';
import type { Completions } from '../events/completions.js';
import type { SecurityEvent } from '../events/draft.js';
import type { EventLog } from '../events/event-log.js';
import type { Signer } from '../events/signer.js';
import { readPoll } from '../events/poll-request.js';
import type { Settings } from '../options.js';
import { isCompleted, type Job } from '../jobs/job.js';
import { emptyAnswer, jsonAnswer, textAnswer, type Answer } from './answer.js';

export interface EventsContext {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly baseUrl: string;
  readonly completions: Completions;
  readonly log: EventLog;
  readonly signer: Signer;
  /** Aborts when the mock stops: nobody is waited for any more. */
  readonly stopping: AbortSignal;
}

/** Tokens in one answer to a poll that sets no limit, and to one that sets none lower. */
const usual = 250;
const most = 1000;

const uncached = { [header.cacheControl]: 'no-store' };

/** Header fields of an answer that the request is not done (RFC 9967 §3). */
export const pendingHeaders = ({ id }: Job, { retryAfterSeconds }: Settings): Record<string, string> => ({
  ...uncached,
  [header.setTxn]: id,
  [header.retryAfter]: String(retryAfterSeconds),
});

const setsOf = async (events: readonly SecurityEvent[]): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(events.map(async ({ jti, token }): Promise<[string, string]> => [jti, await token()])),
  );

/** What has come of a request that was answered 202 (RFC 9967 §2.5.1.1): one token, or those of a bulk request. */
export const answerResult = async (
  txn: string,
  client: string,
  { settings, clock, completions }: EventsContext,
): Promise<Answer> => {
  const { job, drafts } = completions.find(txn, client);
  job.polled = clock.now();
  const events = drafts.flatMap((draft) => draft?.event() ?? []);
  if (isCompleted(job) && job.isBulk) return jsonAnswer(200, { sets: await setsOf(events) }, uncached);
  const [event] = events;
  return isCompleted(job) && event !== undefined
    ? textAnswer(mediaType.securityEventToken, await event.token(), uncached)
    : emptyAnswer(202, pendingHeaders(job, settings));
};

/** RFC 8936 §2. `gone` aborts when the client is. Throws a Problem of 400. */
export const answerPoll = async (
  body: unknown,
  client: string,
  gone: AbortSignal,
  { settings, clock, log, stopping }: EventsContext,
): Promise<Answer> => {
  const { maxEvents, returnImmediately, settled } = readPoll(body);
  const stream = log.streamOf(client);
  stream.acknowledge(settled);
  if (stream.isEmpty && !returnImmediately && maxEvents !== 0) {
    await waitFor(clock, settings.longPollSeconds * 1000, [stream.next()], [gone, stopping]);
  }
  const { events, more } = stream.take(Math.min(maxEvents ?? usual, most));
  return jsonAnswer(200, { sets: await setsOf(events), ...(more ? { moreAvailable: true } : {}) }, uncached);
};

export const answerKeys = async ({ signer }: EventsContext): Promise<Answer> => jsonAnswer(200, await signer.keySet());

/** Metadata of the transmitter (OpenID Shared Signals Framework 1.0 §7.1). */
export const answerTransmitter = ({ baseUrl }: EventsContext): Answer =>
  jsonAnswer(200, {
    spec_version: '1_0',
    issuer: new URL(baseUrl).origin,
    jwks_uri: `${baseUrl}/jwks.json`,
    delivery_methods_supported: Object.values(deliveryMethod),
  });
