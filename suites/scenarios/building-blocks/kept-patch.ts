/** What of a user can be patched and read back: a provider may make some attributes of others, or not keep them. */
import { urn } from '../../../schemas/names.js';
import type { UserAttributes } from '../../generators/user.js';
import { atPath } from '../../trace/message.js';

/**
 * A PATCH of an attribute that a user was seen to keep as it was written; undefined where it keeps none of those that
 * are tried.
 */
export const keptPatch = (
  user: Record<string, unknown>,
  written: UserAttributes,
  patched: UserAttributes,
): { readonly path: string; readonly body: Record<string, unknown> } | undefined => {
  const kept = [
    { path: 'displayName', was: written.displayName, value: patched.displayName },
    { path: 'name.familyName', was: written.familyName, value: patched.familyName },
  ].find(({ path, was }) => atPath(user, path) === was);
  if (kept === undefined) return undefined;
  const { path, value } = kept;
  return { path, body: { schemas: [urn.patchOp], Operations: [{ op: 'replace', path, value }] } };
};
