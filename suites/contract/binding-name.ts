/** The names of the two asynchronous bindings (profile §1). */

/** In the order in which they are probed. */
export const bindingNames = ['request-mode', 'respond-async'] as const;

export type BindingName = (typeof bindingNames)[number];
