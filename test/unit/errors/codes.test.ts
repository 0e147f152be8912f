import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { amqpErrorCodes } from '../../../mock/integration/amqp/amqp-error.js';
import { storeErrorCodes } from '../../../mock/store/store-error.js';
import { errorCodes } from '../../../suites/errors/codes.js';
import {
  Blocked,
  HarnessError,
  MergeError,
  NoAccessToken,
  ProfileError,
  RecordingError,
  RuleError,
  ScimConformanceError,
  SelectionError,
  Unreachable,
} from '../../../suites/errors/errors.js';

/** The codes of each section of docs/errors.md. */
const documented = (): Record<string, string[]> => {
  const text = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  return Object.fromEntries(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [
        /^\w+/.exec(section)?.[0] ?? '',
        [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, code]) => code ?? ''),
      ]),
  );
};

void t.test('the codes of all errors are those that are documented, in their order', (t) => {
  t.strictSame(documented(), {
    ...errorCodes,
    AmqpError: [...amqpErrorCodes],
    StoreError: [...storeErrorCodes],
  });
  for (const codes of Object.values(errorCodes)) t.strictSame([...codes].sort(), codes);
  t.end();
});

void t.test('a code is written in kebab-case, and once only among those of one error', (t) => {
  for (const codes of Object.values(errorCodes)) {
    t.strictSame(
      codes.filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code)),
      [],
    );
    t.equal(new Set(codes).size, codes.length);
  }
  t.end();
});

void t.test('every code is given to an error somewhere', (t) => {
  const suites = new URL('../../../suites/', import.meta.url);
  const source = readdirSync(suites, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('codes.ts'))
    .map((file) => readFileSync(new URL(file, suites), 'utf8'))
    .join('\n');
  for (const code of new Set(Object.values(errorCodes).flat())) t.ok(source.includes(`'${code}'`), code);
  t.end();
});

void t.test('every error has a code, a name and the common base class', (t) => {
  const errors = [
    new Blocked('no-answer', 'why'),
    new HarnessError('judge-crashed', 'why'),
    new MergeError('not-a-part', 'why'),
    new NoAccessToken('token-refused', 'why'),
    new ProfileError('bad-rule', 'why'),
    new RecordingError('not-json', 'why'),
    new RuleError('rule-failed', 'why'),
    new SelectionError('unknown-suite', 'why'),
    new Unreachable('no-scim', 'why'),
  ];
  t.strictSame(
    errors.map(({ name }) => name),
    Object.keys(errorCodes),
  );
  for (const error of errors) {
    t.ok(error instanceof ScimConformanceError);
    t.ok((errorCodes[error.name] as readonly string[]).includes(error.code), error.code);
  }
  const cause = new TypeError('broken');
  t.match(HarnessError.in('scenario-crashed', 'scenario x', cause), {
    message: /^scenario x: TypeError: broken/,
    cause,
  });
  t.end();
});
