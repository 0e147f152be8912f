/** A run that was killed has recorded no end: what is needed of it is computed from its exercises. */
import type { RunEnd } from '../../schemas/types.js';
import { markOf } from '../leftovers/ownership.js';
import type { Recording } from '../trace/recording.js';
import type { Verdict } from './verdict/run-state.js';

/** The verdict on the recording of a run that was killed: as of one that was interrupted. */
export const killed: Verdict = {
  verdict: 'interrupted',
  exitCode: 130,
  reason: 'The run that wrote the recording did not finish: it is judged as far as it goes.',
};

/** The end of a run that was killed: what the exercises show of it. */
export const endOfKilled = ({ head: { run, startedAt }, executions }: Recording): RunEnd => {
  const entries = executions.flatMap(({ trace }) => trace.entries);
  const exchanges = entries.filter((entry) => entry.type === 'exchange');
  const submissions = entries.filter((entry) => entry.type === 'submission');
  const total = exchanges.reduce((latest, { at, took }) => Math.max(latest, at + took), 0);
  return {
    type: 'run-end',
    finishedAt: new Date(Date.parse(startedAt) + total).toISOString(),
    traffic: {
      exchanges: exchanges.length,
      submissions: submissions.length,
      accepted: submissions.filter(({ accepted }) => accepted).length,
      exercises: executions.length,
    },
    time: { total, waiting: total, work: 0 },
    leftovers: [`the run did not clean up: what begins with ${markOf(run)} may be left`],
    interrupted: true,
    endedBy: 'run-interrupted',
  };
};
