/**
 * Deletes what a run created on the target. The target holds real data, so only a resource that was seen with a name of
 * the run is deleted: candidates are read first, and names without a known URL are searched for.
 */
import { setMaxListeners } from 'node:events';
import type { Exchange } from '../../schemas/types.js';
import { inParallel } from '../concurrency/in-parallel.js';
import { Blocked } from '../errors/errors.js';
import type { CleanupClient, Patience } from './cleanup-client.js';
import type { Cleanup, Endpoint, UnderWay } from './cleanup.js';
import { isGone } from './ownership.js';
import { remainder } from './remainder.js';

export interface SweepOptions {
  readonly cleanup: Cleanup;
  readonly client: CleanupClient;
  /** How many resources are deleted at a time. */
  readonly width: number;
  readonly patience: Patience;
}

/** How long the sweep waits for all pending requests together: milliseconds, and a part of the time that is left. */
const awaitEnds = { longestMs: 20_000, part: 2 / 5 };

/** The result; undefined if the session throws Blocked, which means that the time for cleaning up is over. */
const undefinedIfBlocked = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Blocked) return undefined;
    throw error;
  }
};

/** A list, compared with what was known before it was read. */
interface Listed {
  readonly endpoint: Endpoint;
  readonly isWhole: boolean;
  /** Whether the list shows every resource that was seen at this endpoint before, and there was at least one. */
  readonly showsAllKnown: boolean;
  /** URLs that only an answer reports as created by the run. */
  readonly candidates: readonly string[];
}

class Sweep {
  private readonly leftovers = new Set<string>();
  /** Resources that may belong to somebody else, for the report. */
  private readonly maybeForeign = new Set<string>();
  /** URLs that could not be deleted or are not the run's: they are not tried again when a list shows them. */
  private readonly givenUp = new Set<string>();
  /** URLs that were part of a bulk request: if they are still there, each is deleted with its own request. */
  private readonly triedTogether = new Set<string>();
  /** Endpoints whose lists are known to be complete. */
  private readonly trusted = new Set<Endpoint>();

  constructor(private readonly order: SweepOptions) {}

  /** Deletes what the lists show or was seen before. What stays for whatever reason is the business of the end of the run. */
  async first(): Promise<void> {
    await this.list();
    await this.deleteOwn((url) => this.givenUp.add(url));
  }

  async run(): Promise<string[]> {
    await this.sweepKnown();
    await this.waitForEnds();
    // The pending requests may have created more, and faulty results may hide it: the lists are read again.
    await this.sweepKnown();
    await this.readAll();
    await this.searchNames();
    await this.deleteOwn();
    const left = await this.order.cleanup.inDoubt.left(
      (urls, work) => this.each(urls, work),
      (url) => undefinedIfBlocked(this.order.client.findOwner(url)),
    );
    return [...left, ...this.leftovers, ...remainder(this.order.cleanup), ...this.maybeForeign];
  }

