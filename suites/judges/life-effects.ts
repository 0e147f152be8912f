/** LIFE-04, 05, 06, 08 and BULK-07: what operations did to the resources, judged as a history. */
import {
  anomaliesOf,
  creationsOf,
  isGoneForAMoment,
  storiesOf,
  type Anomaly,
  type Creation,
} from '../history/anomalies.js';
import { historyOf, type Write } from '../history/history.js';
import type { Exchange } from '../../schemas/types.js';
import type { Answered } from '../trace/trace.js';
import { countFound } from '../trace/searches.js';
import type { TraceView } from '../trace/trace-view.js';
import { judgeEach, together, type Finding, type Judge } from './judge.js';

const shown = ({ read }: Anomaly): string =>
  read.present ? `it shows ${read.words[0] ?? 'something else'}` : 'it is answered 404';

const written = (write: Write | undefined): string => {
  if (write === undefined) return 'what was written';
  return write.word === undefined ? `the effect of ${write.method}` : `«${write.word}», as ${write.method} wrote`;
};

/** The exchanges of an anomaly: what asked for the write, the poll that showed it completed, and the read. */
const evidence = ({ write, read }: Anomaly): Exchange[] => [
  ...(write === undefined ? [] : [write.asked]),
  ...(write?.done === undefined ? [] : [write.done]),
  read.exchange,
];

/** The anomalies of these kinds that are about asynchronous writes: what a synchronous one does wrong is CORE-03's. */
const anomalies = (trace: TraceView, kinds: readonly Anomaly['kind'][]): Anomaly[] =>
  anomaliesOf(trace).filter(
    ({ kind, write, writes }) =>
      kinds.includes(kind) && (write === undefined ? writes.some(isAsynchronous) : write.submission !== undefined),
  );

const isAsynchronous = ({ submission }: Write): boolean => submission?.accepted === true;

const creates = (creation: Creation, outcome: Write['outcome']): Write[] =>
  creation.writes.filter((write) => write.method === 'POST' && write.outcome === outcome);

/** Whether something of this name may have been deleted: what is not found then says nothing. */
const mayBeDeleted = (trace: TraceView, creation: Creation): boolean =>
  historyOf(trace).writes.some(
    ({ method, resource, outcome }) =>
      method === 'DELETE' && outcome !== 'failure' && creation.writes.some((write) => write.resource === resource),
  );

/** Once completed is seen, the effect of every successful operation is readable. */
export const life04: Judge = (trace) => {
  const effects = storiesOf(trace).flatMap(({ writes, reads }) =>
    writes
      .filter((write) => isAsynchronous(write) && write.outcome === 'success')
      .filter((write) => reads.some(({ start }) => start >= write.end)),
  );
  return together(
    {
      exercised: effects.length,
      findings: anomalies(trace, ['late']).map((anomaly): Finding => ({
        expected: `${written(anomaly.write)}, in a read after its completion was seen`,
        actual: `${shown(anomaly)}; it came later`,
        exchanges: evidence(anomaly),
      })),
    },
    judgeEach(
      creationsOf(trace).filter((creation) => creates(creation, 'success').some(isAsynchronous)),
      (creation) => {
        const [write] = creates(creation, 'success');
        const after = creation.searches.filter(({ exchange }) => write !== undefined && exchange.at >= write.end);
        const [first] = after;
        if (write === undefined || first === undefined || first.count > 0) return undefined;
        return after.some(({ count }) => count > 0)
          ? {
              expected: `${creation.name} to be found once its creation is completed`,
              actual: 'it was found only later',
              exchanges: [write.asked, ...(write.done === undefined ? [] : [write.done]), first.exchange],
            }
          : undefined;
      },
    ),
  );
};

/** A failed operation has no effect. */
export const life05: Judge = (trace) => {
  const { writes } = historyOf(trace);
  const failures = writes.filter(({ outcome, submission }) => outcome === 'failure' && submission !== undefined);
  const found = anomalies(trace, ['failure-applied']).map((anomaly): Finding => ({
    expected: `no effect of the ${anomaly.write?.method ?? 'operation'} that failed with ${anomaly.write?.status ?? 'an error'}`,
    actual: `${shown(anomaly)} afterwards`,
    exchanges: evidence(anomaly),
  }));
  return together(
    judgeEach(trace.variant('after the failure', 'create'), (exchange): Finding | undefined => {
      const asked = failures.find(({ name }) => name === exchange.subject);
      const search = trace
        .answered('search')
        .findLast(({ subject, n }) => subject === exchange.subject && n < exchange.n);
      return exchange.response.status === 409 && asked !== undefined && search !== undefined && countFound(search) === 0
        ? {
            expected: `the name of a ${asked.method} that failed with ${asked.status ?? 'an error'} to be free`,
            actual: 'it is taken, though nobody has it',
            exchanges: [asked.asked, search, exchange],
          }
        : undefined;
    }),
    { exercised: failures.length, findings: found },
    judgeEach(creationsOf(trace), (creation): Finding | undefined => {
      const write = creation.writes.find(
        ({ outcome, submission }) => outcome === 'failure' && submission !== undefined,
      );
      if (write === undefined) return undefined;
      const search = creation.searches.find(({ count, exchange }) => count > 0 && exchange.at >= write.end);
      const others = creation.writes.filter(
        ({ outcome, start }) => outcome !== 'failure' && start <= (search?.exchange.at ?? Infinity),
      );
      return search === undefined || others.length > 0
        ? undefined
        : {
            expected: `nothing of ${creation.name}, whose ${write.method} failed with ${write.status ?? 'an error'}`,
            actual: 'it exists',
            exchanges: [write.asked, ...(write.done === undefined ? [] : [write.done]), search.exchange],
          };
    }),
  );
};

