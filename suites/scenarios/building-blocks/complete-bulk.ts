/**
 * Sends a bulk request and waits for its results: asynchronously, or synchronously if the target serves no asynchronous
 * binding, because the rules of bulk requests hold then, too (profile 1.1).
 */
import type { OperationResult } from '../../bindings/binding.js';
import { operationResults } from '../../bindings/operation-result.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';

/** Sends it synchronously; the results are in the order of the operations, as far as their bulkIds say so. */
const sendSynchronously = async (
  session: Session,
  { url, body, operations, variant }: SubmitPlan,
): Promise<readonly OperationResult[] | undefined> => {
  const step = variant === undefined ? {} : { variant };
  const answer = await session.send({ method: 'POST', url, purpose: 'bulk', body, ...step });
  if (answer.response.status !== 200) return undefined;
  const places = new Map(operations.map(({ bulkId }, place) => [bulkId, place] as const));
  return operationResults(responseObject(answer) ?? {})
    .map((result) => ({ ...result, index: places.get(result.bulkId) ?? result.index }))
    .sort((one, other) => one.index - other.index);
};

/**
 * The results of a bulk request; undefined if it was refused. `meanwhile` runs while an asynchronous request is under way.
 * Throws Blocked if there is no answer.
 */
export const completeBulk = async (
  session: Session,
  plan: SubmitPlan,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly OperationResult[] | undefined> => {
  if (session.binding === undefined) return sendSynchronously(session, plan);
  const submitted = await session.submit(plan);
  if (!submitted.submission.accepted) return undefined;
  await meanwhile();
  return (await session.settle(submitted)).results;
};
