/** The bindings by name, because traces and options hold only names. */
import type { BindingName } from '../contract/binding-name.js';
import type { Binding } from './binding.js';
import { requestModeBinding } from './request-mode.js';
import { respondAsyncBinding } from './respond-async.js';

export const bindings: Readonly<Record<BindingName, Binding>> = {
  'request-mode': requestModeBinding,
  'respond-async': respondAsyncBinding,
};
