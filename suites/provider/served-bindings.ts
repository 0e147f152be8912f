/** Which asynchronous bindings a target was found to serve. */
import type { TargetFacts } from '../../schemas/types.js';
import { bindingNames, type BindingName } from '../contract/binding-name.js';

/** In the order of preference: a scenario that needs no special binding uses the first. */
export const servedBindings = ({ bindings }: TargetFacts): BindingName[] =>
  bindingNames.filter((name) => bindings[name] !== undefined);

/** Whether a target serves an asynchronous binding at all. */
export const servesAsynchronous = (facts: TargetFacts): boolean => servedBindings(facts).length > 0;
