/**
 * Writes passwords in every way that SCIM has, and reads what may show them. If the provider refuses one way, the
 * scenario tries the others nevertheless.
 */
import { urn } from '../../../schemas/names.js';
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import { uniqueOf } from '../../generators/unique-of.js';
import { plainUser } from '../../generators/user.js';
import { asyncCreate } from '../../session/async-create.js';
import { createdUrl } from '../../session/lookup.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { patchBody } from '../building-blocks/patches.js';
import { settleAll } from '../building-blocks/settle-all.js';

const askedFor = step('asking for the password');

/** A password for this user and this purpose. It has letters of both cases, digits and a sign, as many policies demand. */
const passwordOf = (userName: string, purpose: 'created' | 'replaced' | 'patched'): string =>
  `${{ created: 'Pw1', replaced: 'Pw2', patched: 'Pw3' }[purpose]}-${uniqueOf(userName)}`;

const withPassword = (
  userName: string,
  purpose: 'created' | 'replaced' = 'created',
): Record<string, unknown> & { readonly password: string } => ({
  ...plainUser(userName),
  password: passwordOf(userName, purpose),
});

/** A user that the provider has to refuse, because it has no userName (RFC 7643 §4.1.1). */
const invalid = (session: Session): Record<string, unknown> => {
  const { userName, ...rest } = withPassword(session.userName());
  // If it is created nevertheless, its e-mail and its externalId show the name, so that it can be cleaned up.
  return { ...rest, externalId: String(userName).slice(0, -'@example.com'.length) };
};

const read = async (session: Session, { userName, url }: { userName: string; url: string }): Promise<void> => {
  const about = { method: 'GET', purpose: 'read', subject: userName } as const;
  await session.attempt({ url, ...about });
  // An attribute that is never returned is not returned on request, either (RFC 7643 §7).
  await session.attempt({ url: `${url}?attributes=password`, variant: askedFor, ...about });
  await session.attempt({ url: `${url}?excludedAttributes=emails`, ...about });
};

/** Creates a user with a password; if that is refused, a user without one, so that PUT and PATCH can be tried. */
const create = async (session: Session): Promise<{ userName: string; url: string }> => {
  const userName = session.userName();
  const about = { method: 'POST', url: '/Users', purpose: 'create', subject: userName } as const;
  const answer = await session.attempt({ ...about, body: withPassword(userName) });
  const url = isAnswered(answer) && answer.response.status === 201 ? createdUrl(answer) : undefined;
  return url === undefined ? createUser(session) : { userName, url };
};

const synchronously = async (session: Session): Promise<void> => {
  const { capabilities, bulkRoom = 2 } = session.facts;
  const user = await create(session);
  const { userName, url } = user;
  const about = { url, subject: userName } as const;
  await read(session, user);
  await session.attempt({ ...about, method: 'PUT', purpose: 'replace', body: withPassword(userName, 'replaced') });
  await read(session, user);
  if (capabilities.patch) {
    const body = patchBody([{ op: 'replace', path: 'password', value: passwordOf(userName, 'patched') }]);
    await session.attempt({ ...about, method: 'PATCH', purpose: 'patch', body });
    await read(session, user);
  }
  await session.find(userName);
  // Errors often repeat parts of the request.
  const refused = { method: 'POST', url: '/Users' } as const;
  await session.attempt({ ...refused, purpose: 'duplicate', subject: userName, body: withPassword(userName) });
  await session.attempt({ ...refused, purpose: 'refusal', body: invalid(session) });
  if (!capabilities.bulk || bulkRoom < 2) return;
  const Operations = [withPassword(session.userName()), invalid(session)].map((data, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${index}`,
    data,
  }));
  const body = { schemas: [urn.bulkRequest], Operations };
  await session.attempt({ method: 'POST', url: '/Bulk', purpose: 'bulk', body });
};

const patchOf = (userName: string, path: string): SubmitPlan => ({
  method: 'PATCH',
  url: path,
  subject: userName,
  body: patchBody([{ op: 'replace', path: 'password', value: passwordOf(userName, 'patched') }]),
  operations: [{ method: 'PATCH', path, expected: 'success' }],
});

/** Sends asynchronous writes: a create, a replace, a patch, a create that fails, and a bulk request. */
const asynchronously = async (session: Session): Promise<void> => {
  const user = await createUser(session);
  const { userName, path } = user;
  const [alone, inBulk] = [session.userName(), session.userName()];
  const duplicate = { method: 'POST', path: '/Users', expected: 'failure', status: '409' } as const;
  const create = { method: 'POST', path: '/Users', bulkId: 'b0', expected: 'success', userName: inBulk } as const;
  const plans: SubmitPlan[] = [
    asyncCreate(alone, { body: withPassword(alone) }),
    {
      method: 'PUT',
      url: path,
      subject: userName,
      body: withPassword(userName, 'replaced'),
      operations: [{ method: 'PUT', path, expected: 'success' }],
    },
    ...(session.facts.capabilities.patch ? [patchOf(userName, path)] : []),
    asyncCreate(userName, { body: withPassword(userName), operations: [duplicate] }),
    ...(session.facts.capabilities.bulk ? [bulkPlan([{ ...create, data: withPassword(inBulk) }])] : []),
  ];
  const submitted: Submitted[] = [];
  for (const plan of plans) submitted.push(await session.submit(plan));
  await settleAll(session, submitted);
  await read(session, user);
  await session.find(alone);
};

export const passwordWrites = defineScenario({
  name: 'password-writes',
  title: 'writes users with passwords, and reads them',
  eachBinding: true,
  inputs: (_facts, turn) => modesOf(turn).map((asynchronous) => ({ asynchronous })),
  exercise: async ({ asynchronous }, session) => {
    await (asynchronous && session.binding !== undefined ? asynchronously(session) : synchronously(session));
  },
});
