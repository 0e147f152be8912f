/** Writes users whose userName is taken: by an earlier user, or by one that is created at the same time; or was taken. */
import type { SubmittedOperation } from '../../../schemas/types.js';
import { plainUser } from '../../generators/user.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { patchBody } from '../building-blocks/patches.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import { step, type Step } from '../../trace/step.js';

export const duplicateUserSteps = {
  create: step('a create'),
  createInCapitals: step('a create in capitals'),
  /** A create with another e-mail address than that of the first user. */
  createWithAddress: step('a create with another e-mail address'),
  /** A PUT that gives one user the userName of another. */
  replace: step('a replace'),
  /** A PUT that does so in capitals. */
  replaceInCapitals: step('a replace in capitals'),
  /** A PATCH that does so. */
  patch: step('a patch'),
  /** The read of a user who was deleted. */
  deleted: step('deleted'),
  /** A create of a userName whose user was deleted. */
  createAfterDelete: step('a create after a DELETE'),
  /** Creates of one new userName at the same time. */
  together: step('together'),
  /** A bulk request with a create, a PUT and a PATCH of a userName that is taken. */
  bulk: step('operations of a bulk request'),
  /** A read of the user that PUT or PATCH wrote. */
  afterwards: step('afterwards'),
};

/** How many creates of one userName are sent at the same time. */
const rivals = 4;

const ways = [
  'a create',
  'a create in capitals',
  'a create with another e-mail address',
  'a replace',
  'a patch',
  'a create after a DELETE',
  'creates at a time',
  'a replace in capitals',
  'operations of a bulk request',
] as const;

type Way = (typeof ways)[number];

const stepOf: Readonly<Record<Way, Step>> = {
  'a create': duplicateUserSteps.create,
  'a create in capitals': duplicateUserSteps.createInCapitals,
  'a create with another e-mail address': duplicateUserSteps.createWithAddress,
  'a replace': duplicateUserSteps.replace,
  'a patch': duplicateUserSteps.patch,
  'a create after a DELETE': duplicateUserSteps.createAfterDelete,
  'creates at a time': duplicateUserSteps.together,
  'a replace in capitals': duplicateUserSteps.replaceInCapitals,
  'operations of a bulk request': duplicateUserSteps.bulk,
};

/** userName is compared without regard to case (RFC 7643 §4.1.1). */
const inCapitals: readonly Way[] = ['a create in capitals', 'a replace in capitals'];

const submitAndSettle = async (session: Session, plan: SubmitPlan): Promise<void> => {
  const submitted = await session.submit(plan);
  if (submitted.submission.accepted) await session.settle(submitted);
};

/** The write that uses the name; a PUT or PATCH needs another user. */
const writeOf = async (
  session: Session,
  way: Way,
  userName: string,
): Promise<Pick<SubmitPlan, 'method' | 'body'> & { readonly path: string }> => {
  // A provider that compares addresses finds no duplicate here.
  if (way === 'a create with another e-mail address')
    return {
      method: 'POST',
      path: '/Users',
      body: { ...plainUser(userName), emails: [{ value: session.userName(), type: 'work', primary: true }] },
    };
  const isReplace = way === 'a replace' || way === 'a replace in capitals';
  if (!isReplace && way !== 'a patch') return { method: 'POST', path: '/Users', body: plainUser(userName) };
  const { path } = await createUser(session);
  return isReplace
    ? { method: 'PUT', path, body: plainUser(userName) }
    : { method: 'PATCH', path, body: patchBody([{ op: 'replace', path: 'userName', value: userName }]) };
};

const expectationOf = (way: Way): Pick<SubmittedOperation, 'expected' | 'status'> =>
  way === 'a create after a DELETE' ? { expected: 'success' } : { expected: 'failure', status: '409' };

/** Operations of the bulk request at most. */
const bulkSize = 3;

/** Writes a taken userName by operations of one bulk request, and reads the users whose name may have changed. */
const writeTogether = async (session: Session, userName: string, asynchronous: boolean): Promise<void> => {
  const refused = { expected: 'failure', status: '409' } as const;
  const others = [await createUser(session), ...(session.facts.capabilities.patch ? [await createUser(session)] : [])];
  const [replaced, patched] = others.map(({ path }) => path);
  const patch = patchBody([{ op: 'replace', path: 'userName', value: userName }]);
  const plan = bulkPlan([
    { method: 'POST', path: '/Users', bulkId: 'created', data: plainUser(userName), ...refused },
    { method: 'PUT', path: replaced ?? '', bulkId: 'replaced', data: plainUser(userName), ...refused },
    ...(patched === undefined
      ? []
      : [{ method: 'PATCH' as const, path: patched, bulkId: 'patched', data: patch, ...refused }]),
  ]);
  const about = { ...plan, variant: duplicateUserSteps.bulk, subject: userName };
  if (asynchronous && session.binding !== undefined) await submitAndSettle(session, about);
  else {
    const { method, url, body, variant, subject } = about;
    await session.send({ method, url, body, variant, subject, purpose: 'bulk' });
  }
  const variant = duplicateUserSteps.afterwards;
  for (const { path } of others)
    await session.attempt({ method: 'GET', url: path, purpose: 'read', subject: path, variant });
};

export const duplicateUser = defineScenario({
  name: 'duplicate-user',
  title: 'writes a userName that another user has or had',
  eachBinding: true,
  inputs: ({ capabilities: { patch, bulk }, bulkRoom = bulkSize }, turn) =>
    modesOf(turn).flatMap((asynchronous) =>
      ways
        .filter((way) => (asynchronous || way !== 'creates at a time') && (patch || way !== 'a patch'))
        .filter((way) => way !== 'operations of a bulk request' || (bulk && bulkRoom >= bulkSize))
        .map((way) => ({ way, asynchronous })),
    ),
  exercise: async ({ way, asynchronous }, session) => {
    if (way === 'creates at a time') {
      const plan = asyncCreate(session.userName(), { variant: stepOf[way] });
      await Promise.all(Array.from({ length: rivals }, () => submitAndSettle(session, plan)));
      return;
    }
    const { userName: taken, url } = await createUser(session);
    if (way === 'operations of a bulk request') {
      await writeTogether(session, taken, asynchronous);
      return;
    }
    if (way === 'a create after a DELETE') {
      await session.send({ method: 'DELETE', url, purpose: 'delete', subject: taken });
      await session.attempt({ method: 'GET', url, purpose: 'read', subject: url, variant: duplicateUserSteps.deleted });
    }
    const name = inCapitals.includes(way) ? taken.toUpperCase() : taken;
    const { method, path, body } = await writeOf(session, way, name);
    const about = { purpose: 'duplicate', subject: taken, variant: stepOf[way], method, url: path, body } as const;
    if (asynchronous && session.binding !== undefined) {
      await submitAndSettle(session, { ...about, operations: [{ method, path, ...expectationOf(way) }] });
    } else await session.send(about);
    // A provider may leave the userName as it is.
    const variant = duplicateUserSteps.afterwards;
    if (method !== 'POST') await session.attempt({ method: 'GET', url: path, purpose: 'read', subject: path, variant });
  },
});
