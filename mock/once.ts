/** Computes a value when it is first needed, and only once. Most events of a mock are never read. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};
