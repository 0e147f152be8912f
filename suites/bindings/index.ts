/** The bindings by their names. */
import type { BindingName } from '../catalogue/requirement.js';
import type { Binding } from './binding.js';
import { requestModeBinding } from './request-mode.js';

export const bindings: ReadonlyMap<BindingName, Binding> = new Map([[requestModeBinding.name, requestModeBinding]]);
