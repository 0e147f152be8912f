/** Harmful texts of a target: if a report shows one unchanged, something breaks or leaks. */

/** For every place that has room for a text. */
export const poison = {
  markup: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  xml: ']]></failure><testcase name="forged"/><!--',
  ansi: '\u001b[31mred\u001b[0m\u001b]0;title\u0007 and \u009b31m',
  nul: 'nul \u0000, bell \u0007, delete \u007f',
  unseen: 'half \ud800, turned \u202e, separators \u2028 \u2029, none \ufffe',
  lines: 'first\nnot ok 1 - forged\r\n::error title=forged::forged\n# forged heading\n1..0 # SKIP',
  fences: '``` and ```````` | a | cell |',
} as const;

const made = new Map<string, readonly string[]>();

/** Spellings of the credential; a report must contain none of them. They are made once, because every answer has them. */
export const spellingsOf = (credential: string): readonly string[] => {
  const known = made.get(credential) ?? makeSpellings(credential);
  made.set(credential, known);
  return known;
};

const makeSpellings = (credential: string): string[] => {
  const around = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${credential} and more`));
  const hex = (letter: string): string => letter.charCodeAt(0).toString(16).padStart(2, '0');
  return [
    credential,
    encodeURIComponent(credential),
    [...credential].map((letter) => `%${hex(letter)}`).join(''),
    [...credential].map((letter) => `\\u00${hex(letter)}`).join(''),
    [...credential].map((letter) => `&#x${hex(letter)};`).join(''),
    credential.replaceAll('/', String.raw`\/`),
    ...around.flatMap((bytes) => [bytes.toString('base64'), bytes.toString('base64url')]),
    credential.toUpperCase(),
    credential.toLowerCase(),
    [...credential].map(hex).join(''),
    [...credential].map(hex).join('').toUpperCase(),
    [...credential].map(hex).join(':'),
    ...around.map((bytes) => Buffer.from(bytes.toString('base64')).toString('base64')),
    Buffer.from(Buffer.from(credential).toString('base64url')).toString('base64url'),
    (around[0] ?? Buffer.alloc(0)).toString('base64').replaceAll(/.{16}/g, '$&\r\n'),
  ];
};

export const megabytes = (count: number, text: string): string =>
  text.repeat(Math.ceil((count * 1024 * 1024) / text.length));

/** A text for every place that accepts one. */
export const textFor = (credential: string): string =>
  [...Object.values(poison), ...spellingsOf(credential)].join(' ').replaceAll('"', "'");

/** JSON with the credential written with escapes, and with raw control characters where a parser accepts them. */
export const jsonOf = (value: object, credential: string): string =>
  JSON.stringify(value).replaceAll('{{escaped}}', spellingsOf(credential)[3] ?? '');

/** Values of the wrong kind, which break code that does not check them. */
export const odd = (place: number): unknown =>
  [
    { toString: null, valueOf: 1 },
    JSON.parse(`${'['.repeat(150)}${']'.repeat(150)}`),
    -0,
    null,
    '%zz/../\ud800',
    1e308,
    true,
    JSON.parse('{"__proto__":{"status":"201"}}'),
  ][place % 8];
