/** Joins lines that were folded to the width of a page with one backslash or two (RFC 8792 §7.1, §8.1). */
import type { SourceLine } from '../document.js';

const header = /NOTE: '(\\{1,2})' line wrapping per RFC 8792/;

/** A folded line has the number of its first part. Lines without the header of RFC 8792 come back as they are. */
export const unfold = (lines: readonly SourceLine[]): readonly SourceLine[] => {
  const [, strategy] = header.exec(lines[0]?.text ?? '') ?? [];
  if (strategy === undefined) return lines;
  // A blank line stands between the header and the content.
  const content = lines.slice(lines[1]?.text.trim() === '' ? 2 : 1);
  const unfolded: SourceLine[] = [];
  let open: SourceLine | undefined;
  for (const { text, number } of content) {
    const part = strategy.length === 1 ? text.trimStart() : text.trimStart().replace(/^\\/, '');
    const whole: SourceLine = open === undefined ? { text, number } : { text: open.text + part, number: open.number };
    if (whole.text.endsWith('\\')) open = { ...whole, text: whole.text.slice(0, -1) };
    else {
      unfolded.push(whole);
      open = undefined;
    }
  }
  return open === undefined ? unfolded : [...unfolded, open];
};
