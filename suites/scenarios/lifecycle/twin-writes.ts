/**
 * Writes and reads of twins: one gets its writes synchronously, and the other the same ones asynchronously, alone or in a
 * bulk request.
 */
import type { SubmittedOperation } from '../../../schemas/types.js';
import { Blocked } from '../../errors/errors.js';
import { pathUnder } from '../../judging/history/history.js';
import { createdPath } from '../../session/lookup.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { succeeded } from '../../trace/answers.js';
import { step } from '../../trace/step.js';
import { bulkPlan, createOperation, type BulkOperation } from '../building-blocks/bulk-plan.js';

export const twinSteps = {
  synchronous: step('synchronous'),
  asynchronous: step('asynchronous'),
  synchronousBefore: step('synchronous before'),
  asynchronousBefore: step('asynchronous before'),
  /** A third resource, with the same writes as the first: what differs between the two is the provider's own. */
  synchronousAgain: step('synchronous again'),
  /** A resource whose write is the last operation of an asynchronous bulk request. */
  inBulk: step('in bulk'),
};

export type Mode = 'synchronous' | 'asynchronous' | 'synchronousAgain' | 'inBulk';

export interface TwinWrite {
  readonly method: SubmitPlan['method'];
  readonly path: string;
  readonly name: string;
  readonly body?: unknown;
  /** Whether a provider has to refuse it; then it may also do so at once. */
  readonly isImpossible?: boolean;
  /** Number of creates before it in its bulk request; none if absent. */
  readonly after?: number;
}

const aboutWrite = ({ method, path, name, body }: TwinWrite, mode: Mode) => ({
  method,
  url: path,
  subject: name,
  variant: twinSteps[mode],
  ...(body === undefined ? {} : { body }),
});

const purposes = { POST: 'create', PUT: 'replace', PATCH: 'patch', DELETE: 'delete' } as const;

/** Makes the write synchronously; returns the path of the resource, or undefined if the write was refused. */
const writeAtOnce = async (session: Session, mode: Mode, write: TwinWrite): Promise<string | undefined> => {
  const answer = await session.send({ ...aboutWrite(write, mode), purpose: purposes[write.method] });
  if (!succeeded(answer)) return undefined;
  return write.method === 'POST' ? createdPath(answer, session.facts.baseUrl) : write.path;
};

/** The path of the resource of an asynchronous write, if it is known. */
const pathOf = (session: Session, { method, path }: TwinWrite, location: string | undefined): string | undefined => {
  const { baseUrl } = session.facts;
  if (method !== 'POST') return path;
  return location === undefined ? undefined : pathUnder(location, `${baseUrl}${path}`, baseUrl);
};

const operationOf = ({ method, path, name, isImpossible = false }: TwinWrite): SubmittedOperation => ({
  method,
  path,
  expected: isImpossible ? 'failure' : 'success',
  ...(method === 'POST' ? { userName: name } : {}),
});

/** Makes the write asynchronously; returns the path of the resource. Throws Blocked if a possible write is not accepted. */
const writeLater = async (session: Session, write: TwinWrite): Promise<string | undefined> => {
  const { method, path, isImpossible = false } = write;
  const submitted = await session.submit({ ...aboutWrite(write, 'asynchronous'), operations: [operationOf(write)] });
  if (!submitted.submission.accepted) {
    if (isImpossible) return undefined;
    throw new Blocked('not-accepted', `${method} ${path} was not accepted.`);
  }
  const { results } = await session.settle(submitted);
  return pathOf(session, write, results[0]?.location);
};

/** Creates of other users, as many as the target takes beside one more operation. */
const creates = (session: Session, wanted: number): BulkOperation[] => {
  const room = (session.facts.bulkRoom ?? wanted + 1) - 1;
  const count = Math.max(0, Math.min(wanted, room));
  return Array.from({ length: count }, (_, index) => createOperation(`before-${index}`, session.userName()));
};

/** Makes the write as the last operation of an asynchronous bulk request; returns the path of the resource. */
const writeInBulk = async (session: Session, write: TwinWrite): Promise<string | undefined> => {
  const operation: BulkOperation = { ...operationOf(write), bulkId: 'twin', data: write.body };
  const submitted = await session.submit({
    ...bulkPlan([...creates(session, write.after ?? 0), operation]),
    subject: write.name,
    variant: twinSteps.inBulk,
  });
  if (!submitted.submission.accepted) return undefined;
  const { results } = await session.settle(submitted);
  const own = results.find(({ bulkId }) => bulkId === operation.bulkId) ?? results.at(-1);
  return pathOf(session, write, own?.location);
};

/** Makes the write in one of the modes; returns the path of the written resource, if it is known. */
export const writeTwin = (session: Session, mode: Mode, write: TwinWrite): Promise<string | undefined> => {
  if (mode === 'inBulk') return writeInBulk(session, write);
  return mode === 'asynchronous' ? writeLater(session, write) : writeAtOnce(session, mode, write);
};

/** The place of the write that the synchronous twin has chosen. */
export interface Choice {
  place?: number;
}

/**
 * Makes the first of several writes that the synchronous twin accepts, in the order of preference; the other twins make
 * the same one. If none is accepted, they make the last one.
 */
export const writeChosen = async (
  session: Session,
  mode: Mode,
  choice: Choice,
  writes: readonly TwinWrite[],
): Promise<string | undefined> => {
  const chosen = writes[choice.place ?? 0];
  if (mode !== 'synchronous') return chosen === undefined ? undefined : writeTwin(session, mode, chosen);
  for (const [place, write] of writes.entries()) {
    choice.place = place;
    const path = await writeTwin(session, mode, write);
    if (path !== undefined) return path;
  }
  return undefined;
};

export const readTwin = (session: Session, mode: Mode, path: string, name: string): Promise<unknown> =>
  session.attempt({ method: 'GET', url: path, purpose: 'read', variant: twinSteps[mode], subject: name });
