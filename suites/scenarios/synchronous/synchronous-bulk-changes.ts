/** Creates, replaces, patches and deletes users in one synchronous bulk request, and alone: the effects have to be the same. */
import { urn } from '../../../schemas/names.js';
import { operationResults } from '../../bindings/operation-result.js';
import { defineScenario } from '../../definitions/scenario.js';
import { buildUser, plainUser, type UserAttributes } from '../../generators/user.js';
import { namedAttributes, onlyNamed } from '../../provider/named-attributes.js';
import type { Session } from '../../session/session.js';
import { responseObject, type JsonObject } from '../../trace/message.js';
import { step, type Step } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { createUser } from '../building-blocks/create-user.js';
import { keptPatch } from '../building-blocks/kept-patch.js';
import { pathOfResult } from '../building-blocks/look-again.js';

export const synchronousBulkChangesSteps = {
  /** The bulk request. */
  bulk: step('bulk request with every method'),
  /** Reads of a user after the same writes without a bulk request. */
  created: step('created alone'),
  replaced: step('replaced alone'),
  patched: step('patched alone'),
  deleted: step('deleted alone'),
  /** Reads of the users that the bulk request has written. */
  bulkCreated: step('created by the bulk request'),
  bulkReplaced: step('replaced by the bulk request'),
  bulkPatched: step('patched by the bulk request'),
  bulkDeleted: step('deleted by the bulk request'),
};

/** Of the create that is compared. */
export const comparedBulkId = 'new';

const steps = synchronousBulkChangesSteps;

const attributesOf = (session: Session) => ({
  givenName: session.word(),
  familyName: session.word(),
  displayName: session.word(),
  externalId: session.word().toLowerCase(),
});

/** Makes a user with this name, and with names of its own if none are given. */
type UserOf = (userName: string, attributes?: UserAttributes) => JsonObject;

/** Users with a telephone number and a department, if `/Schemas` names them: others may be refused. */
const userMaker = async (session: Session): Promise<UserOf> => {
  const answer = await session.attempt({ method: 'GET', url: '/Schemas', purpose: 'discover' });
  const named = namedAttributes(answer.response?.status === 200 ? responseObject(answer) : undefined);
  return (userName, attributes = attributesOf(session)) => {
    const user = buildUser(userName, attributes);
    if (named === undefined) return user;
    return onlyNamed(
      {
        ...user,
        schemas: [urn.user, urn.enterpriseUser],
        phoneNumbers: [{ value: 'tel:+49-30-1234567', type: 'work' }],
        [urn.enterpriseUser]: { department: session.word(), costCenter: session.word() },
      },
      named,
    );
  };
};

const read = (session: Session, subject: string, variant: Step, url = subject): Promise<Answered> =>
  session.send({ method: 'GET', url, purpose: 'read', subject, variant });

/** Writes a user without a bulk request; returns the PATCH whose effect can be read, if there is one. */
const writeAlone = async (
  session: Session,
  userOf: UserOf,
): Promise<{ path: string; patch: (() => JsonObject) | undefined }> => {
  const { path, userName } = await createUser(session, (name) => userOf(name));
  await read(session, path, steps.created);
  const attributes = attributesOf(session);
  const about = { url: path, subject: path } as const;
  await session.send({ method: 'PUT', purpose: 'replace', body: userOf(userName, attributes), ...about });
  const shown = responseObject(await read(session, path, steps.replaced)) ?? {};
  const patch = (): JsonObject | undefined => keptPatch(shown, attributes, attributesOf(session))?.body;
  const body = session.facts.capabilities.patch ? patch() : undefined;
  if (body === undefined) return { path, patch: undefined };
  await session.send({ method: 'PATCH', purpose: 'patch', body, ...about });
  await read(session, path, steps.patched);
  return { path, patch: () => patch() ?? body };
};

/** Operations before those that are compared: a provider may treat the first ten or forty with more care. */
const createsBefore = 45;

const creates = (session: Session, count: number): JsonObject[] =>
  Array.from({ length: Math.max(0, count) }, (_, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `before-${index}`,
    data: plainUser(session.userName()),
  }));

export const synchronousBulkChanges = defineScenario({
  name: 'synchronous-bulk-changes',
  title: 'sends a synchronous bulk request with every method',
  needs: { capability: 'bulk' },
  exercise: async (_input, session) => {
    const userOf = await userMaker(session);
    const { path, patch } = await writeAlone(session, userOf);
    const existing = async () => createUser(session, (name) => userOf(name));
    const [replaced, deleted] = [await existing(), await existing()];
    const patched = patch === undefined ? undefined : await existing();
    const userName = session.userName();
    const all = [
      { method: 'POST', path: '/Users', bulkId: comparedBulkId, data: userOf(userName) },
      { method: 'PUT', path: replaced.path, data: userOf(replaced.userName) },
      { method: 'DELETE', path: deleted.path },
      ...(patched === undefined ? [] : [{ method: 'PATCH', path: patched.path, data: patch?.() }]),
    ];
    const room = session.facts.bulkRoom ?? all.length + createsBefore;
    const Operations = [...creates(session, Math.min(createsBefore, room - all.length)), ...all].slice(0, room);
    const body = { schemas: [urn.bulkRequest], Operations };
    const answer = await session.send({ method: 'POST', url: '/Bulk', purpose: 'bulk', variant: steps.bulk, body });
    const results = operationResults(responseObject(answer) ?? {});
    const created = pathOfResult(
      session,
      results.find(({ bulkId }) => bulkId === comparedBulkId),
    );
    if (created !== undefined) {
      const { status } = (await read(session, userName, steps.bulkCreated, created)).response;
      if (status !== 200) await session.find(userName);
    }
    await read(session, replaced.path, steps.bulkReplaced);
    await read(session, deleted.path, steps.bulkDeleted);
    if (patched !== undefined) await read(session, patched.path, steps.bulkPatched);
    await session.send({ method: 'DELETE', url: path, purpose: 'delete', subject: path });
    await read(session, path, steps.deleted);
  },
});