const howOften = (creation: Creation, lastSearch: { exchange: Answered; count: number }): Finding | undefined => {
  const made = creates(creation, 'success');
  const [write] = made;
  if (write === undefined) return undefined;
  const exchanges = [write.asked, ...(write.done === undefined ? [] : [write.done]), lastSearch.exchange];
  const expected = `one resource named ${creation.name}`;
  if (lastSearch.count > made.length) return { expected, actual: `${lastSearch.count} are found`, exchanges };
  return lastSearch.count === 0
    ? { expected, actual: 'none is found, though its creation is reported as done', exchanges }
    : undefined;
};

/** An accepted operation is applied exactly once: not lost, not twice, and in some order that explains every read. */
export const life06: Judge = (trace) => {
  const stories = storiesOf(trace).filter(({ writes }) => writes.some(isAsynchronous));
  const expectations: Partial<Record<Anomaly['kind'], string>> = {
    lost: 'to be applied',
    twice: 'to be applied once',
    unexplained: 'and all other writes to be applied once each, in some order',
  };
  return together(
    {
      exercised: stories.length,
      findings: anomalies(trace, ['lost', 'twice', 'unexplained']).map((anomaly): Finding => ({
        expected: `${written(anomaly.write)}, ${expectations[anomaly.kind] ?? ''}`,
        actual: shown(anomaly),
        exchanges: evidence(anomaly),
      })),
    },
    judgeEach(
      creationsOf(trace)
        .filter((creation) => creates(creation, 'success').some(isAsynchronous) && !mayBeDeleted(trace, creation))
        .flatMap((creation) => {
          const after = creation.searches.filter(({ exchange }) =>
            creation.writes.every(({ end }) => end <= exchange.at),
          );
          const lastSearch = after.at(-1);
          return lastSearch === undefined ? [] : [{ creation, lastSearch }];
        }),
      ({ creation, lastSearch }) => howOften(creation, lastSearch),
    ),
  );
};

/** A word of another request's write on this resource: operations have disturbed each other (LIFE-07). */
export const foreignWords: Judge = (trace) => {
  const stories = storiesOf(trace).filter(({ writes }) => writes.some(isAsynchronous));
  return {
    exercised: stories.length,
    findings: anomalies(trace, ['foreign']).map((anomaly): Finding => ({
      expected: 'what was written to this resource',
      actual: `it shows «${anomaly.read.words[0] ?? ''}», which was written to another one`,
      exchanges: evidence(anomaly),
    })),
  };
};

/** A read while processing sees the resource before or after the operation, never half of it. */
export const life08: Judge = (trace) => {
  const { writes, reads } = historyOf(trace);
  const during = reads.filter(
    ({ resource, start, end, words, present }) =>
      (words.length > 0 || !present) &&
      writes.some((write) => write.resource === resource && write.start <= end && write.end >= start),
  );
  return judgeEach(during, (read): Finding | undefined => {
    const { words, exchange, resource, start, end } = read;
    const isGone = isGoneForAMoment(storiesOf(trace), read);
    if (words.length <= 1 && !isGone) return undefined;
    const writing = writes.find(
      (write) =>
        write.resource === resource &&
        (isGone || words.includes(write.word ?? '')) &&
        write.start <= end &&
        write.end >= start,
    );
    if (isGone) {
      return {
        expected: 'a user that is replaced or patched to be there all the time',
        actual: 'it is answered 404 in between',
        exchanges: [...(writing === undefined ? [] : [writing.asked]), exchange],
      };
    }
    return {
      expected: 'the user as it was before a write or as it is after it',
      actual: `its names are of different writes: ${words.join(', ')}`,
      exchanges: [...(writing === undefined ? [] : [writing.asked]), exchange],
    };
  });
};

/** Operations on one resource within a bulk take effect in the request's order. */
export const bulk07: Judge = (trace) => {
  const stories = storiesOf(trace).filter(({ writes }) =>
    writes.some((write) => write.index > 0 && writes.some(({ submission }) => submission === write.submission)),
  );
  return {
    exercised: stories.length,
    findings: anomalies(trace, ['disordered']).map((anomaly): Finding => ({
      expected: `${written(anomaly.writes.filter(({ outcome, index }) => outcome === 'success' && index > 0).at(-1))}, the last operation on it`,
      actual: shown(anomaly),
      exchanges: evidence(anomaly),
    })),
  };
};
