/** Cleans up after a run that could not do it itself: deletes every resource on the target whose name has the mark of that run. */
import { namedBy, type Endpoint } from '../leftovers/cleanup.js';
import { listOwn } from '../leftovers/own-resources.js';
import type { Client } from '../leftovers/creators.js';
import { isGone } from '../leftovers/ownership.js';
import { Session } from '../session/session.js';
import { inParallel } from '../concurrency/in-parallel.js';
import { preflight, readConfig } from '../provider/discover.js';
import { fetchFirstTokens } from './fetch-first-tokens.js';
import { openContext } from './open-context.js';
import { settingsOf, type RunOptions } from './run-options.js';

export interface Cleaned {
  /** URLs of the resources that were deleted. */
  readonly deleted: readonly string[];
  /** URLs of the resources that could not be deleted, and a note for each endpoint that could not be listed completely. */
  readonly left: readonly string[];
}

const endpoints = Object.keys(namedBy) as Endpoint[];

/** Answers to GET /Groups that mean that the run created no groups, because it creates them only if it can list them. */
const withoutGroups: readonly number[] = [403, 404, 501];

/** `run`: the id in every report, 8 hexadecimal digits. Rejects with Unreachable if there is no SCIM provider. */
export const cleanRun = async (options: RunOptions, run: string): Promise<Cleaned> => {
  const settings = settingsOf(options);
  const context = openContext(options, settings, run);
  const deleted = new Set<string>();
  const left = new Set<string>();
  try {
    await fetchFirstTokens(context);
    const meeting = new Session(context, undefined);
    const config = await meeting.attempt({ method: 'GET', url: '/ServiceProviderConfig', purpose: 'discover' });
    const users = await meeting.attempt({ method: 'GET', url: '/Users?count=1', purpose: 'probe' });
    preflight(config, users, context.facts);
    const session = new Session({ ...context, facts: readConfig(config, context.facts) }, undefined);
    const groups = await meeting.attempt({ method: 'GET', url: '/Groups?count=1', purpose: 'probe' });
    // Each client need not see what the other one created (RFC 7644 §6).
    const clients: Client[] = context.facts.secondCredential ? ['primary', 'second'] : ['primary'];
    const hasGroups = !withoutGroups.includes(groups.response?.status ?? 0);
    for (const endpoint of endpoints.filter((each) => each !== 'Groups' || hasGroups)) {
      for (const client of clients) {
        const found =
          (await listOwn(session, run, { endpoint, client })) ??
          (await listOwn(session, run, { endpoint, client, how: 'by reading all' }));
        if (found === undefined) left.add(`/${endpoint} could not be listed`);
        if (found?.isWhole === false) left.add(`/${endpoint} could not be listed to its end: there may be more`);
        const urls = (found?.urls ?? []).filter((url) => !deleted.has(url));
        await inParallel(urls, settings.concurrency, async (url) => {
          const exchange = await session.attempt({ method: 'DELETE', url, purpose: 'cleanup', credential: client });
          if (isGone(exchange)) {
            deleted.add(url);
            left.delete(url);
          } else left.add(url);
        });
      }
    }
  } finally {
    await context.transport.close();
  }
  return { deleted: [...deleted], left: [...left] };
};
