/** Parses JSON safely: no body from a target may crash the code that walks it. */

/** SCIM needs five levels. A value with ten thousand levels would overflow the stack of recursive code. */
const deepest = 200;

/**
 * The value with null in place of what nests deeper than so many levels, changed in place. Everything above stays readable:
 * one odd resource does not make a whole list unreadable.
 */
const prune = (levels: number, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  for (const [name, member] of Object.entries(value)) {
    const pruned = prune(levels - 1, member);
    // An assignment to a member called `__proto__` would do something else.
    if (pruned !== member) Reflect.defineProperty(value, name, { value: pruned });
  }
  return value;
};

/** Whether a text has so few brackets that it cannot nest too deep, which saves the walk for most texts. */
const isShallow = (text: string): boolean => {
  if (text.length <= 2 * deepest) return true;
  let brackets = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // { and [
    if ((code === 0x7b || code === 0x5b) && (brackets += 1) > deepest) return false;
  }
  return true;
};

/** The value of a JSON text, with null for what nests deeper than 200 levels; undefined if the text is no JSON. */
export const readJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return isShallow(text) ? value : prune(deepest, value);
  } catch {
    return undefined;
  }
};
