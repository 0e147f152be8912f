/** Parses JSON safely: no body from a target may crash the code that walks it. */

/** SCIM needs five levels. A value with ten thousand levels would overflow the stack of recursive code. */
const deepest = 200;

/** Whether a value nests deeper than so many levels. */
const isDeeperThan = (levels: number, value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const member of Object.values(value)) if (isDeeperThan(levels - 1, member)) return true;
  return false;
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

/** The value of a JSON text; undefined if it is no JSON, or nests deeper than 200 levels. */
export const readJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return isShallow(text) || !isDeeperThan(deepest, value) ? value : undefined;
  } catch {
    return undefined;
  }
};
