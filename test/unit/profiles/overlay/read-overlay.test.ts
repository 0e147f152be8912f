import t from 'tap';
import type { DeclaredRequirement, ProfileFile } from '../../../../schemas/types.js';
import { loadSchema } from '../../../../schemas/load.js';
import { ProfileError } from '../../../../suites/errors/errors.js';
import { defaultProfile, findProfile, findRequirement, profiles, readProfile } from '../../../../suites/index.js';

const source = [{ label: 'draft-example-scim-things-02 §3' }];

const declared = (about: Partial<DeclaredRequirement> = {}): DeclaredRequirement => ({
  id: 'THING-01',
  level: 'MUST',
  title: 'an accepted request has a Location',
  source,
  guide: { why: 'Why.', tested: 'How.', fix: 'What.' },
  on: { status: '202' },
  rule: { kind: 'exchange', expression: '$exists(response.headers.location)' },
  ...about,
});

const read = (file: Partial<ProfileFile>) =>
  readProfile(JSON.stringify({ name: 'draft', base: '1.1', ...file }, null, 2));

void t.test('a file that changes nothing has the requirements of its base', (t) => {
  const profile = read({});
  t.equal(profile.version, 'draft (base 1.1)');
  t.strictSame(profile.requirements, defaultProfile.requirements);
  t.strictSame(profile.carriers, defaultProfile.carriers);
  t.equal(read({ base: '1.0' }).requirements.length, findProfile('1.0')?.requirements.length);
  t.strictSame(
    (loadSchema('files/profile') as { properties: { base: { enum: unknown } } }).properties.base.enum,
    profiles.map(({ version }) => version),
  );
  t.end();
});

void t.test('levels and citations change, retired requirements are gone, and new ones come last', (t) => {
  const wire = { fields: { 'X-SCIM-Request-Mode': 'SCIM-Mode' } };
  const profile = read({
    wire,
    levels: { 'ACC-06': 'MUST' },
    sources: { 'ACC-05': source },
    retired: { 'STAT-08': 'the draft leaves the path open', 'STAT-01': 'another status' },
    requirements: [declared(), declared({ id: 'THING-02', rule: { kind: 'history', expression: 'true' } })],
  });
  t.equal(findRequirement('ACC-06')?.level, 'SHOULD');
  t.equal(findRequirement('ACC-06', profile)?.level, 'MUST');
  t.strictSame(findRequirement('ACC-05', profile)?.source, source);
  t.equal(findRequirement('STAT-08', profile), undefined);
  t.equal(profile.carriers?.['request-mode'].includes('STAT-01'), false, 'what is retired carries nothing');
  t.strictSame(profile.overlay, {
    declared: ['THING-01', 'THING-02'],
    retired: { 'STAT-08': 'the draft leaves the path open', 'STAT-01': 'another status' },
  });
  t.strictSame(profile.wire, wire);
  t.strictSame(
    profile.requirements.slice(-2).map(({ id, needs }) => [id, needs]),
    [
      ['THING-01', {}],
      ['THING-02', { binding: 'any' }],
    ],
  );
  t.equal(profile.synchronous?.ids.includes('THING-01'), true);
  t.equal(profile.synchronous?.ids.includes('THING-02'), false, 'it needs a binding');
  t.end();
});

