/** Which asynchronous bindings a target was found to serve. */
import type { TargetFacts } from '../../schemas/types.js';
import type { BindingName } from '../catalogue/requirement.js';

/** In the order in which they are tried; the first is the one of what is about none in particular. */
export const servedBindings = ({ bindings }: TargetFacts): BindingName[] =>
  (['request-mode', 'respond-async'] as const).filter((name) => bindings[name] !== undefined);
