/** What the receivers of the suite share: how much they take from the provider, and what they keep of it. */
import { header } from '../../../schemas/names.js';
import type { HeaderList } from '../../../schemas/types.js';
import type { Share } from '../../client/body-budget.js';
import type { PushDelivery, PushReply } from '../../environment/push-server.js';

/** A delivery with more bytes is refused, and so are more deliveries at a time, or in a run. */
export const mostTaken = { bytes: 1024 * 1024, atATime: 64, inAll: 50_000 };

/** Reads the body; undefined if it is too long: the rest is not read. */
export const readBody = async (body: PushDelivery['body'], share: Share): Promise<string | undefined> => {
  if (typeof body === 'string') return share.reach(Buffer.byteLength(body)) ? body : undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      if (!share.reach(length)) return undefined;
      chunks.push(chunk);
    }
  } catch (error) {
    share.release();
    throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
};

export const redactedFields = (headers: HeaderList, redact: (text: string) => string): HeaderList =>
  headers.map(([name, value]): [string, string] => [
    redact(name),
    // The credential that the provider sends to the suite is a secret of the user, too.
    /^(proxy-)?authorization$/i.test(name) ? '{{push-credential}}' : redact(value),
  ]);

/** Answers that are no answer to a delivery: nothing of it is kept. */
export const turnedAway = (status: number): PushReply => ({
  status,
  headers: status === 429 || status === 503 ? [[header.retryAfter, '1']] : [],
  body: '',
});
