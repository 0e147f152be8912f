/** Sends answers, after the seam `respond`, with rate limit fields and with the date of the mock's clock. */
import type { FastifyReply } from 'fastify';
import { header } from '../../../schemas/names.js';
import type { Translator } from '../../../schemas/wire/translator.js';
import type { Ports } from '../../ports.js';
import { Problem } from '../../problem.js';
import { StoreAway } from '../../store/store-error.js';
import { scimAnswer, type Answer } from '../answer.js';
import type { HttpSeams } from '../http-seams.js';
import { problemOf } from '../problems.js';
import { field, knownClientOf, pathUnder } from '../request.js';
import { translateAnswer } from './renamed-wire.js';

export interface SendContext {
  readonly basePath: string;
  readonly seams: Pick<HttpSeams, 'respond' | 'renderError'>;
  readonly ports: Ports;
  /** Undefined: the wire has the names of the mock. */
  readonly wire: Translator | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The rate limit fields for this client. */
  readonly limitFields: (client: string) => Promise<Record<string, string>>;
  readonly onBug: (error: unknown) => void;
}

/** The Date field (RFC 9110 §6.6.1). */
export const dateOf = ({ now }: Pick<SendContext, 'now'>): string => new Date(now()).toUTCString();

/** None if the store does not answer now. */
const limitFieldsOf = async (client: string, { limitFields }: SendContext): Promise<Record<string, string>> => {
  try {
    return await limitFields(client);
  } catch (error) {
    if (error instanceof StoreAway) return {};
    throw error;
  }
};

export const send = async (reply: FastifyReply, context: SendContext, answer: Answer): Promise<FastifyReply> => {
  const { request } = reply;
  const path = pathUnder(context.basePath, request.url);
  const client = knownClientOf(request);
  const fields = client === undefined ? {} : await limitFieldsOf(client, context);
  const last = await context.seams.respond(
    { ...answer, headers: { ...fields, ...answer.headers } },
    { method: request.method, path, client, field: (name) => field(request, name) },
    context.ports,
  );
  if (last.isDropped === true) {
    request.raw.socket.destroy();
    return reply.hijack();
  }
  const given = last.text ?? (last.body === undefined ? undefined : JSON.stringify(last.body));
  const { headers, text } = translateAnswer({ headers: last.headers, text: given }, context.wire);
  // Node would use the clock of the system.
  reply.raw.sendDate = false;
  return (
    reply
      .code(last.status)
      .headers({ [header.date]: dateOf(context), ...headers })
      // As bytes, because fastify adds a charset for strings, and JSON has none (RFC 8259 §11).
      .send(text === undefined ? undefined : Buffer.from(text))
  );
};

const away = (): Problem => new Problem(503, 'The store does not answer now.', undefined, { [header.retryAfter]: '1' });

/**
 * The SCIM error for a thrown error: 503 if the store does not answer now. What is no Problem otherwise is reported as a bug
 * and answered 500.
 */
export const errorAnswer = ({ seams, onBug }: SendContext, error: unknown): Answer => {
  const known = error instanceof StoreAway ? away() : problemOf(error);
  if (known === undefined) onBug(error);
  const problem = known ?? new Problem(500, 'Internal error.');
  return scimAnswer(problem.status, seams.renderError(problem), { ...problem.headers });
};
