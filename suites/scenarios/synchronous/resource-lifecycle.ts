/** Creates, replaces, patches and deletes one user synchronously, and reads it after each write. */
import fc from 'fast-check';
import { header, urn } from '../../../schemas/names.js';
import { buildUser, userAttributes } from '../../generators/user.js';
import { responseHeader, responseObject } from '../../trace/message.js';
import { step, type Step } from '../../trace/step.js';
import { createUser } from '../building-blocks/create-user.js';
import { keptPatch } from '../building-blocks/kept-patch.js';
import { defineScenario } from '../../definitions/scenario.js';

export const resourceLifecycleSteps = {
  /** The read of the URL that the answer to the create names. */
  atTheLocation: step('at the Location'),
  /** The reads of the user after each write. */
  afterCreate: step('after create'),
  afterReplace: step('after replace'),
  afterPatch: step('after patch'),
  afterDelete: step('after delete'),
};

export const resourceLifecycle = defineScenario({
  name: 'resource-lifecycle',
  title: 'creates, reads, replaces, patches and deletes a user synchronously',
  inputs: () => fc.record({ created: userAttributes, replaced: userAttributes, patched: userAttributes }),
  exercise: async ({ created, replaced, patched }, session) => {
    const { userName, url, answer } = await createUser(session, (name) => buildUser(name, created));
    const about = { subject: userName };
    const read = (variant: Step) => session.send({ method: 'GET', url, purpose: 'read', variant, ...about });

    const location = responseHeader(answer, header.location);
    if (location !== undefined && URL.canParse(location, answer.request.url)) {
      const target = new URL(location, answer.request.url).href;
      await session.attempt({
        method: 'GET',
        url: target,
        purpose: 'read',
        variant: resourceLifecycleSteps.atTheLocation,
        ...about,
      });
    }
    await read(resourceLifecycleSteps.afterCreate);

    await session.send({ method: 'PUT', url, purpose: 'replace', body: buildUser(userName, replaced), ...about });
    const current = responseObject(await read(resourceLifecycleSteps.afterReplace)) ?? {};

    const kept = keptPatch(current, replaced, patched);
    if (session.facts.capabilities.patch && kept !== undefined) {
      const { path, body } = kept;
      await session.send({ method: 'PATCH', url, purpose: 'patch', variant: step(path), body, ...about });
      await read(resourceLifecycleSteps.afterPatch);
    }
    // The most frequent PATCH in practice: it locks an account.
    if (session.facts.capabilities.patch && current.active === true) {
      const body = { schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'active', value: false }] };
      await session.send({ method: 'PATCH', url, purpose: 'patch', variant: step('active'), body, ...about });
      await read(resourceLifecycleSteps.afterPatch);
      // Some clients lock an account by PUT: where `false` counts as nothing, the account is open again.
      const locked = { ...buildUser(userName, replaced), active: false };
      await session.send({ method: 'PUT', url, purpose: 'replace', body: locked, ...about });
      await read(resourceLifecycleSteps.afterReplace);
    }

    await session.send({ method: 'DELETE', url, purpose: 'delete', ...about });
    await read(resourceLifecycleSteps.afterDelete);
  },
});
