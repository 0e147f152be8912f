/** JSON as the suite reads it: what a target sends must not be able to bring down who looks at it. */

/** SCIM nests five deep; whatever walks a value that nests by the ten thousand runs out of stack. */
const deepest = 200;

/** Whether JSON nests deeper than anybody walks. */
const isTooDeep = (text: string): boolean => {
  // Every level takes two characters.
  if (text.length < 2 * deepest) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > deepest) return true;
    } else if (character === ']' || character === '}') depth -= 1;
  }
  return false;
};

/** The value of a JSON text; undefined where it is none, or nests deeper than 200 levels. */
export const readJson = (text: string): unknown => {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
