/** Writes a group in several ways, one after another, and reads it before and after each write. */
import { plainGroup } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { step, type Step } from '../../trace/step.js';
import type { CreatedGroup } from './create-group.js';
import { patchBody, type PatchOperation } from './patches.js';

/** One write of a group. */
export type GroupWrite =
  | { readonly variant: Step; readonly method: 'PATCH'; readonly operations: readonly PatchOperation[] }
  | {
      readonly variant: Step;
      readonly method: 'PUT';
      readonly name: string;
      readonly members: readonly string[];
      /** The `display` of every member; undefined: none has one. */
      readonly display?: string | undefined;
    };

/** `about`: a noun phrase, or a step that a judge looks for. */
export const patch = (about: string, ...operations: PatchOperation[]): GroupWrite => ({
  variant: step(about),
  method: 'PATCH',
  operations,
});

export const put = (about: string, name: string, members: readonly string[], display?: string): GroupWrite => ({
  variant: step(about),
  method: 'PUT',
  name,
  members,
  display,
});

export const valuesOf = (
  ids: readonly string[],
  display?: string,
): { readonly value: string; readonly display?: string }[] =>
  ids.map((value) => ({ value, ...(display === undefined ? {} : { display }) }));

/** Leaves out PATCHes if the target does not advertise PATCH. */
export const writeAndRead = async (
  session: Session,
  { name: subject, path: url }: CreatedGroup,
  writes: readonly GroupWrite[],
): Promise<void> => {
  const read = (): Promise<unknown> => session.send({ method: 'GET', url, purpose: 'read', subject });
  await read();
  for (const write of writes) {
    const { variant, method } = write;
    if (method === 'PATCH' && !session.facts.capabilities.patch) continue;
    const body =
      method === 'PATCH'
        ? patchBody(write.operations)
        : { ...plainGroup(write.name), members: valuesOf(write.members, write.display) };
    const purpose = method === 'PATCH' ? 'patch' : 'replace';
    await session.send({ method, url, purpose, subject, variant, body });
    await read();
  }
};
