/** Creates, reads, replaces, patches and deletes one user synchronously, and reads it back after each step. */
import fc from 'fast-check';
import { urn } from '../../../schemas/names.js';
import { buildUser, userAttributes, type UserAttributes } from '../../generators/user.js';
import { isObject, responseObject } from '../../trace/message.js';
import { createUser } from '../create-user.js';
import { defineScenario } from '../scenario.js';

/** An attribute that the provider was seen to keep, so that a PATCH of it can be read back. */
const keptAttribute = (user: Record<string, unknown>, written: UserAttributes): string | undefined => {
  if (user.displayName === written.displayName) return 'displayName';
  if (isObject(user.name) && user.name.familyName === written.familyName) return 'name.familyName';
  return undefined;
};

export const resourceLifecycle = defineScenario({
  name: 'resource-lifecycle',
  title: 'creates, reads, replaces, patches and deletes a user synchronously',
  inputs: () => fc.record({ created: userAttributes, replaced: userAttributes, patched: userAttributes }),
  exercise: async ({ created, replaced, patched }, session) => {
    const { userName, url, answer } = await createUser(session, (name) => buildUser(name, created));
    const about = { subject: userName };
    const read = (variant: string) => session.send({ method: 'GET', url, purpose: 'read', variant, ...about });

    const location = answer.response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (location !== undefined && URL.canParse(location, answer.request.url)) {
      const target = new URL(location, answer.request.url).href;
      await session.attempt({ method: 'GET', url: target, purpose: 'read', variant: 'at the Location', ...about });
    }
    await read('after create');

    await session.send({ method: 'PUT', url, purpose: 'replace', body: buildUser(userName, replaced), ...about });
    const current = responseObject(await read('after replace')) ?? {};

    const path = keptAttribute(current, replaced);
    if (session.facts.capabilities.patch && path !== undefined) {
      const value = path === 'displayName' ? patched.displayName : patched.familyName;
      const body = { schemas: [urn.patchOp], Operations: [{ op: 'replace', path, value }] };
      await session.send({ method: 'PATCH', url, purpose: 'patch', variant: path, body, ...about });
      await read('after patch');
    }
    // How users are shut out: nothing is patched more often.
    if (session.facts.capabilities.patch && current.active === true) {
      const body = { schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'active', value: false }] };
      await session.send({ method: 'PATCH', url, purpose: 'patch', variant: 'active', body, ...about });
      await read('after patch');
    }

    await session.send({ method: 'DELETE', url, purpose: 'delete', ...about });
    await read('after delete');
  },
});
