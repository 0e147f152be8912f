/** Registers an endpoint with its methods. */
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WriteMethod } from '../../operation.js';
import type { Answer } from '../answer.js';
import { send } from './send.js';
import type { ServerContext } from './server.js';

export type Handler = (request: FastifyRequest) => Answer | Promise<Answer>;
export type Methods = Partial<Record<'GET' | WriteMethod, Handler>>;

export interface Route {
  /** Path from the root of the server, with parameters as fastify writes them. */
  readonly url: string;
  readonly methods: Methods;
  /** Whether it needs no credential and has no rate limit. Default: false. */
  readonly isPublic?: boolean;
}

export const addRoute = (
  app: FastifyInstance,
  server: ServerContext,
  { url, methods, isPublic = false }: Route,
): void => {
  const config: FastifyContextConfig = { isPublic };
  const allow = app.supportedMethods.filter((method) => method in methods);
  for (const method of allow) {
    const handler = methods[method as keyof Methods];
    if (handler === undefined) continue;
    app.route({
      method,
      url,
      config,
      handler: (request: FastifyRequest, reply: FastifyReply) => {
        const answer = Promise.resolve(handler(request)).then((answer) => send(reply, server, answer));
        server.answering.add(answer);
        return answer.finally(() => server.answering.delete(answer));
      },
    });
  }
  if (allow.includes('GET')) allow.push('HEAD');
  server.knownPaths.add(url, { allow, isPublic });
};
