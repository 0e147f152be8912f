/** Chooses a PATCH whose effect can be read: a provider may not keep an attribute, or may build it from another one. */
import { urn } from '../../../schemas/names.js';
import type { UserAttributes } from '../../generators/user.js';
import { isAlikeAt } from '../../trace/alike.js';
import { atPath } from '../../trace/message.js';

/** A PATCH of the first attribute that `user` shows as it was `written`; undefined if it shows none of them as written. */
export const keptPatch = (
  user: Record<string, unknown>,
  written: UserAttributes,
  patched: UserAttributes,
): { readonly path: string; readonly body: Record<string, unknown> } | undefined => {
  const kept = [
    { path: 'displayName', was: written.displayName, value: patched.displayName },
    { path: 'name.familyName', was: written.familyName, value: patched.familyName },
  ].find(({ path, was }) => isAlikeAt(path, was, atPath(user, path)));
  if (kept === undefined) return undefined;
  const { path, value } = kept;
  return { path, body: { schemas: [urn.patchOp], Operations: [{ op: 'replace', path, value }] } };
};
