/**
 * Takes away again what a run created on the target, which is somebody's, and real: deleted is only what was seen to
 * bear a name of the run. What is only said to be its own is read before, and what has no known URL is searched for.
 */
import { setMaxListeners } from 'node:events';
import type { Clock, Deadline } from '../client/clock.js';
import { inParallel } from '../concurrency/in-parallel.js';
import type { Exchange } from '../../schemas/types.js';
import type { Cleanup, Endpoint, UnderWay } from './cleanup.js';
import { isGone, type Sighting } from './ownership.js';
import { Blocked } from '../errors/errors.js';

/** What bears the mark of a run at an endpoint. */
export interface Listing {
  readonly urls: readonly string[];
  /** Whether the list was read to its end. */
  readonly isWhole: boolean;
}

/** Every one of them may throw Blocked. */
export interface CleanupClient {
  /** DELETE of an absolute URL with the first credential; obeys throttling. */
  delete(url: string): Promise<Exchange>;
  /** Deletes several in one request; absent where that is not to be tried. */
  readonly together?: {
    /** Two or more. */
    readonly most: number;
    /** Absolute URLs; returns those that are said to be gone. */
    delete(urls: readonly string[]): Promise<readonly string[]>;
  };
  /** Reads what is at a URL. */
  whose(url: string): Promise<Sighting>;
  /** Finds resources by exact name; URLs. Undefined where the target cannot be asked. */
  find(endpoint: Endpoint, name: string): Promise<readonly string[] | undefined>;
  /** Finds whatever else of the run is left. Undefined where the target cannot be asked that. */
  findRest(endpoint: Endpoint): Promise<Listing | undefined>;
  /** Reads all that there is, where nothing can be searched for; undefined where it can. */
  readAll(endpoint: Endpoint): Promise<Listing | undefined>;
  /** Waits a little for an asynchronous request to end; whether it is known to be under way still. */
  awaitEnd(request: UnderWay, signal: AbortSignal): Promise<boolean>;
}

/** How long cleaning up may take. */
export interface Patience extends Pick<Deadline, 'signal' | 'left'> {
  readonly clock: Clock;
}

/** For requests that are under way: milliseconds at most, all together, and the part of the patience that is left. */
const awaitEnds = { longestMs: 10_000, part: 1 / 3 };

/** What may not be asked any more, because the time is over, has no answer. */
const unlessBlocked = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Blocked) return undefined;
    throw error;
  }
};

/** What nobody came to before the time was over or something failed. */
export const remainder = (cleanup: Cleanup): string[] => {
  const { own, candidates } = cleanup.remaining();
  return [
    ...own,
    ...cleanup.unfound().map(([name, endpoint]) => `${endpoint}: ${name} may exist`),
    ...candidates.map((url) => `${url} (said to be of this run; it was not looked at, and so not deleted)`),
  ];
};

/**
 * Deletes what is left, `width` at a time, while there is patience. Returns the URLs and names that could not be
 * deleted or of which nothing could be learnt, what may be somebody else's last.
 */
