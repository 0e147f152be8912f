/** Patches a user synchronously in every way that RFC 7644 §3.5.2 defines, and reads it before and after each PATCH. */
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { createRichUser } from '../building-blocks/create-rich-user.js';
import {
  attributePatches,
  impossiblePatches,
  listPatches,
  patchBody,
  type NamedPatch,
} from '../building-blocks/patches.js';

const kinds = {
  'values of lists': listPatches,
  attributes: attributePatches,
  'what cannot be done': impossiblePatches,
} as const satisfies Record<string, readonly NamedPatch[]>;

const patchOneByOne = async (session: Session, patches: readonly NamedPatch[]): Promise<void> => {
  const { userName, url } = await createRichUser(session);
  const read = (): Promise<unknown> => session.send({ method: 'GET', url, purpose: 'read', subject: userName });
  await read();
  for (const { about, operations } of patches) {
    const body = patchBody(operations(userName));
    await session.send({ method: 'PATCH', url, purpose: 'patch', subject: userName, variant: step(about), body });
    await read();
  }
};

export const patchSemantics = defineScenario({
  name: 'patch-semantics',
  title: 'patches a user in every way that is defined',
  needs: { capability: 'patch' },
  inputs: () => Object.keys(kinds) as (keyof typeof kinds)[],
  exercise: (kind, session) => patchOneByOne(session, kinds[kind]),
});
