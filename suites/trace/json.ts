/** JSON as the suite reads it: what a target sends must not be able to bring down who looks at it. */

/** SCIM nests five deep; whatever walks a value that nests by the ten thousand runs out of stack. */
const deepest = 200;

/** Whether a value nests deeper than so many levels. */
const isDeeperThan = (levels: number, value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const member of Object.values(value)) if (isDeeperThan(levels - 1, member)) return true;
  return false;
};

/** The value of a JSON text; undefined where it is none, or nests deeper than 200 levels. */
export const readJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeperThan(deepest, value) ? undefined : value;
  } catch {
    return undefined;
  }
};
