import t from 'tap';
import { guardedFieldsOf, kindOfField } from '../../../suites/provider/given-fields.js';
import { secretsOf } from '../../../suites/provider/secrets.js';
import { credentialHeaders, isAuthenticated, type TargetDescription } from '../../../suites/provider/target.js';

const baseUrl = 'https://acme.example/scim/v2';

const target: TargetDescription = {
  baseUrl,
  token: 'the-token',
  secondToken: 'the-second-token',
  headers: [
    ['X-Anything', 'h1dden-from-all'],
    ['X-Tenant', 'acme'],
    ['X-Referred', 'referred-to'],
    ['X-Region', 'north'],
    ['X-Api-Key-Version', 'seven-of-nine'],
    ['Cookie', 'sid=0123456789abcdef; theme=dark'],
    ['Proxy-Authorization', `Basic ${Buffer.from('user:the-password').toString('base64')}`],
    ['Accept-Language', 'en-GB'],
  ],
  credentialFields: ['x-referred'],
  publicFields: ['X-REGION', 'x-api-key-version'],
};

void t.test('every given field is guarded, unless the user or its name says what it is', (t) => {
  const kinds = target.headers?.map(([name]) => [name, kindOfField(target, name)]);
  t.strictSame(kinds, [
    ['X-Anything', 'guarded'],
    ['X-Tenant', 'guarded'],
    ['X-Referred', 'credential'],
    ['X-Region', 'public'],
    ['X-Api-Key-Version', 'public'],
    ['Cookie', 'credential'],
    ['Proxy-Authorization', 'credential'],
    ['Accept-Language', 'public'],
  ]);
  t.strictSame(guardedFieldsOf(target), ['X-Anything', 'X-Tenant']);
  t.equal(kindOfField(target, 'Content-Type'), 'public', 'a field of the suite');
  t.equal(kindOfField(target, 'Authorization'), 'credential', 'a field of the suite with a credential');
  const random: TargetDescription = { baseUrl, headers: [['X-Id', 'a1'.repeat(12)]] };
  t.equal(kindOfField(random, 'x-id'), 'credential', 'a value that looks random');
  t.end();
});

void t.test('only requests with the first credential have the fields that may be credentials', (t) => {
  const namesOf = (...args: Parameters<typeof credentialHeaders>): string[] =>
    credentialHeaders(...args).map(([name]) => name);
  const open = ['X-Region', 'X-Api-Key-Version', 'Accept-Language'];
  t.strictSame(namesOf(target, 'none'), open);
  t.strictSame(namesOf(target, 'status-token'), open);
  t.strictSame(namesOf(target, 'invalid'), [...open, 'Authorization']);
  t.strictSame(namesOf(target, 'second'), [...open, 'Authorization']);
  t.strictSame(namesOf(target, 'primary'), [...(target.headers ?? []).map(([name]) => name), 'Authorization']);
  t.end();
});

void t.test('every field that is not public is a secret, with the parts that others may repeat', (t) => {
  const secrets = secretsOf(target).filter(({ name }) => name !== 'invalid');
  t.strictSame(secrets, [
    { name: 'primary', secret: 'the-token' },
    { name: 'second', secret: 'the-second-token' },
    { name: 'header', secret: 'h1dden-from-all' },
    { name: 'primary', secret: 'referred-to' },
    { name: 'primary', secret: 'sid=0123456789abcdef; theme=dark' },
    { name: 'primary', secret: '0123456789abcdef' },
    { name: 'primary', secret: 'dXNlcjp0aGUtcGFzc3dvcmQ=' },
    { name: 'primary', secret: 'user:the-password' },
    { name: 'primary', secret: 'the-password' },
  ]);
  t.end();
});

void t.test('a word of the protocol and a part of the URL are not searched for', (t) => {
  for (const value of ['asynchronous', 'application/scim+json', 'ACME', 'example'])
    t.strictSame(secretsOf({ baseUrl, headers: [['X-Mode', value]] }), [], value);
  t.end();
});

void t.test('a field of any name is a credential, but a certificate beside it is one, too', (t) => {
  const guarded: TargetDescription = { baseUrl, headers: [['X-Anything', 'x']] };
  t.equal(isAuthenticated(guarded), true);
  t.equal(isAuthenticated({ ...guarded, publicFields: ['X-Anything'] }), false);
  t.end();
});
