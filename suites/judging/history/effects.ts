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
export const anomalies = (trace: TraceView, kinds: readonly Anomaly['kind'][]): Anomaly[] =>
  anomaliesOf(trace).filter(
    ({ kind, write, writes }) =>
      kinds.includes(kind) && (write === undefined ? writes.some(isAsynchronous) : write.submission !== undefined),
  );

export const isAsynchronous = ({ submission }: Write): boolean => submission?.accepted === true;

export const creates = (creation: Creation, outcome: Write['outcome']): Write[] =>
  creation.writes.filter((write) => write.method === 'POST' && write.outcome === outcome);

/** A word of another request's write on this resource: operations have disturbed each other (LIFE-07). */
export const foreignWords: Judge<'word-of-another-request'> = (trace) => {
  const stories = storiesOf(trace).filter(({ writes }) => writes.some(isAsynchronous));
  return {
    exercised: stories.length,
    findings: anomalies(trace, ['foreign']).map((anomaly) => ({
      code: 'word-of-another-request' as const,
      expected: 'what was written to this resource',
      actual: `it shows «${anomaly.read.words[0] ?? ''}», which was written to another one`,
      exchanges: evidence(anomaly),
    })),
  };
};
