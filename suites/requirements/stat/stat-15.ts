/**
 * STAT-15. A poller misses states, so that they may be skipped forward; the only way back is from retrying to processing
 * or the other way round (profile §7, clarification 6).
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable, type Finding } from '../../judging/judge.js';
import { booleansOf } from '../../judging/status-members.js';
import type { StatusSighting } from '../../judging/trace-view.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { textOf } from '../../trace/message.js';

const codes = {
  'state-unknown': 'state is none of the six of the profile',
  'state-against-completed': 'state is completed or failed and status.completed is false, or the other way round',
  'state-against-success': 'state is completed and status.success is false, or it is failed and that is true',
  'state-goes-back': 'state goes back on another way than from retrying to processing',
};

type Code = keyof typeof codes;

const states = ['initiated', 'queued', 'processing', 'retrying', 'completed', 'failed'];

const rank: Record<string, number> = { initiated: 0, queued: 1, processing: 2, retrying: 2, completed: 3, failed: 3 };

const rankOf = ({ status }: StatusSighting): number => rank[textOf(status.state)] ?? 0;

/** Judges a state by itself. */
const disagreement = ({ status, exchange }: StatusSighting): Finding<Code> | undefined => {
  const { state } = status;
  const fail = (code: Code, expected: string): Finding<Code> => ({
    code,
    expected,
    actual: `it is ${JSON.stringify(state)}`,
    exchanges: [exchange],
  });
  if (typeof state !== 'string' || !states.includes(state)) {
    return fail('state-unknown', `state to be one of ${states.join(', ')}`);
  }
  const booleans = booleansOf(status);
  if (booleans === undefined) return undefined;
  const terminal = state === 'completed' || state === 'failed';
  if (terminal !== booleans.completed) {
    return fail('state-against-completed', `state to agree with completed ${booleans.completed}`);
  }
  return terminal && (state === 'completed') !== booleans.success
    ? fail('state-against-success', `state to agree with success ${booleans.success}`)
    : undefined;
};

/** Compares a state with those that were answered before it was asked for. */
const goingBack = (sighting: StatusSighting, present: readonly StatusSighting[]): Finding<Code> | undefined => {
  const earlier = present.find(
    (other) =>
      other.submission.n === sighting.submission.n &&
      other.exchange.at + other.exchange.took <= sighting.exchange.at &&
      rankOf(other) > rankOf(sighting),
  );
  return earlier === undefined
    ? undefined
    : {
        code: 'state-goes-back',
        expected: `no way back from ${textOf(earlier.status.state)}`,
        actual: `the state is ${textOf(sighting.status.state)} afterwards`,
        exchanges: [earlier.exchange, sighting.exchange],
      };
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
  codes,
  from: settling,
  judge: (trace) => {
    const present = trace.sightings().filter(({ status }) => status.state !== undefined && status.state !== null);
    if (present.length === 0 && trace.sightings().length > 0) return notApplicable('The status resource has no state.');
    return judgeEach(present, (sighting) => disagreement(sighting) ?? goingBack(sighting, present));
  },
});
