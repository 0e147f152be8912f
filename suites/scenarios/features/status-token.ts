/** Tries every use of a status token: it may only read one status resource until it expires (feature `statusToken`). */
import { plainUser } from '../../generators/user.js';
import { wordPatch } from '../../generators/worded.js';
import type { Submission } from '../../../schemas/types.js';
import { readDateTime } from '../../trace/date-time.js';
import { isObject, responseObject, textOf } from '../../trace/message.js';
import { asyncCreate } from '../../session/async-create.js';
import { type Session } from '../../session/session.js';
import { bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';
import type { Answered } from '../../trace/trace.js';
import { createUser, type CreatedUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step, type Step } from '../../trace/step.js';
import { providerClock } from './provider-clock.js';
import { Blocked } from '../../errors/errors.js';

/** Uses of the token of one request. */
export const statusTokenSteps = {
  ownStatus: step('own status'),
  /** The status of a bulk request, with its token. */
  bulkStatus: step('status of a bulk request'),
  ownStatusAgain: step('own status, again'),
  /** When the request is completed, and the token is still valid. */
  ownStatusWhenCompleted: step('own status, when completed'),
  /** The status of another request of the same client. */
  otherStatus: step('another status'),
  /** The same at `/provisions/`, which a provider does not have to serve (profile D5). */
  otherStatusByAlias: step('another status by an alias'),
  create: step('create'),
  list: step('list'),
  bulk: step('bulk'),
  replace: step('replace'),
  patch: step('patch'),
  delete: step('delete'),
  /** DELETE of its own status. */
  cancel: step('cancel'),
  /** Its own status after `expiresAt`. */
  expired: step('expired'),
};

/** The longest time that the suite waits for a token to expire, and how long after that it reads, in milliseconds. */
const patience = { longest: 30_000, after: 250 };

/** All uses have to be tried before the token expires, so these requests are urgent. */
const use = { purpose: 'status-token', isUrgent: true } as const;

interface Token {
  readonly value: string;
  /** `expiresAt` as it came, and as a time. */
  readonly end: string;
  readonly expires: number;
}

/** The status token of a 202; undefined if there is none. */
const tokenOf = (exchange: Answered): Token | undefined => {
  const token = responseObject(exchange)?.statusToken;
  if (!isObject(token) || typeof token.value !== 'string') return undefined;
  return { value: token.value, end: textOf(token.expiresAt), expires: readDateTime(token.expiresAt)?.at ?? NaN };
};

/** Reads the status of a bulk request with its token, if it is still valid. */
const readBulkStatus = async (session: Session): Promise<void> => {
  const submitted = await session.submit(bulkPlan([createOperation('u', session.userName())]));
  const { submission, exchange } = submitted;
  if (!submission.accepted) return;
  const token = tokenOf(exchange);
  if (token !== undefined && providerClock(session).latest < token.expires)
    await session.readStatus(submission, { ...use, variant: statusTokenSteps.bulkStatus, statusToken: token.value });
  await session.settle(submitted);
};

export const statusToken = defineScenario({
  name: 'status-token',
  title: 'tries the allowed and the forbidden uses of a status token',
  needs: { binding: 'request-mode', feature: 'statusToken' },
  exercise: async (_input, session) => {
    const other = await session.complete(asyncCreate(session.userName()));
    if (session.facts.capabilities.bulk) await readBulkStatus(session);
    const user = await createUser(session);
    const submitted = await session.submit(asyncCreate(session.userName()));
    const { submission, exchange } = submitted;
    if (!submission.accepted) return;
    const token = tokenOf(exchange);
    if (token === undefined) throw new Blocked('no-status-token', 'The 202 has no statusToken.');
    const { value, expires } = token;
    const read = async (of: Submission, variant: Step): Promise<void> => {
      await session.readStatus(of, { ...use, variant, statusToken: value });
    };
    await session.readStatus(submission, { isUrgent: true });
    await read(submission, statusTokenSteps.ownStatus);
    await read(submission, statusTokenSteps.ownStatusAgain);
    await read(other.submission, statusTokenSteps.otherStatus);
    const alias = other.submission.location?.replace('/provision/', '/provisions/');
    if (alias !== undefined) {
      await session.attempt({
        method: 'GET',
        url: alias,
        ...use,
        variant: statusTokenSteps.otherStatusByAlias,
        statusToken: value,
      });
    }
    await misuse(session, value, submission, user);
    if (providerClock(session).latest > expires)
      throw new Blocked('status-token-expired', 'The status token had expired before all uses of it were tried.');
    await session.settle(submitted);
    if (!(expires - providerClock(session).earliest <= patience.longest)) {
      throw new Blocked(
        'status-token-lasts',
        `The status token expires only at ${token.end}, and the suite does not wait so long.`,
      );
    }
    // One more use shortly before the end: it must not extend the lifetime of the token.
    await session.pause(Math.max(0, (expires - providerClock(session).latest) / 2));
    if (providerClock(session).latest < expires - patience.after)
      await read(submission, statusTokenSteps.ownStatusWhenCompleted);
    await session.pause(Math.max(0, expires - providerClock(session).earliest + patience.after));
    await read(submission, statusTokenSteps.expired);
  },
});

const misuse = async (session: Session, value: string, { location }: Submission, user: CreatedUser): Promise<void> => {
  const userName = session.userName();
  const as = { ...use, statusToken: value, subject: userName };
  await session.attempt({
    method: 'POST',
    url: '/Users',
    ...as,
    variant: statusTokenSteps.create,
    body: plainUser(userName),
  });
  await session.attempt({ method: 'GET', url: '/Users?startIndex=1&count=1', ...as, variant: statusTokenSteps.list });
  if (session.facts.capabilities.bulk) {
    await session.attempt({
      method: 'POST',
      url: '/Bulk',
      ...as,
      variant: statusTokenSteps.bulk,
      body: bulkPlan([createOperation('u', userName)]).body,
    });
  }
  const writes = [
    ['PUT', statusTokenSteps.replace, plainUser(user.userName)],
    ...(session.facts.capabilities.patch ? [['PATCH', statusTokenSteps.patch, wordPatch('Token')] as const] : []),
    ['DELETE', statusTokenSteps.delete, undefined],
  ] as const;
  for (const [method, variant, body] of writes) {
    const about = { ...as, subject: user.userName, variant, ...(body === undefined ? {} : { body }) };
    await session.attempt({ method, url: user.path, ...about });
  }
  if (session.facts.features.includes('cancel') && location !== undefined) {
    await session.attempt({ method: 'DELETE', url: location, ...as, variant: statusTokenSteps.cancel });
  }
};