export const sweep = async (
  cleanup: Cleanup,
  client: CleanupClient,
  width: number,
  patience: Patience,
): Promise<string[]> => {
  const { signal, clock } = patience;
  const leftovers = new Set<string>();
  const strangers = new Set<string>();
  const given = new Set<string>();
  /** What is there after it was deleted together with others is deleted by itself. */
  const tried = new Set<string>();
  const believed = new Set<Endpoint>();

  const each = <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> =>
    inParallel(items, width, work, signal);

  /** Adds what is listed; what is returned says, when the candidates were looked at, what the lists are worth. */
  const list = async (): Promise<(() => void)[]> => {
    const believe: (() => void)[] = [];
    for (const endpoint of cleanup.endpoints()) {
      const { own, candidates } = cleanup.remaining();
      const known = [...own, ...candidates].filter((url) => url.includes(`/${endpoint}/`));
      const listing = signal.aborted
        ? 'blocked'
        : await unlessBlocked(client.findRest(endpoint).then((it) => it ?? 'no'));
      if (listing === 'no') continue;
      if (listing === undefined || listing === 'blocked') {
        leftovers.add(`/${endpoint} could not be listed: the time to clean up was over`);
        continue;
      }
      if (!listing.isWhole) leftovers.add(`/${endpoint} could not be listed to its end`);
      const shown = new Set(listing.urls);
      for (const url of shown) if (!given.has(url)) cleanup.add(url);
      const existing = known.filter((url) => cleanup.isOwn(url));
      const doubtful = known.filter((url) => !cleanup.isOwn(url));
      const showsAll = existing.length > 0 && existing.every((url) => shown.has(url));
      believe.push(() => {
        // A list that shows all that is known to exist is believed about the names of which nothing is known.
        if (showsAll && listing.isWhole && !doubtful.some((url) => cleanup.isOwn(url))) believed.add(endpoint);
        if (believed.has(endpoint) && listing.isWhole) cleanup.forget(endpoint);
      });
    }
    return believe;
  };

  const lookAtCandidates = (): Promise<void> =>
    each(cleanup.remaining().candidates, async (url) => {
      const sighting = await unlessBlocked(client.whose(url));
      if (sighting === undefined) return;
      if (sighting.whose === 'ours') {
        cleanup.showed(url, sighting.name);
        return;
      }
      given.add(url);
      cleanup.refuted(url);
      if (sighting.whose === 'foreign')
        strangers.add(`${url} (said to be of this run, and does not bear its name: it was not touched)`);
      if (sighting.whose === 'unknown')
        strangers.add(`${url} (said to be of this run; it could not be read, and so was not deleted: ${sighting.why})`);
    });

  const deleteTogether = async (together: NonNullable<CleanupClient['together']>): Promise<void> => {
    const { most } = together;
    const urls = cleanup.remaining().own.filter((url) => !tried.has(url));
    const groups = Array.from({ length: Math.ceil(urls.length / most) }, (_, place) =>
      urls.slice(place * most, (place + 1) * most),
    );
    await each(groups, async (group) => {
      if (group.length < 2) return;
      group.forEach((url) => tried.add(url));
      const gone = await unlessBlocked(together.delete(group));
      gone?.forEach((url) => cleanup.deleted(url));
    });
  };

  const deleteOwn = async (): Promise<void> => {
    if (client.together !== undefined) await deleteTogether(client.together);
    await each(cleanup.remaining().own, async (url) => {
      const exchange = await unlessBlocked(client.delete(url));
      if (exchange === undefined) return;
      if (!isGone(exchange)) {
        leftovers.add(url);
        given.add(url);
      }
      cleanup.deleted(url);
    });
  };

  const sweepKnown = async (): Promise<void> => {
    const believe = await list();
    await deleteOwn();
    await lookAtCandidates();
    believe.forEach((decide) => decide());
    await deleteOwn();
  };

  const mayExist = (name: string, endpoint: Endpoint): void => {
    leftovers.add(`${endpoint}: ${name} may exist (the target could not be asked)`);
    cleanup.forgetName(name);
  };

  /** One list for all names, where each of them would have to be looked for in the same. */
  const readAll = async (): Promise<void> => {
    for (const endpoint of new Set(cleanup.unfound().map(([, at]) => at))) {
      const all = signal.aborted ? undefined : await unlessBlocked(client.readAll(endpoint));
      if (all === undefined) continue;
      for (const url of all.urls) if (!given.has(url)) cleanup.add(url);
      if (all.isWhole) cleanup.forget(endpoint);
      else for (const [name, at] of cleanup.unfound()) if (at === endpoint) mayExist(name, endpoint);
    }
  };

  const searchNames = (): Promise<void> =>
    each(cleanup.unfound(), async ([name, endpoint]) => {
      const found = await unlessBlocked(client.find(endpoint, name));
      if (found === undefined) mayExist(name, endpoint);
      found?.forEach((url) => cleanup.add(url));
      cleanup.forgetName(name);
    });

  const waitForEnds = async (): Promise<void> => {
    const most = Math.min(awaitEnds.longestMs, patience.left() * awaitEnds.part);
    const deadline = clock.deadline(most);
    const ends = AbortSignal.any([signal, deadline.signal]);
    // Every wait and every exchange listens to it.
    setMaxListeners(0, ends);
    const open = new Set(cleanup.underWay());
    await inParallel(
      [...open],
      width,
      async (request) => {
        if ((await unlessBlocked(client.awaitEnd(request, ends))) === false) open.delete(request);
        cleanup.settled(request);
      },
      ends,
    ).finally(() => deadline.cancel());
    if (open.size > 0)
      leftovers.add(`asynchronous requests that had not ended: ${open.size} (what they may create yet is not deleted)`);
    cleanup.underWay().forEach((request) => cleanup.settled(request));
  };

  await sweepKnown();
  await waitForEnds();
  // A provider that confuses results hides what it created: nothing with the run's mark may stay.
  await sweepKnown();
  await readAll();
  await searchNames();
  await deleteOwn();
  return [...leftovers, ...remainder(cleanup), ...strangers];
};
