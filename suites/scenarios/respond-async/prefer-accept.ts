/** Sends the preference with `Accept` values that no SCIM answer has: the provider has to ignore them (RFC 9967 §2.5.1.1). */
import { header, mediaType } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { step, stepFamily } from '../../trace/step.js';
import { bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';

export const preferAcceptSteps = {
  /** The same kind of request with the usual `Accept`: it shows whether the provider answers it 202. */
  usual: step('usual Accept'),
  /** A request with this `Accept`. */
  accept: stepFamily('Accept: '),
};

const createInBulk = (session: Session): SubmitPlan => bulkPlan([createOperation('a', session.userName())]);

const submit = async (session: Session, plan: SubmitPlan): Promise<Submitted> => {
  const submitted = await session.submit(plan);
  if (submitted.submission.accepted) await session.settle(submitted);
  return submitted;
};

const replace = async (session: Session): Promise<SubmitPlan> => {
  const { userName, path } = await createUser(session);
  const operations = [{ method: 'PUT', path, expected: 'success' }] as const;
  return { method: 'PUT', url: path, subject: userName, body: plainUser(userName), operations };
};

type MakePlan = (session: Session) => SubmitPlan | Promise<SubmitPlan>;

/** A provider may answer some kinds of requests 202, and others normally (RFC 9967 §2.5.1.1). */
const kindsOf = ({ facts }: Session): MakePlan[] => [
  (session) => asyncCreate(session.userName()),
  ...(facts.capabilities.bulk ? [createInBulk] : []),
];

/** Sends the first kind of request that is answered 202 once more, with this `Accept`. */
const tryFirst = async (session: Session, kinds: readonly MakePlan[], accept: string): Promise<void> => {
  const headers: [string, string][] = [[header.accept, accept]];
  for (const planOf of kinds) {
    const usual = await submit(session, { ...(await planOf(session)), variant: preferAcceptSteps.usual });
    if (!usual.submission.accepted) continue;
    await submit(session, { ...(await planOf(session)), headers, variant: preferAcceptSteps.accept.of(accept) });
    return;
  }
};

export const preferAccept = defineScenario({
  name: 'prefer-accept',
  title: 'asks for an asynchronous answer with several Accept fields',
  needs: { binding: 'respond-async' },
  waits: true,
  inputs: () => [mediaType.json, 'text/html', 'image/png', mediaType.securityEventToken, '*/*;q=0.1'],
  exercise: async (accept, session) => {
    await tryFirst(session, kindsOf(session), accept);
    await tryFirst(session, [replace], accept);
  },
});
