/** Finds the first read of each resource that no legal order of the writes explains, and names the cause. */
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';
import type { TraceView } from '../trace-view.js';
import { diagnose, isExplained, misreportedAlone, type Diagnosis } from './explain.js';
import { historyOf, type Read, type Write } from './history.js';

export interface Anomaly {
  readonly kind: Exclude<Diagnosis, 'explained'> | 'foreign';
  readonly resource: string;
  /** The first read that is not explained. */
  readonly read: Read;
  /** The write that it contradicts, if one can be named. */
  readonly write: Write | undefined;
  /** All writes to the resource that began before the end of that read. */
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
 * Whether a read does not find a resource while it is replaced or patched, although a later read finds it and it was
 * neither deleted nor created in that time: the read saw the middle of a write (LIFE-08).
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

/** Whether a read shows one whole state; LIFE-08 judges the others. */
const isWhole = (story: Story, read: Read): boolean => read.words.length <= 1 && !isGoneForAMoment([story], read);

/** The write that a read contradicts: if possible the one whose wrong report alone explains the reads. */
const culprit = (kind: Anomaly['kind'], story: Story, read: Read): Write | undefined => {
  const { writes } = story;
  const ofWord = writes.find(({ word }) => word !== undefined && word === read.words[0]);
  const likely = lastBefore(writes, read) ?? ofWord;
  // The cause is unknown; name an asynchronous write if one of the two is asynchronous.
  if (kind === 'unexplained') return [likely, ofWord].find((write) => write?.submission !== undefined) ?? likely;
  if (kind === 'foreign') return likely;
  if (kind === 'disordered')
    return writes.filter(({ index, start }) => index > 0 && start <= read.end).at(-1) ?? ofWord;
  const whole = story.reads.filter((each) => isWhole(story, each));
  const misreported = misreportedAlone(kind, writes, whole).sort((a, b) => a.end - b.end);
  const found = misreported.find((write) => write === likely) ?? misreported.at(-1);
  if (found !== undefined) return found;
  return kind === 'failure-applied' ? writes.find(({ outcome }) => outcome === 'failure') : likely;
};

/** The first read that shows a word that was written to another resource, or that belongs to another create. */
const firstForeign = (trace: TraceView, story: Story): Pick<Anomaly, 'kind' | 'read' | 'write'> | undefined => {
  for (const read of story.reads) {
    const [word] = read.words;
    if (word === undefined || !isWhole(story, read) || story.writes.some((write) => write.word === word)) continue;
    const other = historyOf(trace).writes.find((write) => write.word === word);
    // If the resource of the write is unknown, it may be this one.
    const isKnown = other !== undefined && (other.resource !== undefined || other.outcome === 'failure');
    if (isKnown) return { kind: other.outcome === 'failure' ? 'failure-applied' : 'foreign', read, write: other };
  }
  return undefined;
};

/** The first read that the writes do not explain together with the reads before it. */
const firstUnexplained = (story: Story): Pick<Anomaly, 'kind' | 'read' | 'write'> | undefined => {
  const reads = story.reads.filter((read) => isWhole(story, read));
  // All reads are needed, because later ones show whether an effect was late or lost.
  const kind = diagnose(story.writes, reads);
  if (kind === 'explained') return undefined;
  // Binary search: if an order explains the first n reads, it also explains fewer of them.
  let [explained, unexplained] = [0, reads.length];
  while (unexplained - explained > 1) {
    const middle = Math.floor((explained + unexplained) / 2);
    if (isExplained(story.writes, reads.slice(0, middle))) explained = middle;
    else unexplained = middle;
  }
  const read = reads[unexplained - 1];
  return read === undefined ? undefined : { kind, read, write: culprit(kind, story, read) };
};

const anomalyOf = (trace: TraceView, story: Story): Anomaly | undefined => {
  const [foreign, unexplained] = [firstForeign(trace, story), firstUnexplained(story)];
  const isFirst = foreign !== undefined && foreign.read.start <= (unexplained?.read.start ?? Infinity);
  const first = isFirst ? foreign : unexplained;
  if (first === undefined) return undefined;
  const writes = story.writes.filter(({ start }) => start < first.read.end);
  return { ...first, resource: story.resource, writes };
};

const found = new WeakMap<TraceView, readonly Anomaly[]>();

export const anomaliesOf = (trace: TraceView): readonly Anomaly[] => {
  const known = found.get(trace);
  if (known !== undefined) return known;
  const anomalies = storiesOf(trace).flatMap((story) => anomalyOf(trace, story) ?? []);
  found.set(trace, anomalies);
  return anomalies;
};

/** All writes that create or name a resource with one name, and the searches for this name. */
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
