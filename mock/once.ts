/** Puts work off until somebody wants its result, and does it one time: most events of a mock are never read. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};
