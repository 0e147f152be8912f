/** LIFE-04, 05, 06, 07 and BULK-07 judge the effects of operations by a history, and share these functions. */
import type { Exchange } from '../../../schemas/types.js';
import { anomaliesOf, type Anomaly, type Creation, storiesOf } from './anomalies.js';
import type { Write } from './history.js';
import type { Judge } from '../judge.js';
import type { TraceView } from '../trace-view.js';

export const shown = ({ read }: Anomaly): string =>
  read.present ? `a read shows ${read.words[0] ?? 'something else'}` : 'a read is answered 404';

export const written = (write: Write | undefined): string => {
  if (write === undefined) return 'what was written';
  return write.word === undefined ? `the effect of ${write.method}` : `«${write.word}», as ${write.method} wrote`;
};

/** The exchanges of an anomaly: the write, the poll that showed it completed, and the read. */
export const evidence = ({ write, read }: Anomaly): Exchange[] => [
  ...(write === undefined ? [] : [write.asked]),
  ...(write?.done === undefined ? [] : [write.done]),
  read.exchange,
];

/** The anomalies of these kinds in which an asynchronous write is involved; CORE-03 judges synchronous writes. */
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
 * Finds resources that show a word of another request: operations have disturbed each other (LIFE-07). The word may come
 * from a synchronous write, if the resource itself was written asynchronously.
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
      expected: 'a value that was written to this resource',
      actual: `a read shows «${anomaly.read.words[0] ?? ''}», which was written to another one`,
      exchanges: evidence(anomaly),
    })),
  };
};
