/**
 * STAT-15. Polls miss states, so a state may skip others forward. The only steps back that are allowed are those between
 * retrying and processing (profile §7, clarification 6).
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable, type Finding } from '../../judging/judge.js';
import { booleansOf } from '../../judging/status-members.js';
import type { StatusSighting } from '../../judging/trace-view.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { textOf } from '../../trace/message.js';

const codes = {
  'state-unknown': 'state is not one of the six states of the profile',
  'state-against-completed':
    'state is completed or failed although status.completed is false, or it is neither although that is true',
  'state-against-success':
    'state is completed although status.success is false, or failed although status.success is true',
  'state-goes-back': 'state goes back, but not from retrying to processing',
};

type Code = keyof typeof codes;

const states = ['initiated', 'queued', 'processing', 'retrying', 'completed', 'failed'];

const rank: Record<string, number> = { initiated: 0, queued: 1, processing: 2, retrying: 2, completed: 3, failed: 3 };

const rankOf = ({ status }: StatusSighting): number => rank[textOf(status.state)] ?? 0;

/** Judges the state of one answer alone. */
const findContradiction = ({ status, exchange }: StatusSighting): Finding<Code> | undefined => {
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

/** Compares a state with those in answers that had ended before this request was sent. */
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
        expected: `a state not to go back from ${textOf(earlier.status.state)}`,
        actual: `it is ${textOf(sighting.status.state)} afterwards`,
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
      'People read `state`, and programs read the booleans.',
      'If they contradict each other, the support team and the client see different outcomes.',
    ],
    tested: [
      'If `state` is present, it has to be `initiated`, `queued`, `processing`, `retrying`, `completed` or `failed`.',
      'With `completed` or `failed`, `status.completed` has to be true; with `completed`, `status.success` has to be true, and with `failed` false.',
      'From one answer to the next it may skip states forward, and go back only from `retrying` to `processing` or from `processing` to `retrying`.',
      'Skipped if there is no `state`.',
    ],
    fix: [
      'Derive `state` from the same snapshot as the counts; a request with at least one failed operation ends as `failed`.',
      'Translate the names of your queue (`running`, `done`, `error`) into the six of the profile.',
      'A job that is put back into the queue is `retrying`, not `queued` again; or leave `state` out.',
    ],
  },
  codes,
  from: settling,
  judge: (trace) => {
    const present = trace.sightings().filter(({ status }) => status.state !== undefined && status.state !== null);
    if (present.length === 0 && trace.sightings().length > 0) return notApplicable('The status resource has no state.');
    return judgeEach(present, (sighting) => findContradiction(sighting) ?? goingBack(sighting, present));
  },
});
