/** Says where a text stops being JSON, as line and column: what Node says of it differs from version to version. */

/** The place at which a prefix of the text is for the first time more than cut short; of use where Node names none. */
const firstUnexpected = (text: string): number => {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isUnexpected(text.slice(0, middle))) bad = middle;
    else good = middle;
  }
  return good;
};

const isUnexpected = (text: string): boolean => {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return error instanceof Error && error.message.startsWith('Unexpected token');
  }
};

/** A clause such as «line 3, column 5: Expected ',' or '}' after property value», of a text that JSON.parse refused. */
export const jsonMistake = (text: string, error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  const named = /^(.*?)(?: in JSON)? at position (\d+)/s.exec(message);
  const what = named?.[1] ?? message.replace(/,? (?:\.\.\.)?"[^]*is not valid JSON$/, '');
  const isCutShort = named === null && !message.startsWith('Unexpected token');
  const position = named === null ? (isCutShort ? text.length : firstUnexpected(text)) : Number(named[2]);
  const lines = text.slice(0, position).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}: ${what}`;
};
