/**
 * Which paths there are, whatever the method. To fastify a path without the method of the request is no path at all;
 * a route of its own for each method that an endpoint does not have is what a start would mostly wait for.
 */
import findMyWay from 'find-my-way';
import { urlTooLong } from '../problems.js';

export interface KnownPath {
  /** Methods that it has. */
  readonly allow: readonly string[];
  /** Whether it is for everybody, without a credential and without a limit. */
  readonly isPublic: boolean;
}

/** How paths are matched, here and by fastify. */
export const routerOptions = { maxParamLength: 4096, ignoreTrailingSlash: false } as const;

export class KnownPaths {
  private readonly router = findMyWay({ ...routerOptions, onMaxParamLength: () => undefined });
  private readonly paths = new Map<unknown, KnownPath>();

  /** `url` as fastify's routes have it. */
  add(url: string, path: KnownPath): void {
    const handler = (): void => undefined;
    this.paths.set(handler, path);
    this.router.on('GET', url, handler);
  }

  /** Undefined where there is none. Throws a Problem of 414 where a part of the URL is too long. */
  find(url: string): KnownPath | undefined {
    const found = this.router.find('GET', url);
    if (found === null) return undefined;
    const path = this.paths.get(found.handler);
    // Its handler is the router's own.
    if (path === undefined) throw urlTooLong();
    return path;
  }
}
