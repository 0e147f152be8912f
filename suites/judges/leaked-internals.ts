/** Recognises what an error should keep to itself: stack traces, file paths and queries (ERR-08). */

export interface Leak {
  readonly kind: 'a stack trace' | 'a file path' | 'a query';
  readonly text: string;
}

const patterns: readonly [Leak['kind'], RegExp][] = [
  ['a stack trace', /\bat [\w$.<>[\] ]+ ?\((?:[^()\s]+:\d+:\d+|[\w$]+\.(?:java|kt|scala):\d+|native)\)/],
  ['a stack trace', /Traceback \(most recent call last\)/],
  ['a stack trace', /File "[^"]+", line \d+/],
  ['a stack trace', /\bgoroutine \d+ \[/],
  ['a stack trace', /\bat [\w.]+\.[\w<>]+\([^)]*\) in [^\s]+:line \d+/],
  [
    'a file path',
    /(?:^|[\s"'(:=])(?:file:\/\/)?\/(?:usr|home|var|opt|srv|root|app|tmp|etc|mnt|Users\/[\w.-]+\/[\w.-]+)\/[\w./-]+\.\w+/,
  ],
  ['a file path', /(?:^|[\s"'(])[A-Za-z]:\\{1,2}[\w. -]+\\/],
  ['a file path', /\bnode_modules\//],
  ['a query', /\b(?:SELECT\s.+?\sFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\s+\S/],
];

/** A spelling of what the client sent in which an echo of it can be recognised. */
const decoded = (sent: string): string => {
  try {
    return `${sent} ${decodeURIComponent(sent)}`;
  } catch {
    return sent;
  }
};

/** The first leak in `text` that is not an echo of what the client `sent` itself; undefined where there is none. */
export const leakedInternals = (text: string, sent: string): Leak | undefined => {
  const own = decoded(sent);
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(text)?.[0].trim();
    if (match !== undefined && !own.includes(match.replace(/^["'(:=\s]+/, '')))
      return { kind, text: match.slice(0, 100) };
  }
  return undefined;
};