  private each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    return inParallel(items, this.order.width, work, this.order.patience.signal);
  }

  private async sweepKnown(): Promise<void> {
    const lists = await this.list();
    await this.deleteOwn();
    await this.lookAtCandidates();
    lists.forEach((listed) => this.trust(listed));
    await this.deleteOwn();
  }

  /** Reads the lists, and adds the resources that they show. */
  private async list(): Promise<Listed[]> {
    const { cleanup, client, patience } = this.order;
    const lists: Listed[] = [];
    for (const endpoint of cleanup.endpoints()) {
      const { own, candidates } = cleanup.remaining();
      const known = [...own, ...candidates].filter((url) => url.includes(`/${endpoint}/`));
      const listing = patience.signal.aborted
        ? 'too late'
        : await undefinedIfBlocked(client.findRest(endpoint).then((found) => found ?? 'not offered'));
      if (listing === 'not offered') continue;
      if (listing === undefined || listing === 'too late') {
        this.leftovers.add(`/${endpoint} could not be listed: the time to clean up was over`);
        continue;
      }
      if (!listing.isWhole) this.leftovers.add(`/${endpoint} could not be listed to its end`);
      const shown = new Set(listing.urls);
      this.addFound(shown);
      const existing = known.filter((url) => cleanup.isOwn(url));
      lists.push({
        endpoint,
        isWhole: listing.isWhole,
        showsAllKnown: existing.length > 0 && existing.every((url) => shown.has(url)),
        candidates: known.filter((url) => !cleanup.isOwn(url)),
      });
    }
    return lists;
  }

  /** Decides whether a list is complete, now that it is known which candidates belong to the run. */
  private trust({ endpoint, isWhole, showsAllKnown, candidates }: Listed): void {
    const { cleanup } = this.order;
    if (!isWhole) return;
    if (showsAllKnown && !candidates.some((url) => cleanup.isOwn(url))) this.trusted.add(endpoint);
    // A name that a complete list does not show does not exist, so that it needs no search.
    if (this.trusted.has(endpoint)) cleanup.forget(endpoint);
  }

  private addFound(urls: Iterable<string>): void {
    for (const url of urls) {
      this.order.cleanup.inDoubt.shownAgain(url);
      if (!this.givenUp.has(url)) this.order.cleanup.add(url);
    }
  }

  private async lookAtCandidates(): Promise<void> {
    const { cleanup, client } = this.order;
    await this.each(cleanup.remaining().candidates, async (url) => {
      const sighting = await undefinedIfBlocked(client.findOwner(url));
      if (sighting === undefined) return;
      if (sighting.owner === 'this run') {
        cleanup.showed(url, sighting.name);
        return;
      }
      this.givenUp.add(url);
      cleanup.refuted(url);
      if (sighting.owner === 'other')
        this.maybeForeign.add(`${url} (said to be of this run, and does not bear its name: it was not touched)`);
      if (sighting.owner === 'unknown')
        this.maybeForeign.add(
          `${url} (said to be of this run; it could not be read, and so was not deleted: ${sighting.why})`,
        );
    });
  }

  private async deleteOwn(onRefused = (url: string, exchange: Exchange) => this.giveUp(url, exchange)): Promise<void> {
    const { cleanup, client } = this.order;
    if (client.together !== undefined) await this.deleteTogether(client.together);
    await this.each(cleanup.remaining().own, async (url) => {
      const exchange = await undefinedIfBlocked(client.delete(url));
      if (exchange === undefined) return;
      if (!isGone(exchange)) {
        onRefused(url, exchange);
        return;
      }
      cleanup.inDoubt.note(url, exchange);
      cleanup.deleted(url);
    });
  }

  private giveUp(url: string, exchange: Exchange): void {
    const { cleanup } = this.order;
    cleanup.inDoubt.note(url, exchange);
    this.givenUp.add(url);
    cleanup.deleted(url);
  }

  private async deleteTogether(together: NonNullable<CleanupClient['together']>): Promise<void> {
    const { cleanup } = this.order;
    const { most } = together;
    const urls = cleanup.remaining().own.filter((url) => !this.triedTogether.has(url));
    const groups = Array.from({ length: Math.ceil(urls.length / most) }, (_, place) =>
      urls.slice(place * most, (place + 1) * most),
    );
    await this.each(groups, async (group) => {
      if (group.length < 2) return;
      group.forEach((url) => this.triedTogether.add(url));
      const gone = await undefinedIfBlocked(together.delete(group));
      gone?.forEach((url) => {
        cleanup.inDoubt.noteTogether(url);
        cleanup.deleted(url);
      });
    });
  }

  private async waitForEnds(): Promise<void> {
    const { cleanup, client, width, patience } = this.order;
    const deadline = patience.clock.deadline(Math.min(awaitEnds.longestMs, patience.left() * awaitEnds.part));
    const ends = AbortSignal.any([patience.signal, deadline.signal]);
    // Every wait and every exchange adds a listener, which would cause Node's warning.
    setMaxListeners(0, ends);
    const open = new Set(cleanup.underWay());
    const wait = async (request: UnderWay): Promise<void> => {
      if ((await undefinedIfBlocked(client.awaitEnd(request, ends))) === false) open.delete(request);
      cleanup.settled(request);
    };
    await inParallel([...open], width, wait, ends).finally(() => deadline.cancel());
    if (open.size > 0)
      this.leftovers.add(
        `asynchronous requests that had not ended: ${open.size} (what they may create yet is not deleted)`,
      );
    cleanup.underWay().forEach((request) => cleanup.settled(request));
  }

  /** Reads one list for all names, if a search for each name would have to read the same list again. */
  private async readAll(): Promise<void> {
    const { cleanup, client, patience } = this.order;
    for (const endpoint of new Set(cleanup.unfound().map(([, at]) => at))) {
      const all = patience.signal.aborted ? undefined : await undefinedIfBlocked(client.readAll(endpoint));
      if (all === undefined) continue;
      this.addFound(all.urls);
      if (all.isWhole) cleanup.forget(endpoint);
      else for (const [name, at] of cleanup.unfound()) if (at === endpoint) this.leave(name, endpoint);
    }
  }

  private async searchNames(): Promise<void> {
    const { cleanup, client } = this.order;
    await this.each(cleanup.unfound(), async ([name, endpoint]) => {
      const found = await undefinedIfBlocked(client.find(endpoint, name));
      if (found === undefined) this.leave(name, endpoint);
      found?.forEach((url) => cleanup.add(url));
      cleanup.forgetName(name);
    });
  }

  /** Reports a name whose existence cannot be checked. */
  private leave(name: string, endpoint: Endpoint): void {
    this.leftovers.add(`${endpoint}: ${name} may exist (the target could not be asked)`);
    this.order.cleanup.forgetName(name);
  }
}

/** Deletes what is left. Returns what could not be deleted or checked; what may belong to somebody else comes last. */
export const sweep = (order: SweepOptions): Promise<string[]> => new Sweep(order).run();

/** Deletes, in the middle of a run, what it does not need any more. */
export const sweepEarly = (order: SweepOptions): Promise<void> => new Sweep(order).first();
