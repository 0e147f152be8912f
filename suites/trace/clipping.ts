/**
 * How much of a text is kept in a report and shown in its formats. A provider can send texts of any length, and a
 * report is read by people: all that write one follow these limits.
 */

/** Characters (UTF-16 code units), the note that something was cut off included. */
export const limits = {
  /** The id of a requirement. */
  id: 20,
  /** A value that is quoted within a sentence. */
  quote: 120,
  /** What names something: a header field, a scenario, an exercise. */
  name: 100,
  /** One line of a list or a heading. */
  line: 300,
  headerValue: 400,
  url: 1000,
  /** A paragraph: what was expected, what came, why something is so, what to do. */
  paragraph: 1500,
  /** A body, where an exchange is shown. */
  body: 2000,
  /** Any text of a report, unless it is a body: nothing longer is kept. */
  text: 2000,
  /** A body in a report; of what was sent more is kept, so that it can be sent again. */
  requestBody: 16_384,
  responseBody: 4096,
  /** A command to be pasted. A longer one is not shown: half a command would do something else. */
  command: 8000,
  /** All exchanges of one finding, where they are shown as plain text. */
  exchanges: 20_000,
} as const;

/** What `clip` leaves at the end of a text. */
const note = (length: number): string => `… (${length} characters)`;

const noted = /… \((\d+) characters\)$/;

/**
 * The beginning of a text, in memory of its own: a slice would keep the whole text alive. A character outside the Basic
 * Multilingual Plane, which is a pair of code units, is never cut in half.
 */
export const beginning = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const kept = text.slice(0, Math.max(0, most)).replace(/[\ud800-\udbff]$/, '');
  return Buffer.from(kept, 'utf16le').toString('utf16le');
};

/** At most so many characters of a text, and how many there were; of a text that was clipped before, how many it once had. */
export const clip = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const end = note(Number(noted.exec(text.slice(-40))?.[1] ?? text.length));
  return `${beginning(text, most - end.length)}${end}`;
};
