/**
 * Creates, replaces, patches and deletes groups in one synchronous bulk request, and alone: the members have to be the same.
 * One group of the request has a user of the same request as a member.
 */
import { operationResults } from '../../bindings/operation-result.js';
import { urn } from '../../../schemas/names.js';
import { defineScenario } from '../../definitions/scenario.js';
import { plainUser } from '../../generators/user.js';
import { plainGroup } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { step, type Step } from '../../trace/step.js';
import { createGroup, createMember } from '../building-blocks/create-group.js';
import { valuesOf } from '../building-blocks/group-writes.js';
import { pathOfResult } from '../building-blocks/look-again.js';
import { patchBody } from '../building-blocks/patches.js';

export const synchronousBulkGroupsSteps = {
  /** The bulk request. */
  bulk: step('bulk request with groups'),
  /** Reads of a group after the same writes without a bulk request. */
  created: step('group created alone'),
  replaced: step('group replaced alone'),
  patched: step('group patched alone'),
  deleted: step('group deleted alone'),
  /** Reads of the groups that the bulk request has written. */
  bulkCreated: step('group created by the bulk request'),
  bulkReferring: step('group created with a reference by the bulk request'),
  bulkReplaced: step('group replaced by the bulk request'),
  bulkPatched: step('group patched by the bulk request'),
  bulkDeleted: step('group deleted by the bulk request'),
};

/** The bulkIds of its creates. */
export const groupBulkIds = { group: 'group-of-users', user: 'user-to-refer-to', referring: 'group-of-a-reference' };

const steps = synchronousBulkGroupsSteps;

type Three = readonly [string, string, string];

/** For a group with the first two members: leaves the second and the third, as `replaceWith` does. */
const patchOf = ([first, , third]: Three) =>
  patchBody([
    { op: 'add', path: 'members', value: valuesOf([third]) },
    { op: 'remove', path: `members[value eq "${first}"]` },
  ]);

const replaceWith = (name: string, [, second, third]: Three) => plainGroup(name, [second, third]);

const read = async (session: Session, subject: string, variant: Step, url = subject): Promise<void> => {
  await session.send({ method: 'GET', url, purpose: 'read', subject, variant });
};

/** Writes groups without a bulk request. */
const writeAlone = async (session: Session, members: Three): Promise<void> => {
  const before = members.slice(0, 2);
  const { name, path } = await createGroup(session, before);
  await read(session, path, steps.created);
  const about = { url: path, subject: path } as const;
  if (session.facts.capabilities.patch) {
    await session.send({ method: 'PATCH', purpose: 'patch', body: patchOf(members), ...about });
    await read(session, path, steps.patched);
    await session.send({ method: 'PUT', purpose: 'replace', body: plainGroup(name, before), ...about });
  }
  await session.send({ method: 'PUT', purpose: 'replace', body: replaceWith(name, members), ...about });
  await read(session, path, steps.replaced);
  await session.send({ method: 'DELETE', purpose: 'delete', ...about });
  await read(session, path, steps.deleted);
};

/** Reads a group that the request says it has created, or searches for it. */
const lookForCreated = async (
  session: Session,
  results: ReturnType<typeof operationResults>,
  bulkId: string,
  { name, variant }: { readonly name: string; readonly variant: Step },
): Promise<void> => {
  const result = results.find((each) => each.bulkId === bulkId);
  if (result?.status !== '201') return;
  const path = pathOfResult(session, result);
  const look = { purpose: 'read', subject: name, variant } as const;
  const answer = path === undefined ? undefined : await session.attempt({ method: 'GET', url: path, ...look });
  if (answer?.response?.status !== 200) await session.find(name, 'search', 'Groups');
};

const writeTogether = async (session: Session, members: Three): Promise<void> => {
  const before = members.slice(0, 2);
  const [replaced, deleted] = [await createGroup(session, before), await createGroup(session, before)];
  const patched = session.facts.capabilities.patch ? await createGroup(session, before) : undefined;
  const [created, referring] = [session.groupName(), session.groupName()];
  const { group, user, referring: withReference } = groupBulkIds;
  const all = [
    { method: 'POST', path: '/Groups', bulkId: group, data: plainGroup(created, before) },
    { method: 'PUT', path: replaced.path, data: replaceWith(replaced.name, members) },
    { method: 'DELETE', path: deleted.path },
    ...(patched === undefined ? [] : [{ method: 'PATCH', path: patched.path, data: patchOf(members) }]),
    { method: 'POST', path: '/Users', bulkId: user, data: plainUser(session.userName()) },
    { method: 'POST', path: '/Groups', bulkId: withReference, data: plainGroup(referring, [`bulkId:${user}`]) },
  ];
  const body = { schemas: [urn.bulkRequest], Operations: all.slice(0, session.facts.bulkRoom ?? all.length) };
  const answer = await session.send({ method: 'POST', url: '/Bulk', purpose: 'bulk', variant: steps.bulk, body });
  const results = operationResults(responseObject(answer) ?? {});
  await lookForCreated(session, results, group, { name: created, variant: steps.bulkCreated });
  await lookForCreated(session, results, withReference, { name: referring, variant: steps.bulkReferring });
  await read(session, replaced.path, steps.bulkReplaced);
  await read(session, deleted.path, steps.bulkDeleted);
  if (patched !== undefined) await read(session, patched.path, steps.bulkPatched);
};

export const synchronousBulkGroups = defineScenario({
  name: 'synchronous-bulk-groups',
  title: 'sends a synchronous bulk request with groups and their members',
  needs: { capability: 'bulk' },
  inputs: ({ capabilities: { groups } }) => (groups ? [null] : []),
  exercise: async (_input, session) => {
    const ids: [string, string, string] = [
      (await createMember(session)).id,
      (await createMember(session)).id,
      (await createMember(session)).id,
    ];
    await writeAlone(session, ids);
    await writeTogether(session, ids);
  },
});
