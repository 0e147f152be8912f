/** The name of an exercise, as `--path` takes it. */
import type { BindingName } from '../contract/binding-name.js';

/** `scenario/0:1`, with `@respond-async` behind the scenario where it is about that binding. */
export const pathOf = (scenario: string, binding: BindingName | undefined, path: string): string =>
  `${scenario}${binding === 'respond-async' ? `@${binding}` : ''}/${path}`;
