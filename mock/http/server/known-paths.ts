/**
 * Tells 405 from 404: finds the methods of a path. Fastify treats a known path with another method as not found.
 * Registering a route for each method that an endpoint does not have would take most of the time of a start.
 */
import findMyWay from 'find-my-way';
import { urlTooLong } from '../problems.js';

export interface KnownPath {
  /** Its methods. */
  readonly allow: readonly string[];
  /** Whether it needs no credential and has no rate limit. */
  readonly isPublic: boolean;
}

/** Options of path matching, the same here and in fastify. */
export const routerOptions = { maxParamLength: 4096, ignoreTrailingSlash: false } as const;

export class KnownPaths {
  private readonly router = findMyWay({ ...routerOptions, onMaxParamLength: () => undefined });
  private readonly paths = new Map<unknown, KnownPath>();

  /** `url` is written as in fastify's routes. */
  add(url: string, path: KnownPath): void {
    const handler = (): void => undefined;
    this.paths.set(handler, path);
    this.router.on('GET', url, handler);
  }

  /** Undefined if there is no such path. Throws a Problem of 414 if a segment of the URL is too long. */
  find(url: string): KnownPath | undefined {
    const found = this.router.find('GET', url);
    if (found === null) return undefined;
    const path = this.paths.get(found.handler);
    // The router returns a handler of its own if a parameter is too long.
    if (path === undefined) throw urlTooLong();
    return path;
  }
}
