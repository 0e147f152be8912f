/** Writes and reads of twins: one gets its writes synchronously, and the other the same ones asynchronously. */
import type { SubmittedOperation } from '../../../schemas/types.js';
import { Blocked } from '../../errors/errors.js';
import { pathUnder } from '../../judging/history/history.js';
import { createdPath } from '../../session/lookup.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { succeeded } from '../../trace/answers.js';
import { step } from '../../trace/step.js';

export const twinSteps = {
  synchronous: step('synchronous'),
  asynchronous: step('asynchronous'),
  synchronousBefore: step('synchronous before'),
  asynchronousBefore: step('asynchronous before'),
  /** A third resource, with the same writes as the first: what differs between the two is the provider's own. */
  synchronousAgain: step('synchronous again'),
  synchronousAgainBefore: step('synchronous again, before'),
};

export type Mode = 'synchronous' | 'asynchronous' | 'synchronousAgain';

export interface TwinWrite {
  readonly method: SubmitPlan['method'];
  readonly path: string;
  readonly name: string;
  readonly body?: unknown;
  /** Whether a provider has to refuse it; then it may also do so at once. */
  readonly isImpossible?: boolean;
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

/** Makes the write asynchronously; returns the path of the resource. Throws Blocked if a possible write is not accepted. */
const writeLater = async (session: Session, write: TwinWrite): Promise<string | undefined> => {
  const { method, path, name, isImpossible = false } = write;
  const { baseUrl } = session.facts;
  const operation: SubmittedOperation = {
    method,
    path,
    expected: isImpossible ? 'failure' : 'success',
    ...(method === 'POST' ? { userName: name } : {}),
  };
  const submitted = await session.submit({ ...aboutWrite(write, 'asynchronous'), operations: [operation] });
  if (!submitted.submission.accepted) {
    if (isImpossible) return undefined;
    throw new Blocked('not-accepted', `${method} ${path} was not accepted.`);
  }
  const { results } = await session.settle(submitted);
  const location = results[0]?.location;
  if (method !== 'POST') return path;
  return location === undefined ? undefined : pathUnder(location, `${baseUrl}${path}`, baseUrl);
};

/** Makes the write in one of the modes; returns the path of the written resource, if it is known. */
export const writeTwin = (session: Session, mode: Mode, write: TwinWrite): Promise<string | undefined> =>
  mode === 'asynchronous' ? writeLater(session, write) : writeAtOnce(session, mode, write);

export const readTwin = (session: Session, mode: Mode, path: string, name: string): Promise<unknown> =>
  session.attempt({ method: 'GET', url: path, purpose: 'read', variant: twinSteps[mode], subject: name });