const mistakes: Record<string, { text?: string; file?: Record<string, unknown>; code: string; says: RegExp }> = {
  'is no JSON': { text: '{\n  "name": "x",\n}', code: 'not-json', says: /^ {2}line 3, column 1: / },
  'has a member twice': {
    text: '{ "name": "x", "base": "1.1", "levels": {}, "levels": {} }',
    code: 'invalid-file',
    says: /line 1, column 31 \(\/levels\): this member stands again later in the same object/,
  },
  'starts from a profile that there is not': {
    file: { base: '7' },
    code: 'invalid-file',
    says: /line 3, column 3 \(\/base\): should be one of "1\.0", "1\.1"/,
  },
  'has an unknown member': {
    file: { level: {} },
    code: 'invalid-file',
    says: /line 1, column 1: «level» is not known/,
  },
  'names an id in another form': {
    file: { requirements: [declared({ id: 'thing-1' })] },
    code: 'invalid-file',
    says: /line 6, column 7 \(\/requirements\/0\/id\)/,
  },
  'changes the level of an unknown requirement': {
    file: { levels: { 'ACC-99': 'MUST' } },
    code: 'unknown-requirement',
    says: /line 5, column 5 \(\/levels\/ACC-99\): profile 1\.1 has no requirement ACC-99/,
  },
  'retires what a later profile has': {
    file: { base: '1.0', retired: { 'CORE-18': 'why' } },
    code: 'unknown-requirement',
    says: /profile 1\.0 has no requirement CORE-18/,
  },
  'cites for an unknown requirement': {
    file: { sources: { 'NONE-01': source } },
    code: 'unknown-requirement',
    says: /\(\/sources\/NONE-01\)/,
  },
  'changes what it retires': {
    file: { levels: { 'STAT-08': 'SHOULD' }, retired: { 'STAT-08': 'why' } },
    code: 'unknown-requirement',
    says: /\(\/levels\/STAT-08\): STAT-08 is retired by this file/,
  },
  'adds what there is': {
    file: { base: '1.0', requirements: [declared({ id: 'CORE-18' })] },
    code: 'existing-requirement',
    says: /\(\/requirements\/0\/id\): CORE-18 is a requirement of profile 1\.1/,
  },
  'adds an id twice': {
    file: { requirements: [declared(), declared()] },
    code: 'existing-requirement',
    says: /\(\/requirements\/1\/id\): THING-01 is another requirement of this file/,
  },
  'retires the completion': {
    file: { retired: { 'LIFE-01': 'why' } },
    code: 'needed-for-verdict',
    says: /\(\/retired\/LIFE-01\): LIFE-01 shows that accepted requests complete/,
  },
  'retires all that carries a binding': {
    file: { retired: Object.fromEntries(['PREF-03', 'PREF-05', 'LIFE-04', 'LIFE-06'].map((id) => [id, 'why'])) },
    code: 'needed-for-verdict',
    says: /\(\/retired\/PREF-03\): no verdict is possible if all of PREF-03, PREF-05, LIFE-04, LIFE-06 are retired/,
  },
  'gives two fields one name': {
    file: { wire: { fields: { 'X-SCIM-Request-Mode': 'X-C', 'X-Request-ID': 'x-c' } } },
    code: 'colliding-renames',
    says: /line 7, column 7 \(\/wire\/fields\/X-Request-ID\): /,
  },
  'gives a field the name of another that it renames': {
    file: { wire: { fields: { 'X-SCIM-Request-Mode': 'X-Request-ID', 'X-Request-ID': 'X-C' } } },
    code: 'colliding-renames',
    says: /\(\/wire\/fields\/X-SCIM-Request-Mode\)/,
  },
  'gives a member the name of another one': {
    file: { wire: { members: { state: 'status' } } },
    code: 'colliding-renames',
    says: /\(\/wire\/members\/state\): /,
  },
  'renames what is not there': {
    file: { wire: { members: { operationCount: 'counts' } } },
    code: 'unknown-name',
    says: /\(\/wire\/members\/operationCount\): «operationCount» is no name that the profile uses/,
  },
  'has braces in the path of a selection': {
    file: { requirements: [declared({ on: { path: '/Users/{id}' } })] },
    code: 'bad-selection',
    says: /\(\/requirements\/0\/on\/path\): a segment that may be anything is written \*/,
  },
  'begins a history with a read': {
    file: { requirements: [declared({ on: { method: 'GET' }, rule: { kind: 'history', expression: 'true' } })] },
    code: 'bad-selection',
    says: /\(\/requirements\/0\/on\/method\): /,
  },
  'changes the level of what it declares': {
    file: { levels: { 'THING-01': 'MUST' }, requirements: [declared({})] },
    code: 'unknown-requirement',
    says: /\(\/levels\/THING-01\): THING-01 is a requirement of this file: say it there/,
  },
  'has an expression that does not parse': {
    file: { requirements: [declared({ rule: { kind: 'history', expression: 'reads[' } })] },
    code: 'bad-rule',
    says: /\(\/requirements\/0\/rule\/expression\): Expected "\]" before end of expression/,
  },
  'has a regular expression that does not parse': {
    file: { requirements: [declared({ rule: { kind: 'field', name: 'X', pattern: '(' } })] },
    code: 'bad-rule',
    says: /\(\/requirements\/0\/rule\/pattern\): Invalid regular expression/,
  },
  'has a JSON Schema that is none': {
    file: { requirements: [declared({ rule: { kind: 'body', schema: { type: 'thing' } } })] },
    code: 'bad-rule',
    says: /\(\/requirements\/0\/rule\/schema\): schema is invalid/,
  },
  'misspells a keyword of JSON Schema': {
    file: { requirements: [declared({ rule: { kind: 'body', schema: { requires: ['id'] } } })] },
    code: 'bad-rule',
    says: /unknown keyword: "requires"/,
  },
  'demands nothing of a field': {
    file: { requirements: [declared({ rule: { kind: 'field', name: 'X', required: false } })] },
    code: 'bad-rule',
    says: /\(\/requirements\/0\/rule\/required\): it demands nothing/,
  },
};

for (const [what, { text, file, code, says }] of Object.entries(mistakes)) {
  void t.test(`a file that ${what} is refused, and the place is named`, (t) => {
    const whole = text ?? JSON.stringify({ name: 'draft', base: '1.1', ...file }, null, 2);
    const error: unknown = t.throws(() => readProfile(whole), ProfileError);
    t.match(error, { code, message: says });
    t.end();
  });
}

void t.test('all mistakes of a file are named at once, and its code is that of the first', (t) => {
  const levels = Object.fromEntries(Array.from({ length: 12 }, (_, place) => [`NONE-${10 + place}`, 'MUST' as const]));
  const error: unknown = t.throws(() => read({ levels, requirements: [declared({ id: 'ACC-06' })] }), ProfileError);
  t.match(error, { code: 'unknown-requirement' });
  t.match((error as ProfileError).message.split('\n'), { length: 11, 10: '  … and 3 more' });
  t.end();
});

void t.test('a mistake in an expression is found at its line and column, also behind escapes', (t) => {
  const placeOf = (expression: string): string | undefined => {
    const rule = JSON.stringify({ kind: 'exchange', expression }).replace('é', String.raw`\u00e9`);
    const lines = JSON.stringify({ name: 'draft', base: '1.1', requirements: [{ ...declared(), rule: 0 }] }, null, 2);
    const text = lines.replace('"rule": 0', `"rule":\n${rule}`);
    const error: unknown = t.throws(() => readProfile(text), ProfileError);
    return /line (\d+, column \d+) /.exec((error as ProfileError).message)?.[1];
  };
  const first = '{"kind":"exchange","expression":"'.length + 1;
  t.equal(placeOf('response.status = ) 1'), `23, column ${first + 18}`, 'at the token that is wrong');
  t.equal(placeOf('"é\n" = response.) 1'), `23, column ${first + 16 + 2 + 5 + 1}`, 'two quotes, é and a line break');
  t.equal(placeOf('reads['), `23, column ${first + 6}`, 'behind the last character');
  t.end();
});
