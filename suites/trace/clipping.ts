/**
 * Limits the length of texts in a report and its formats. A provider can send texts of any length, but people read a
 * report, so that everything written to one obeys these limits.
 */

/** Characters (UTF-16 code units), including the note about the cut. */
export const limits = {
  /** The id of a requirement. */
  id: 20,
  /** A value that is quoted within a sentence. */
  quote: 120,
  /** The name of a header field, a scenario or an exercise. */
  name: 100,
  /** One line of a list or a heading. */
  line: 300,
  headerValue: 400,
  url: 1000,
  /** A paragraph, such as `expected`, `actual` or a part of a guide. */
  paragraph: 1500,
  /** A body in a shown exchange. */
  body: 2000,
  /** Any other text of a report: nothing longer is kept. */
  text: 2000,
  /** A request body in a report: longer than a response body, so that the request can be sent again. */
  requestBody: 16_384,
  responseBody: 4096,
  /** A command to be pasted. A longer one is not shown, because half a command would do something else. */
  command: 8000,
  /** All exchanges of one finding, as plain text. */
  exchanges: 20_000,
} as const;

/** The note that `clip` puts at the end of a text. */
const note = (length: number): string => `… (${length} characters)`;

const noted = /… \((\d+) characters\)$/;

/**
 * The beginning of a text, as a copy: a slice would keep the whole text in memory. A character outside the Basic
 * Multilingual Plane, which is a pair of code units, is never cut in half.
 */
export const beginning = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const kept = text.slice(0, Math.max(0, most)).replace(/[\ud800-\udbff]$/, '');
  return Buffer.from(kept, 'utf16le').toString('utf16le');
};

/** Cuts a text to so many characters, with a note of its length; for a text that was cut before, its original length. */
export const clip = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const end = note(Number(noted.exec(text.slice(-40))?.[1] ?? text.length));
  return `${beginning(text, most - end.length)}${end}`;
};
