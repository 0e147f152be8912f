/** Reads and writes without a credential, and with bad ones, at every endpoint: one of them may lack the check. */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { CredentialName } from '../../redaction/vault.js';
import type { RequestPlan } from '../../session/request-plan.js';
import type { Session } from '../../session/session.js';
import { spoiledTokens, type Spoiling } from '../../provider/target.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { expectNothing } from '../building-blocks/fence.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { createdPath } from '../../session/lookup.js';
import { step } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';

/** The steps that judges distinguish; the other steps are only for people. */
export const credentialSteps = {
  create: step('create'),
  submit: step('submit'),
  /** With an empty bearer token, which is malformed (RFC 6750 §2.1, §3.1). */
  createWithEmptyToken: step('create with an empty token'),
  submitWithEmptyToken: step('submit with an empty token'),
  status: step('status'),
  headOfStatus: step('HEAD of a status'),
  /** At `/provisions/…`, which a provider does not have to serve (profile D5). */
  statusByAlias: step('status by an alias'),
  /** A write of a user with a bad credential that writes `intruder`, or that deletes the user. */
  replace: step('replace'),
  patch: step('patch'),
  delete: step('delete'),
  /** The same user, read with the right credential when a later request is completed. */
  afterwards: step('afterwards'),
};

/** The word that a write with a bad credential tries to write. */
export const intruder = 'Intruder';

const purpose = 'unauthenticated' as const;

/** Tries to create users in both modes; returns the names of the users that exist if the provider accepts a request. */
const tryToCreate = async (session: Session, credential: CredentialName, spoiled?: Spoiling): Promise<string[]> => {
  const names = [session.userName()];
  const how = spoiled === undefined ? { credential } : { credential, spoiled };
  const create = { method: 'POST', url: '/Users', purpose, ...how } as const;
  const steps =
    spoiled === 'empty'
      ? { create: credentialSteps.createWithEmptyToken, submit: credentialSteps.submitWithEmptyToken }
      : credentialSteps;
  await session.send({ ...create, body: plainUser(names[0] ?? ''), subject: names[0] ?? '', variant: steps.create });
  if (session.binding !== undefined) {
    const userName = session.userName();
    names.push(userName);
    const submitted = await session.submit(asyncCreate(userName, { ...how, purpose, variant: steps.submit }));
    // The request was wrongly accepted: the suite has to know the created user, to delete it.
    if (submitted.submission.accepted) await session.settle(submitted);
  }
  return names;
};

const tryStatus = async (session: Session, credential: CredentialName): Promise<void> => {
  // PREF-08 tests the result URI of RFC 9967.
  if (session.binding?.name !== 'request-mode') return;
  const { submission } = await session.complete(asyncCreate(session.userName()));
  await session.readStatus(submission, { purpose, credential, variant: credentialSteps.status });
  await session.readStatus(submission, { purpose, credential, method: 'HEAD', variant: credentialSteps.headOfStatus });
  const alias = submission.location?.replace('/provision/', '/provisions/');
  if (alias !== undefined && alias !== submission.location) {
    await session.attempt({ method: 'GET', url: alias, purpose, credential, variant: credentialSteps.statusByAlias });
  }
};

interface Tried {
  /** A user that exists, and that the requests tried to change. */
  readonly path: string;
  /** Names of users that exist if the provider has done a bulk request. */
  readonly names: readonly string[];
}

/** Tries every other endpoint, with the header of the binding if there is one. */
const tryTheRest = async (session: Session, credential: CredentialName): Promise<Tried> => {
  const { capabilities } = session.facts;
  const { path, userName } = await createUser(session);
  const headers = session.binding?.ask({}) ?? [];
  const intrusion = intrusionOf(session);
  const about = { purpose, credential, headers } as const;
  const requests: Omit<RequestPlan, 'purpose'>[] = [
    { method: 'GET', url: '/Users?startIndex=1&count=1', variant: step('list') },
    { method: 'GET', url: path, variant: step('read') },
    { method: 'PUT', url: path, body: wordedUser(userName, intruder), variant: credentialSteps.replace },
    ...(capabilities.patch
      ? [{ method: 'PATCH', url: path, body: wordPatch(intruder), variant: credentialSteps.patch }]
      : []),
    ...(capabilities.groups
      ? [{ method: 'POST', url: '/Groups', body: plainGroup(session.groupName()), variant: step('create of a group') }]
      : []),
    ...(capabilities.bulk
      ? [
          {
            method: 'POST',
            url: '/Bulk',
            body: bulkPlan([intrusion]).body,
            variant: step('bulk request'),
            subject: intrusion.userName,
          },
        ]
      : []),
    { method: 'DELETE', url: path, variant: credentialSteps.delete },
    { method: 'GET', url: `${path}-unknown`, variant: step('read of what is not there') },
  ];
  for (const request of requests) await session.attempt({ ...request, ...about });
  return { path, names: capabilities.bulk ? [intrusion.userName] : [] };
};

/** Reads, replaces, patches and deletes a group that exists: its routes may lack the check that those of users have. */
const tryGroup = async (session: Session, credential: CredentialName): Promise<void> => {
  const name = session.groupName();
  const create = { method: 'POST', url: '/Groups', purpose: 'create', subject: name, body: plainGroup(name) } as const;
  const answer = await session.attempt(create);
  const path =
    isAnswered(answer) && answer.response.status === 201 ? createdPath(answer, session.facts.baseUrl) : undefined;
  if (path === undefined) return;
  const about = { purpose, credential, subject: name } as const;
  const body = { schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'displayName', value: name }] };
  const requests: Omit<RequestPlan, 'purpose'>[] = [
    { method: 'GET', url: '/Groups?startIndex=1&count=1', variant: step('list of groups') },
    { method: 'GET', url: path, variant: step('read of a group') },
    { method: 'PUT', url: path, body: plainGroup(name), variant: step('replace of a group') },
    ...(session.facts.capabilities.patch
      ? [{ method: 'PATCH', url: path, body, variant: step('patch of a group') }]
      : []),
    { method: 'DELETE', url: path, variant: step('delete of a group') },
  ];
  for (const request of requests) await session.attempt({ ...request, ...about });
};

/** The create in a bulk request that the provider must refuse. */
const intrusionOf = (session: Session) => {
  const userName = session.userName();
  const data = plainUser(userName);
  return { method: 'POST', path: '/Users', bulkId: 'u', expected: 'failure', userName, data } as const;
};

export const withoutCredential = defineScenario({
  name: 'without-credential',
  title: 'writes and reads without a credential',
  eachBinding: true,
  inputs: ({ capabilities: { groups } }, { isFirst }) => [{ withGroup: groups && isFirst }],
  exercise: async ({ withGroup }, session) => {
    await tryToCreate(session, 'none');
    await tryStatus(session, 'none');
    await tryTheRest(session, 'none');
    if (withGroup) await tryGroup(session, 'none');
  },
});

export const badCredential = defineScenario({
  name: 'bad-credential',
  title: 'writes and reads with bad credentials, some of them nearly right',
  eachBinding: true,
  exercise: async (_input, session) => {
    const names = await tryToCreate(session, 'invalid');
    await tryStatus(session, 'invalid');
    const tried = await tryTheRest(session, 'invalid');
    for (const spoiled of session.isBearer ? spoiledTokens : [])
      names.push(...(await tryToCreate(session, 'invalid', spoiled)));
    await expectNothing(session, ...names, ...tried.names);
    await session.send({ method: 'GET', url: tried.path, purpose: 'read', variant: credentialSteps.afterwards });
  },
});
