/** Recognises internals of a provider that an error should not show: stack traces, file paths and queries (ERR-08). */
import { percentDecoded } from '../trace/percent-decoded.js';
import { clip } from './describe.js';

export interface Leak {
  readonly kind: 'a stack trace' | 'a file path' | 'a query';
  readonly text: string;
}

/** Every repetition has a bound, because a target may send a megabyte of text that nearly matches everywhere. */
const patterns: readonly [Leak['kind'], RegExp][] = [
  [
    'a stack trace',
    // A place of digits alone is a time, such as (2026-01-31T10:00:00), and no line of a file.
    /\bat [\w$.<>[\] ]{1,200} ?\((?![\dT.:+-]{1,500}\))(?:[^()\s]{1,500}:\d{1,9}:\d{1,9}|[\w$]{1,200}\.(?:java|kt|scala):\d{1,9}|native)\)/g,
  ],
  ['a stack trace', /Traceback \(most recent call last\)/g],
  ['a stack trace', /File "[^"]{1,500}", line \d/g],
  ['a stack trace', /\bgoroutine \d+ \[/g],
  ['a stack trace', /\bat [\w.]{1,200}\.[\w<>]{1,200}\([^)]{0,500}\) in [^\s]{1,500}:line \d/g],
  [
    'a file path',
    /(?:^|[\s"'(:=])(?:file:\/\/)?\/(?:usr|home|var|opt|srv|root|app|tmp|etc|mnt|Users\/[\w.-]{1,100}\/[\w.-]{1,100})\/[\w./-]{1,500}\.\w+/g,
  ],
  ['a file path', /(?:^|[\s"'(])[A-Za-z]:\\{1,2}[\w. -]{1,200}\\/g],
  ['a file path', /\bnode_modules\//g],
  [
    'a query',
    /\b(?:SELECT\s.{1,500}?\sFROM|INSERT\s{1,9}INTO|UPDATE\s{1,9}\S{1,200}\s{1,9}SET|DELETE\s{1,9}FROM)\s{1,9}\S/g,
  ],
];

/** What the client sent, plain and URL-decoded, because an error may repeat it in either form. */
const withDecoded = (sent: string): string => `${sent} ${percentDecoded(sent) ?? ''}`;

/** The first leak in `text` that does not only repeat what the client `sent`; undefined if there is none. */
export const leakedInternals = (text: string, sent: string): Leak | undefined => {
  const echoes = withDecoded(sent);
  for (const [kind, pattern] of patterns) {
    for (const [match] of text.matchAll(pattern)) {
      const leak = match.trim();
      if (!echoes.includes(leak.replace(/^["'(:=\s]+/, ''))) return { kind, text: clip(leak) };
    }
  }
  return undefined;
};
