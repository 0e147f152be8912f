/** Finds what is wrong in a history: for each resource the first read that no legal order explains, and why. */
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';
import type { TraceView } from '../trace-view.js';
import { diagnose, type Diagnosis } from './explain.js';
import { historyOf, type Read, type Write } from './history.js';

export interface Anomaly {
  readonly kind: Exclude<Diagnosis, 'explained'> | 'foreign';
  readonly resource: string;
  /** The first read that is not explained. */
  readonly read: Read;
  /** The write that it contradicts, as far as that can be said. */
  readonly write: Write | undefined;
  /** Whatever else was written to the resource before that read. */
  readonly writes: readonly Write[];
}

export interface Story {
  readonly resource: string;
  readonly writes: readonly Write[];
  readonly reads: readonly Read[];
}

/** The history of each resource that was written and read. */
export const storiesOf = (trace: TraceView): Story[] => {
  const { writes, reads } = historyOf(trace);
  const resources = [...new Set(reads.map(({ resource }) => resource))];
  return resources
    .map((resource) => ({
      resource,
      writes: writes.filter((write) => write.resource === resource),
      reads: reads.filter((read) => read.resource === resource).sort((a, b) => a.start - b.start),
    }))
    .filter((story) => story.writes.length > 0);
};

/**
 * Whether a read misses a resource while it is replaced or patched, that is there afterwards, and that nobody asked to
 * delete or to create meanwhile: it saw the middle of a write (LIFE-08).
 */
export const isGoneForAMoment = (stories: readonly Story[], read: Read): boolean => {
  if (read.present) return false;
  const story = stories.find(({ resource }) => resource === read.resource);
  return (
    story !== undefined &&
    story.writes.every(({ method, end }) => method !== 'DELETE' && (method !== 'POST' || end <= read.start)) &&
    story.writes.some(({ method, start, end }) => method !== 'POST' && start <= read.end && end >= read.start) &&
    story.reads.some((later) => later.present && later.start >= read.end)
  );
};

/** The successful write that ended last before a read began. */
const lastBefore = (writes: readonly Write[], { start }: Read): Write | undefined =>
  writes
    .filter(({ outcome, end }) => outcome === 'success' && end <= start)
    .sort((a, b) => a.end - b.end)
    .at(-1);

const culprit = (kind: Anomaly['kind'], story: Story, read: Read): Write | undefined => {
  const [word] = read.words;
  const ofWord = story.writes.find((write) => word !== undefined && write.word === word);
  switch (kind) {
    case 'failure-applied':
      return ofWord?.outcome === 'failure'
        ? ofWord
        : story.writes.find(({ outcome, method }) => outcome === 'failure' && (method === 'DELETE') === !read.present);
    case 'twice':
      return ofWord;
    case 'disordered':
      return story.writes.filter(({ index, start }) => index > 0 && start <= read.end).at(-1) ?? ofWord;
    default:
      return lastBefore(story.writes, read) ?? ofWord;
  }
};

const anomalyOf = (trace: TraceView, story: Story): Anomaly | undefined => {
  const all = historyOf(trace).writes;
  // Half of a write is LIFE-08's; what such a read shows says nothing more.
  const isWhole = (read: Read): boolean => read.words.length <= 1 && !isGoneForAMoment([story], read);
  const whole = story.reads.filter(isWhole);
  const kind = diagnose(story.writes, whole);
  for (const [index, read] of story.reads.entries()) {
    const anomaly = (kind: Anomaly['kind'], write = culprit(kind, story, read)): Anomaly => ({
      kind,
      resource: story.resource,
      read,
      write,
      writes: story.writes.filter(({ start }) => start < read.end),
    });
    const [word] = read.words;
    const own = story.writes.some((write) => write.word === word);
    if (!isWhole(read)) continue;
    if (word !== undefined && !own) {
      const other = all.find((write) => write.word === word);
      if (other !== undefined) return anomaly(other.outcome === 'failure' ? 'failure-applied' : 'foreign', other);
    }
    const until = story.reads.slice(0, index + 1).filter(isWhole);
    // What explains all reads explains the first of them.
    if (kind === 'explained' || diagnose(story.writes, until) === 'explained') continue;
    // What comes later tells whether an effect was late or lost.
    return anomaly(kind);
  }
  return undefined;
};

const found = new WeakMap<TraceView, readonly Anomaly[]>();

export const anomaliesOf = (trace: TraceView): readonly Anomaly[] => {
  const known = found.get(trace);
  if (known !== undefined) return known;
  const anomalies = storiesOf(trace).flatMap((story) => anomalyOf(trace, story) ?? []);
  found.set(trace, anomalies);
  return anomalies;
};

/** What was asked to be created under one name, and what searches for it found. */
export interface Creation {
  readonly name: string;
  readonly writes: readonly Write[];
  readonly searches: readonly { readonly exchange: Answered; readonly count: number }[];
}

export const creationsOf = (trace: TraceView): Creation[] => {
  const creates = historyOf(trace).writes.filter(({ method, name }) => method !== 'PATCH' && name !== undefined);
  const names = [...new Set(creates.map(({ name }) => name ?? ''))];
  return names.map((name) => ({
    name,
    writes: creates.filter((write) => write.name === name),
    searches: trace
      .answered('search')
      .filter(({ subject, response }) => subject === name && response.status === 200)
      .flatMap((exchange) => {
        const count = countFound(exchange);
        return count === undefined ? [] : [{ exchange, count }];
      }),
  }));
};
