/** STAT-15. * state, where present, agrees with the booleans and follows profile §3. A poller misses states, so they may be
 * skipped forward; the only way back is retrying ↔ processing (clarification 6).
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, notApplicable } from '../../judging/judge.js';
import type { StatusSighting } from '../../judging/trace-view.js';
import { textOf } from '../../trace/message.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { booleansOf } from '../../judging/status-members.js';

const states = ['initiated', 'queued', 'processing', 'retrying', 'completed', 'failed'];

const rank: Record<string, number> = { initiated: 0, queued: 1, processing: 2, retrying: 2, completed: 3, failed: 3 };

const stateFinding = ({ status, exchange }: StatusSighting): Finding | undefined => {
  const { state } = status;
  const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
  if (typeof state !== 'string' || !states.includes(state)) {
    return fail(`state to be one of ${states.join(', ')}`, `it is ${JSON.stringify(state)}`);
  }
  const booleans = booleansOf(status);
  if (booleans === undefined) return undefined;
  const terminal = state === 'completed' || state === 'failed';
  if (terminal !== booleans.completed)
    return fail(`state to agree with completed ${booleans.completed}`, `it is ${state}`);
  return terminal && (state === 'completed') !== booleans.success
    ? fail(`state to agree with success ${booleans.success}`, `it is ${state}`)
    : undefined;
};

export const stat15 = defineRequirement({
  id: 'STAT-15',
  since: '1.0',
  level: 'MUST',
  title: '`state`, where present, agrees with the booleans and follows section 3',
  source: cite('P-D, Fig1'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'People read `state`, and programs the booleans.',
      'Where they contradict each other, support sees another story than the client does.',
    ],
    tested: [
      'Where `state` is present, it has to be `initiated`, `queued`, `processing`, `retrying`, `completed` or `failed`.',
      '`completed` and `failed` have to go with `status.completed` true, `completed` with `status.success` true and `failed` with false.',
      'Between answers that followed one another, it may skip states forward, and go back only from `retrying` to `processing` or the other way round.',
      'Without `state` it is skipped.',
    ],
    fix: [
      'Derive `state` from the same snapshot as the counts; a request of which any operation has failed ends as `failed`.',
      'Translate the names of your queue (`running`, `done`, `error`) into the six of the profile.',
      'A job that is put back into the queue is `retrying`, not `queued` again; or leave `state` out.',
    ],
  },
  from: settling,
  judge: (trace) => {
    const present = trace.sightings().filter(({ status }) => status.state !== undefined && status.state !== null);
    if (present.length === 0 && trace.sightings().length > 0) return notApplicable('The status resource has no state.');
    return judgeEach(present, (sighting) => {
      const wrong = stateFinding(sighting);
      if (wrong !== undefined) return wrong;
      const earlier = present.find(
        (other) =>
          other.submission.n === sighting.submission.n &&
          other.exchange.at + other.exchange.took <= sighting.exchange.at &&
          (rank[textOf(other.status.state)] ?? 0) > (rank[textOf(sighting.status.state)] ?? 0),
      );
      return earlier === undefined
        ? undefined
        : {
            expected: `no way back from ${textOf(earlier.status.state)}`,
            actual: `the state is ${textOf(sighting.status.state)} afterwards`,
            exchanges: [earlier.exchange, sighting.exchange],
          };
    });
  },
});
