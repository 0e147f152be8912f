import { xfrm01 } from '../../../../suites/requirements/xfrm/xfrm-01.js';
import { transform, transformSteps } from '../../../../suites/scenarios/features/transform.js';
import { transformCases, type CaseName } from '../../../../suites/scenarios/features/transform-cases.js';
import { plainUser } from '../../../../suites/generators/user.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { bulkTrace, create, created, failedWith, refusedBulk, type HandMadeOperation } from '../bulk/bulk-trace.js';

type Shown = Readonly<Record<string, unknown>>;

const operationsOf = (name: CaseName, template: Shown = {}): HandMadeOperation[] =>
  transformCases[name].users.map(({ attributes, becomes }, place) =>
    create(`b${place}`, {
      data: { ...template, ...plainUser(`b${place}@example.com`), ...attributes },
      ...(becomes === undefined ? { expected: 'failure' as const } : {}),
    }),
  );

/** What the users should be like. */
const rightly = (name: CaseName): Shown[] => transformCases[name].users.map(({ becomes = {} }) => becomes);

/** What they are like without the rules. */
const untouched = (name: CaseName): Shown[] => transformCases[name].users.map(({ attributes }) => attributes);

const statusesOf = (name: CaseName): string[] =>
  transformCases[name].users.map(({ becomes }) => (becomes === undefined ? '400' : '201'));

interface Story {
  readonly is?: readonly Shown[];
  readonly twins?: readonly Shown[];
  readonly statuses?: readonly string[];
  /** Attributes that the target file adds. */
  readonly template?: Shown;
}

const story = (
  name: CaseName,
  { is = rightly(name), twins = rightly(name), statuses = statusesOf(name), template = {} }: Story = {},
): HandMadeTrace => {
  const operations = operationsOf(name, template);
  const results = operations.map(({ bulkId = '' }, place) => {
    const status = statuses[place] ?? '201';
    return status === '201' ? created(bulkId) : failedWith(status, bulkId);
  });
  const trace = bulkTrace(transform, { operations, results, step: transformSteps.rules.of(name) });
  for (const place of operations.keys()) {
    if (statuses[place] !== '201') continue;
    const read = (variant: ReturnType<typeof transformSteps.twin.of>, body: unknown): unknown =>
      trace.exchange('read', `GET /Users/${variant.length}${place}`, { status: 200, body, variant });
    read(transformSteps.afterwards.of(String(place)), is[place]);
    read(transformSteps.twin.of(String(place)), twins[place]);
  }
  return trace;
};

const refused = (name: CaseName, status: number): HandMadeTrace =>
  refusedBulk(transform, { operations: operationsOf(name), step: transformSteps.rules.of(name) }, status);

proveRequirement(xfrm01, {
  right: {
    ...Object.fromEntries(
      (Object.keys(transformCases) as CaseName[]).map((name) => [`the case «${name}»`, () => story(name)]),
    ),
    'an unknown rule is refused at once': () => refused('unknown rule', 400),
  },
  wrong: {
    'options-refused': () => refused('map', 400),
    'normalise-not-applied': () => story('normalise', { is: untouched('normalise') }),
    'map-not-applied': () => story('map', { is: untouched('map') }),
    'conditional-not-applied': {
      'not at all': () => story('conditional', { is: untouched('conditional') }),
      'although its condition is not true': () =>
        story('conditional', { is: [{ displayName: 'Nobody' }, { displayName: 'Nobody' }] }),
    },
    'default-not-applied': {
      'the value is still missing': () => story('default', { is: untouched('default') }),
      'it overwrites a value': () => story('default', { is: [{ title: 'Staff' }, { title: 'Staff' }] }),
    },
    'format-not-applied': () => story('format', { is: [{ displayName: '{name.familyName}, {name.givenName}' }] }),
    'order-not-kept': () => story('order of rules', { is: [{ title: 'Developer', displayName: 'dev King' }] }),
    'validated-before-the-rules': {
      'when the request arrives': () => refused('before validation', 400),
      'in the result': () => story('before validation', { statuses: ['400'] }),
    },
    'failing-rule-ignored': () => story('value that is not mapped', { statuses: ['201', '201', '201'] }),
    'unknown-rule-ignored': () => story('unknown rule', { statuses: ['201'] }),
    'failure-spreads': {
      'to other operations': () => story('value that is not mapped', { statuses: ['424', '400', '201'] }),
      'to the whole request': () => refused('value that is not mapped', 400),
    },
    'operation-fails': () => story('format', { statuses: ['400'] }),
  },
  legal: {
    'a provider that does not keep the attribute (RFC 7643 §2.2)': () =>
      story('map', { is: [{}, {}], twins: [{}, {}] }),
    'a provider that keeps it in another form (RFC 7643 §2.3.1)': () => {
      const small = [{ displayName: 'KING, ADA' }];
      return story('format', { is: small, twins: small });
    },
    'a title from the target file is none that is missing (docs/target-file.md)': () =>
      story('default', { is: [{ title: 'Tester' }, { title: 'Chief' }], template: { title: 'Tester' } }),
    'an operation that fails for a reason of its own (RFC 9110 §15.6)': () => story('format', { statuses: ['500'] }),
  },
  silent: {
    'a request that needs other rights': () => refused('map', 403),
    'a request that is never completed': () =>
      bulkTrace(transform, { operations: operationsOf('map'), step: transformSteps.rules.of('map') }),
  },
});
