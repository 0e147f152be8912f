/** LIFE-04, 05, 06, 08 and BULK-07: what operations did to the resources, judged as a history. */
import type { Exchange } from '../../../schemas/types.js';
import { anomaliesOf, type Anomaly, type Creation, storiesOf } from './anomalies.js';
import type { Write } from './history.js';
import type { Judge } from '../judge.js';
import type { TraceView } from '../trace-view.js';

export const shown = ({ read }: Anomaly): string =>
  read.present ? `it shows ${read.words[0] ?? 'something else'}` : 'it is answered 404';

export const written = (write: Write | undefined): string => {
  if (write === undefined) return 'what was written';
  return write.word === undefined ? `the effect of ${write.method}` : `«${write.word}», as ${write.method} wrote`;
};

/** The exchanges of an anomaly: what asked for the write, the poll that showed it completed, and the read. */
export const evidence = ({ write, read }: Anomaly): Exchange[] => [
  ...(write === undefined ? [] : [write.asked]),
  ...(write?.done === undefined ? [] : [write.done]),
  read.exchange,
];

/** The anomalies of these kinds that are about asynchronous writes: what a synchronous one does wrong is CORE-03's. */
export const anomalies = (trace: TraceView, kinds: readonly Exclude<Anomaly['kind'], 'foreign'>[]): Anomaly[] =>
  anomaliesOf(trace).filter(
    ({ kind, write, writes }) =>
      kinds.some((each) => each === kind) &&
      (write === undefined ? writes.some(isAsynchronous) : write.submission !== undefined),
  );

export const isAsynchronous = ({ submission }: Write): boolean => submission?.accepted === true;

export const creates = (creation: Creation, outcome: Write['outcome']): Write[] =>
  creation.writes.filter((write) => write.method === 'POST' && write.outcome === outcome);

/**
 * A word of another request's write on this resource: operations have disturbed each other (LIFE-07). It may be that of
 * a synchronous write, where the resource itself was written asynchronously.
 */
export const foreignWords: Judge<'word-of-another-request'> = (trace) => {
  const isOfAsynchronous = ({ writes }: { readonly writes: readonly Write[] }): boolean => writes.some(isAsynchronous);
  const found = anomaliesOf(trace).filter(
    (anomaly) => anomaly.kind === 'foreign' && (anomaly.write?.submission !== undefined || isOfAsynchronous(anomaly)),
  );
  return {
    exercised: storiesOf(trace).filter(isOfAsynchronous).length,
    findings: found.map((anomaly) => ({
      code: 'word-of-another-request' as const,
      expected: 'what was written to this resource',
      actual: `it shows «${anomaly.read.words[0] ?? ''}», which was written to another one`,
      exchanges: evidence(anomaly),
    })),
  };
};
