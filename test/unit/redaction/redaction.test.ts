import fc from 'fast-check';
import t from 'tap';
import { marker, Vault } from '../../../suites/redaction/vault.js';
import { withoutStatusTokens } from '../../../suites/redaction/status-tokens.js';

const secret = 'tok/en+1~with-26_letters..=';

const vault = (): Vault => new Vault([{ name: 'primary', secret }]);

const hexOf = (text: string): string => Buffer.from(text).toString('hex');

const base64Of = (text: string): string => Buffer.from(text).toString('base64');

/** Different spellings, as servers, proxies and frameworks write the text that they received. */
const spelled: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'in a URL': encodeURIComponent,
  'in a URL, all of it': (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'in a URL, twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'in a JSON string with slashes escaped': (text) => text.replaceAll('/', String.raw`\/`),
  'in a JSON string, all of it': (text) =>
    [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`).join(''),
  'in JSON in a JSON string': (text) => text.replaceAll('/', String.raw`\\\/`).replaceAll('t', String.raw`\\u0074`),
  'in HTML': (text) => text.replaceAll('/', '&#47;').replaceAll('+', '&#x2B;'),
  'in a URL in HTML in JSON': (text) =>
    JSON.stringify(encodeURIComponent(text).replaceAll('%', '&#37;'))
      .slice(1, -1)
      .replaceAll('&', String.raw`\u0026`),
  'in capitals': (text) => text.toUpperCase(),
  'in small letters': (text) => text.toLowerCase(),
  'in capitals in a URL': (text) => encodeURIComponent(text.toUpperCase()),
  'as hexadecimal digits': hexOf,
  'as hexadecimal digits in capitals': (text) => hexOf(text).toUpperCase(),
  'as bytes in a string of a program': (text) => hexOf(text).replaceAll(/../g, String.raw`\x$&`),
};

for (const [how, spell] of Object.entries(spelled)) {
  void t.test(`a secret written ${how} is replaced, and nothing else`, (t) => {
    t.equal(vault().redact(`before ${spell(secret)}, after`), `before ${marker('primary')}, after`);
    t.equal(vault().redact(spell(secret) + spell(secret)), marker('primary').repeat(2));
    t.end();
  });
}

void t.test('a secret is replaced in base64 of whatever is around it', (t) => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z0-9._~+/-]{12,60}$/),
      fc.string(),
      fc.string(),
      fc.constantFrom('base64' as const, 'base64url' as const),
      (token, before, after, encoding) => {
        const text = Buffer.from(before + token + after).toString(encoding);
        const redacted = new Vault([{ name: 'second', secret: token }]).redact(text);
        return redacted.includes(marker('second')) && !Buffer.from(redacted, encoding).includes(token);
      },
    ),
  );
  t.end();
});

/** Encodings in which the characters beside the secret cannot be told from those of the secret. */
const encoded: Record<string, (text: string) => string> = {
  'base64 of base64': (text) => base64Of(base64Of(text)),
  'base64url of base64url': (text) => Buffer.from(Buffer.from(text).toString('base64url')).toString('base64url'),
  'base64 of a header field in base64': (text) => base64Of(`Authorization: ${base64Of(`client:${text}`)}`),
  'base64 in lines': (text) => base64Of(`before ${text} after`).replaceAll(/.{16}/g, '$&\n'),
  'base64 in lines with blanks': (text) => base64Of(`before ${text} after`).replaceAll(/.{16}/g, '$&\r\n  '),
  'base64 in lines of a JSON string': (text) => JSON.stringify(base64Of(`a${text}`).replaceAll(/.{16}/g, '$&\r\n')),
  'base64 in a URL': (text) => encodeURIComponent(base64Of(`ab${text}`)),
  'base64 of capitals': (text) => base64Of(`a${text.toUpperCase()}`),
  'hexadecimal digits of small letters': (text) => hexOf(text.toLowerCase()),
  'base64 of hexadecimal digits': (text) => base64Of(hexOf(text)),
  'hexadecimal digits of base64': (text) => hexOf(base64Of(text)),
  'hexadecimal digits of hexadecimal digits': (text) => hexOf(hexOf(text)),
  'bytes with commas and blanks': (text) => hexOf(text).replaceAll(/..(?=.)/g, '$&, '),
  'bytes of a list in a program': (text) => `{${hexOf(text).replaceAll(/..(?=.)/g, '0x$&, ')}}`,
  'bytes with blanks and small prefixes': (text) => hexOf(text).replaceAll(/..(?=.)/g, '0X$& '),
  'bytes with colons': (text) => hexOf(text).replaceAll(/..(?=.)/g, '$&:'),
  'bytes with blanks': (text) =>
    hexOf(text)
      .toUpperCase()
      .replaceAll(/..(?=.)/g, '$& '),
};

for (const [how, encode] of Object.entries(encoded)) {
  void t.test(`a secret in ${how} is replaced`, (t) => {
    const text = encode(secret);
    const redacted = vault().redact(`before «${text}» after`);
    t.match(redacted, /^before «.{0,40}\{\{primary\}\}.{0,30}» after$/s);
    t.end();
  });
}

void t.test('a short secret is replaced as a word in its own letter case, and not within others', (t) => {
  const short = new Vault([{ name: 'header', secret: 'user' }]);
  const text = '{"userName":"a","User":"superuser"} user "user"';
  t.equal(short.redact(text), '{"userName":"a","User":"superuser"} {{header}} "{{header}}"');
  t.end();
});

void t.test('a secret that any JSON contains is not searched for, because nobody could read the rest', (t) => {
  const common = new Vault(['true', 'null', '1234', '2.0', ''].map((each) => ({ name: 'header', secret: each })));
  const text = '{"active":true,"manager":null,"total":1234,"schemas":["urn:x:2.0:User"]}';
  t.equal(common.redact(text), text);
  t.end();
});

void t.test('letters that are longer in lower case move nothing', (t) => {
  t.equal(vault().redact(`İİİ ${secret.toUpperCase()} İ`), 'İİİ {{primary}} İ');
  t.end();
});

void t.test('of two secrets that overlap, nothing is left', (t) => {
  const both = new Vault([
    { name: 'primary', secret: 'abcdefgh-1234' },
    { name: 'second', secret: '1234-ijklmnop' },
  ]);
  t.equal(both.redact('x abcdefgh-1234-ijklmnop y'), 'x {{primary}} y');
  t.end();
});

void t.test('text without a secret stays as it is, whatever escapes it has', (t) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('\\', '/', '%2', '5', '&#', 'x2f;', 'tok', '\\u00', '"')), (parts) => {
      const text = parts.join('');
      return vault().redact(text) === text;
    }),
  );
  t.end();
});

void t.test('of a text that was cut within a secret, the half of it goes, too', (t) => {
  for (const length of [secret.length - 1, 12, 4]) {
    t.equal(vault().redactCut(`the token is ${secret.slice(0, length)}`), 'the token is ');
  }
  t.equal(vault().redactCut(`the token is ${encodeURIComponent(secret).slice(0, 12)}`), 'the token is ');
  t.equal(vault().redactCut(`the token is ${hexOf(secret).slice(0, 21)}`), 'the token is ');
  const asHtml = [...secret].map((letter) => `&#x${letter.charCodeAt(0).toString(16)};`).join('');
  for (const length of [61, 62, 63, 64, 65]) t.equal(vault().redactCut(`it is ${asHtml.slice(0, length)}`), 'it is ');
  t.equal(vault().redactCut('a & b &'), 'a & b &');
  t.equal(vault().redactCut(`${secret} and no more`), `${marker('primary')} and no more`);
  t.end();
});

