/**
 * The scope of a run (profile 1.1, «Scope»): asynchronous SCIM with the synchronous ground under it, or synchronous SCIM
 * only. Without a wish of the user, the target decides.
 */
import type { Settings, TargetFacts } from '../../schemas/types.js';
import type { Profile } from '../definitions/profile.js';
import type { Requirement } from '../definitions/requirement.js';
import { SelectionError } from '../errors/errors.js';
import { servesAsynchronous } from '../provider/served-bindings.js';

/** `all`: both; requirements of bulk requests are then judged on synchronous and on asynchronous ones. */
export type Scope = NonNullable<TargetFacts['scope']>;

export const scopes = ['async', 'sync', 'all'] as const satisfies readonly Scope[];

type Wishes = Pick<Settings, 'scope' | 'binding' | 'serves'>;

/** Whether the options show that the user expects an asynchronous binding. */
const expectsBinding = ({ binding, serves = [] }: Wishes): boolean => binding !== 'auto' || serves.length > 0;

const isOfScope = ({ synchronous }: Profile, { id }: Requirement): boolean => synchronous?.ids.includes(id) === true;

/** Throws SelectionError if the wanted scope contains nothing that is selected, or contradicts other options. */
export const demandScope = (profile: Profile, selected: readonly Requirement[], wishes: Wishes): void => {
  const { scope } = wishes;
  if (scope === undefined || scope === 'async') return;
  if (profile.synchronous === undefined)
    throw new SelectionError(
      'no-such-scope',
      `Profile ${profile.version} has no synchronous scope: leave out --scope ${scope}, or choose a later profile with --profile.`,
    );
  if (scope === 'all') return;
  if (expectsBinding(wishes))
    throw new SelectionError(
      'no-such-scope',
      '--scope sync judges no asynchronous binding: leave out --binding and --serves, or choose --scope all.',
    );
  if (!selected.some((requirement) => isOfScope(profile, requirement)))
    throw new SelectionError(
      'no-such-scope',
      `--scope sync contains none of the selected requirements: ${selected.map(({ id }) => id).join(', ')}. Leave it out, or select others.`,
    );
};

/** The facts about the target and the scope of a run on it. Where it may serve a binding, synchronous SCIM is not enough. */
export const withScope = (
  { facts, isUnsure }: { readonly facts: TargetFacts; readonly isUnsure: boolean },
  profile: Profile,
  selected: readonly Requirement[],
  wishes: Wishes,
): TargetFacts => {
  const isAsynchronous = isUnsure || servesAsynchronous(facts) || expectsBinding(wishes);
  return { ...facts, scope: wishes.scope ?? usualScope(profile, selected, isAsynchronous) };
};

const usualScope = (profile: Profile, selected: readonly Requirement[], isAsynchronous: boolean): Scope =>
  isAsynchronous || !selected.some((requirement) => isOfScope(profile, requirement)) ? 'async' : 'sync';

/** The selected requirements, divided by the scope of the run. */
export const inScope = (
  profile: Profile,
  selected: readonly Requirement[],
  { scope }: TargetFacts,
): { readonly judged: readonly Requirement[]; readonly outOfScope: readonly string[] } => {
  if (scope !== 'sync') return { judged: selected, outOfScope: [] };
  return {
    judged: selected.filter((requirement) => isOfScope(profile, requirement)),
    outOfScope: selected.filter((requirement) => !isOfScope(profile, requirement)).map(({ id }) => id),
  };
};
