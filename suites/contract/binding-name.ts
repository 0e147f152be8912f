/** The two ways to be asynchronous (profile §1). */

/** In the order in which they are tried. */
export const bindingNames = ['request-mode', 'respond-async'] as const;

export type BindingName = (typeof bindingNames)[number];