void t.test('names and strings of a value are redacted at any depth', (t) => {
  const value = { [secret]: [{ note: `Bearer ${secret}`, count: 1, none: null }] };
  t.strictSame(vault().redactMembers(value), {
    '{{primary}}': [{ note: 'Bearer {{primary}}', count: 1, none: null }],
  });
  t.end();
});

void t.test('a status token is not recorded, whatever its value', (t) => {
  const wrong = String.raw`{"statusToken":{"value":"no JSON \q \u00zz","expiresAt":"x"}}`;
  const whole = String.raw`{"statusToken": {"expiresAt":"x", "value" : "a\"bc"}}`;
  const cut = '{"statusToken":{"value":"abc';
  const empty = '{"statusToken":{"value":""}}';
  const vaultOfAll = vault();
  const recorded = [wrong, whole, cut, empty].map((body) => withoutStatusTokens(body, vaultOfAll));
  t.strictSame(recorded, [
    '{"statusToken":{"value":"{{status-token-1}}","expiresAt":"x"}}',
    '{"statusToken": {"expiresAt":"x", "value" : "{{status-token-2}}"}}',
    '{"statusToken":{"value":"{{status-token-3}}',
    empty,
  ]);
  t.equal(vaultOfAll.reveal('{{status-token-2}}'), 'a"bc');
  t.equal(
    vaultOfAll.redact(String.raw`it was a\"bc`),
    'it was {{status-token-2}}',
    'once it was used, it is looked for',
  );
  t.equal(vaultOfAll.reveal('{{status-token-3}}'), 'abc');
  t.end();
});

void t.test('a status token is not recorded, in whatever letter case its name is (RFC 7643 §2.1)', (t) => {
  t.equal(
    withoutStatusTokens('{"StatusToken":{"Value":"abc"}}', vault()),
    '{"StatusToken":{"Value":"{{status-token-1}}"}}',
  );
  t.end();
});

void t.test('a million escapes cost no minutes', (t) => {
  const begun = performance.now();
  for (const text of [
    '\\',
    '%25',
    '\\u0074',
    '&#116;',
    secret.slice(0, -1),
    '73:',
    '\r\n',
    '"statusToken":{"value":"\\"',
  ])
    withoutStatusTokens(vault().redact(text.repeat(100_000)), vault());
  t.equal(performance.now() - begun < 5000, true);
  t.end();
});
