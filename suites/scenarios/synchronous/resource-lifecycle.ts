/** Creates, reads, replaces, patches and deletes one user synchronously, and reads it back after each step. */
import fc from 'fast-check';
import { urn } from '../../../schemas/names.js';
import { buildUser, userAttributes } from '../../generators/user.js';
import { responseObject } from '../../trace/message.js';
import { createUser } from '../building-blocks/create-user.js';
import { keptPatch } from '../building-blocks/kept-patch.js';
import { defineScenario } from '../../definitions/scenario.js';

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

    const kept = keptPatch(current, replaced, patched);
    if (session.facts.capabilities.patch && kept !== undefined) {
      const { path: variant, body } = kept;
      await session.send({ method: 'PATCH', url, purpose: 'patch', variant, body, ...about });
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
