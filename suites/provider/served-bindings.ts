/** Which asynchronous bindings a target was found to serve. */
import type { TargetFacts } from '../../schemas/types.js';
import { bindingNames, type BindingName } from '../contract/binding-name.js';

/** The first is the one of what is about none in particular. */
export const servedBindings = ({ bindings }: TargetFacts): BindingName[] =>
  bindingNames.filter((name) => bindings[name] !== undefined);
