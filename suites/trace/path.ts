/** Makes the name of an exercise, as the option `--path` takes it. */
import type { BindingName } from '../contract/binding-name.js';

/** `scenario/0:1`, with `@respond-async` after the scenario if it runs over that binding. */
export const pathOf = (scenario: string, binding: BindingName | undefined, path: string): string =>
  `${scenario}${binding === 'respond-async' ? `@${binding}` : ''}/${path}`;
