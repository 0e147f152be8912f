/** Computes a value when it is first needed, and only once. Most events of a mock are never signed. */
export const once = <T>(make: () => T): (() => T) => {
  let rest: { readonly make: () => T } | { readonly value: T } = { make };
  return () => {
    // What was needed to make it is not kept: it may hold the body of a request.
    if ('make' in rest) rest = { value: rest.make() };
    return rest.value;
  };
};
