/**
 * Registers endpoints for the operator of a mock. They lie at the root of the server, need no credential, have no rate
 * limit, and are not changed by faults.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { header, mediaType } from '../../schemas/names.js';
import type { KnownPaths } from '../http/server/known-paths.js';

export interface OpsAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `reply` is for an answer that has no end; whoever writes it hijacks the reply and returns undefined. */
type OpsHandler = (
  request: FastifyRequest,
  reply: FastifyReply,
) => OpsAnswer | undefined | Promise<OpsAnswer | undefined>;

export interface OpsRoute {
  readonly url: string;
  readonly answer: OpsHandler;
}

export const opsJson = (status: number, body: unknown): OpsAnswer => ({
  status,
  type: mediaType.json,
  text: `${JSON.stringify(body)}\n`,
});

export const addOpsRoutes = (app: FastifyInstance, knownPaths: KnownPaths, routes: readonly OpsRoute[]): void => {
  for (const { url, answer } of routes) {
    app.route({
      method: 'GET',
      url,
      config: { isPublic: true, isObserved: false },
      handler: async (request: FastifyRequest, reply: FastifyReply) => {
        const given = await answer(request, reply);
        if (given === undefined) return reply;
        const { status, type, text, headers = {} } = given;
        return (
          reply
            .code(status)
            .headers({ [header.contentType]: type, 'Cache-Control': 'no-store', ...headers })
            // As bytes, because fastify adds a charset for strings, and JSON has none (RFC 8259 §11).
            .send(Buffer.from(text))
        );
      },
    });
    knownPaths.add(url, { allow: ['GET', 'HEAD'], isPublic: true });
  }
};
