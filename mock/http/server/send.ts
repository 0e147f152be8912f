/** Sends answers: through the response seam, with the fields of the limit and the date of the mock's clock. */
import type { FastifyReply } from 'fastify';
import { header } from '../../../schemas/names.js';
import type { Ports } from '../../ports.js';
import { Problem } from '../../problem.js';
import { scimAnswer, type Answer } from '../answer.js';
import type { HttpSeams } from '../http-seams.js';
import { problemOf } from '../problems.js';
import { field, knownClientOf, pathUnder } from '../request.js';

export interface SendContext {
  readonly basePath: string;
  readonly seams: Pick<HttpSeams, 'respond' | 'renderError'>;
  readonly ports: Ports;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What an answer to this client says of its limit. */
  readonly limitFields: (client: string) => Promise<Record<string, string>>;
  readonly onBug: (error: unknown) => void;
}

/** The date of an answer (RFC 9110 §6.6.1). */
export const dateOf = ({ now }: Pick<SendContext, 'now'>): string => new Date(now()).toUTCString();

export const send = async (reply: FastifyReply, context: SendContext, answer: Answer): Promise<FastifyReply> => {
  const { request } = reply;
  const path = pathUnder(context.basePath, request.url);
  const client = knownClientOf(request);
  const fields = client === undefined ? {} : await context.limitFields(client);
  const last = await context.seams.respond(
    { ...answer, headers: { ...fields, ...answer.headers } },
    { method: request.method, path, client, field: (name) => field(request, name) },
    context.ports,
  );
  const text = last.text ?? (last.body === undefined ? undefined : JSON.stringify(last.body));
  // Node would give the date of its own clock.
  reply.raw.sendDate = false;
  return (
    reply
      .code(last.status)
      .headers({ [header.date]: dateOf(context), ...last.headers })
      // As bytes: to a string fastify would add a charset, which JSON does not have (RFC 8259 §11).
      .send(text === undefined ? undefined : Buffer.from(text))
  );
};

/** The SCIM error of what was thrown; 500 where it is no Problem, and then somebody is told. */
export const errorAnswer = ({ seams, onBug }: SendContext, error: unknown): Answer => {
  const known = problemOf(error);
  if (known === undefined) onBug(error);
  const problem = known ?? new Problem(500, 'Internal error.');
  return scimAnswer(problem.status, seams.renderError(problem), { ...problem.headers });
};
