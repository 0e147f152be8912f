/** Handlers for security event tokens: results of requests, polls (RFC 8936), keys and metadata. */
import { deliveryMethod, header, mediaType } from '../../../schemas/names.js';
import { waitFor } from '../../clock.js';
import { readPoll } from '../../events/poll-request.js';
import { isCompleted, type Job } from '../../job.js';
import type { Settings } from '../../options.js';
import type { SecurityEvent } from '../../security-event.js';
import { emptyAnswer, jsonAnswer, textAnswer, type Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';

/** Number of tokens in the answer to a poll: without maxEvents, and at most. */
const usual = 250;
const most = 1000;

const uncached = { [header.cacheControl]: 'no-store' };

/** Header fields of a 202 for a request that is not finished (RFC 9967 §3). */
export const pendingHeaders = ({ id }: Job, { retryAfterSeconds }: Settings): Record<string, string> => ({
  ...uncached,
  [header.setTxn]: id,
  [header.retryAfter]: String(retryAfterSeconds),
});

const setsOf = async (events: readonly SecurityEvent[]): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(events.map(async ({ jti, token }): Promise<[string, string]> => [jti, await token()])),
  );

/** The result of a request that was answered 202 (RFC 9967 §2.5.1.1): one token, or one for each bulk operation. */
export const answerResult = async (
  txn: string,
  client: string,
  { settings, ports, completions }: HandlerContext,
): Promise<Answer> => {
  const job = await completions.find(txn, client);
  await ports.jobs.notePoll(job.id);
  if (!isCompleted(job)) return emptyAnswer(202, pendingHeaders(job, settings));
  const events = await ports.events.ofJob(job.id);
  if (job.isBulk) return jsonAnswer(200, { sets: await setsOf(events) }, uncached);
  const [event] = events;
  return event === undefined
    ? emptyAnswer(202, pendingHeaders(job, settings))
    : textAnswer(mediaType.securityEventToken, await event.token(), uncached);
};

export interface Poll {
  readonly body: unknown;
  readonly client: string;
  /** Aborts when the client closes the connection. */
  readonly gone: AbortSignal;
}

/** A poll (RFC 8936 §2). Rejects with a Problem of 400. */
export const answerPoll = async (
  { body, client, gone }: Poll,
  { settings, seams: { pollStream }, clock, ports: { events: stream }, stopping }: HandlerContext,
): Promise<Answer> => {
  const { maxEvents, returnImmediately, settled } = readPoll(body);
  await stream.takeOff(client, pollStream.acknowledged(settled));
  if (!returnImmediately && maxEvents !== 0 && (await stream.isEmpty(client))) {
    const next = (over: AbortSignal): Promise<void> => stream.next(client, over);
    await waitFor(clock, settings.longPollSeconds * 1000, next, [gone, stopping]);
  }
  const { events, more } = await stream.take(client, Math.min(maxEvents ?? usual, most));
  await stream.takeOff(client, pollStream.sent(events.map(({ jti }) => jti)));
  return jsonAnswer(200, { sets: await setsOf(events), ...(more ? { moreAvailable: true } : {}) }, uncached);
};

export const answerKeys = async ({ signer }: HandlerContext): Promise<Answer> => jsonAnswer(200, await signer.keySet());

/** Metadata of the transmitter (OpenID Shared Signals Framework 1.0 §7.1). */
export const answerTransmitter = ({ baseUrl }: HandlerContext): Answer =>
  jsonAnswer(200, {
    spec_version: '1_0',
    issuer: new URL(baseUrl).origin,
    jwks_uri: `${baseUrl}/jwks.json`,
    delivery_methods_supported: Object.values(deliveryMethod),
  });
