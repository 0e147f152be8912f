import { urn } from '../../../../schemas/names.js';
import { core17 } from '../../../../suites/requirements/core/core-17.js';
import { filters, filterSteps } from '../../../../suites/scenarios/synchronous/filters.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const bodies = {
  a: {
    displayName: 'Ann',
    externalId: 'Ext-A',
    title: 'alpha',
    active: true,
    emails: [
      { value: 'a@example.com', type: 'work' },
      { value: 'a@home.example', type: 'home' },
    ],
  },
  b: { displayName: 'Bob', title: 'bravo', active: false, emails: [{ value: 'b@example.com', type: 'home' }] },
  c: { displayName: 'Cyd' },
} as const;

type Name = keyof typeof bodies;

const names: readonly Name[] = ['a', 'b', 'c'];

const prefix = 'userName sw "x-"';

const user = (name: Name): Record<string, unknown> => ({
  schemas: [urn.user],
  userName: `x-${name}@example.com`,
  ...bodies[name],
});

const shown = (name: Name): Record<string, unknown> => ({
  id: name,
  ...user(name),
  meta: { created: '2026-11-29T22:00:00Z' },
});

const listOf = (resources: readonly unknown[], totalResults = resources.length): object => ({
  schemas: [urn.listResponse],
  totalResults,
  Resources: resources,
});

/** Names of users in an answer, or its status. */
type Reply = readonly string[] | number;

interface Asked {
  readonly filter: string;
  /** To the same question, one after the other. */
  readonly replies: readonly Reply[];
  readonly variant?: Step;
  readonly totalResults?: number;
  /** The status of an answer to the filter alone. */
  readonly alone?: number;
}

const isName = (name: string): name is Name => names.some((each) => each === name);

const query = (filter: string): `GET ${string}` => `GET /Users?filter=${encodeURIComponent(filter)}`;

const ask = (trace: HandMadeTrace, filter: string, { replies, variant, totalResults }: Asked): void => {
  for (const reply of replies) {
    const answer =
      typeof reply === 'number'
        ? { status: reply, body: { schemas: [urn.error], status: String(reply) } }
        : {
            status: 200,
            body: listOf(
              reply.map((name) => (isName(name) ? shown(name) : { id: name, userName: name })),
              totalResults,
            ),
          };
    trace.exchange('search', query(filter), { variant: variant ?? filterSteps.amongOurs, ...answer });
  }
};

interface Made {
  /** What the list of our users shows; absent: all of them once. */
  readonly ours?: readonly Reply[];
  readonly schemas?: object;
}

const made =
  (questions: readonly Asked[], { ours = [names], schemas }: Made = {}) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(filters, 'request-mode');
    const answer = schemas === undefined ? { status: 404 } : { status: 200, body: schemas };
    trace.exchange('discover', 'GET /Schemas', { variant: filterSteps.schemas, ...answer });
    for (const name of names)
      trace.exchange('create', 'POST /Users', {
        status: 201,
        subject: `x-${name}@example.com`,
        sent: user(name),
        body: shown(name),
      });
    ask(trace, prefix, { filter: prefix, replies: ours, variant: filterSteps.onlyOurs });
    for (const question of questions) {
      const { filter, alone } = question;
      ask(trace, `${prefix} and ${filter}`, question);
      if (alone !== undefined) ask(trace, filter, { filter, replies: [alone], variant: filterSteps.alone });
    }
    return trace;
  };

/** A filter that is answered with these users, and asked for again if that is not right. */
const once = (filter: string, ...found: readonly string[]): Asked => ({ filter, replies: [found] });
const twice = (filter: string, ...found: readonly string[]): Asked => ({ filter, replies: [found, found] });

const isAlpha = once('title eq "alpha"', 'a');
const isBravo = once('title eq "bravo"', 'b');
const isActive = once('active eq true', 'a');

const schemaWith = (attribute: object): object => ({
  schemas: [urn.listResponse],
  totalResults: 1,
  Resources: [{ id: urn.user, attributes: [attribute] }],
});

proveRequirement(core17, {
  right: {
    'comparisons of all kinds': made([
      isAlpha,
      isActive,
      once('displayName co "NN"', 'a'),
      once('title pr', 'a', 'b'),
      once('title gt "alpha"', 'b'),
      once('meta.created lt "2026-11-29T15:00:00-08:00"', 'a', 'b', 'c'),
      once('emails.type eq "home"', 'a', 'b'),
    ]),
    'filters that consist of others': made([
      isAlpha,
      isBravo,
      once('not (title eq "alpha")', 'b', 'c'),
      once('(title eq "alpha" or title eq "bravo")', 'a', 'b'),
    ]),
    'a value path': made([
      once('emails.type eq "home"', 'a', 'b'),
      once('emails.value ew "@example.com"', 'a', 'b'),
      once('emails[type eq "home" and value ew "@example.com"]', 'b'),
    ]),
    'names and operators in capitals': made([
      isAlpha,
      { ...once('TITLE EQ "alpha"', 'a'), variant: filterSteps.inCapitals },
    ]),
  },
  wrong: {
    'equality-wrong': made([twice('title eq "alpha"', 'a', 'b')]),
    'inequality-wrong': made([twice('title ne "alpha"', 'a')]),
    'part-of-text-wrong': {
      'a wildcard': made([twice('displayName sw "A%"', 'a')]),
      'nothing found': made([twice('displayName sw "A"')]),
      'somebody else': made([twice('displayName sw "A"', 'a', 'stranger')]),
    },
    'presence-wrong': {
      'asked for among others': made([twice('title pr', 'a', 'b', 'c')]),
      'where the filter alone is not refused': made([{ ...twice('title pr'), alone: 200 }]),
    },
    'order-wrong': made([twice('title ge "bravo"')]),
    'dates-wrong': made([twice('meta.created lt "2026-11-29T15:00:00-08:00"')]),
    'letters-of-values-wrong': {
      'of a value that is not case-exact': made([twice('displayName eq "ANN"')]),
      'of externalId': made([twice('externalId eq "EXT-A"', 'a')]),
      'of a value that the schema calls case-exact, as RFC 7643 does': made([twice('externalId co "ext"', 'a')], {
        schemas: schemaWith({ name: 'externalId', caseExact: true }),
      }),
    },
    'value-path-wrong': made([
      once('emails.type eq "home"', 'a', 'b'),
      once('emails.value ew "@example.com"', 'a', 'b'),
      twice('emails[type eq "home" and value ew "@example.com"]', 'a', 'b'),
    ]),
    'not-wrong': made([isAlpha, twice('not (title eq "alpha")', 'b')]),
    'logic-wrong': made([
      isAlpha,
      isBravo,
      isActive,
      once('title eq "bravo" and active eq true'),
      twice('(title eq "alpha" or title eq "bravo" and active eq true)', 'b'),
    ]),
    'names-in-capitals-wrong': {
      'nothing found': made([isAlpha, { ...twice('TITLE eq "alpha"'), variant: filterSteps.inCapitals }]),
      refused: made([isAlpha, { filter: 'title EQ "alpha"', replies: [400], variant: filterSteps.inCapitals }]),
    },
    'found-twice': {
      'with an attribute of several values': made([twice('emails.type pr', 'a', 'a', 'b')]),
      'in every list': made([], {
        ours: [
          ['a', 'a', 'b', 'c'],
          ['a', 'a', 'b', 'c'],
        ],
      }),
    },
    'order-of-booleans': made([once('active gt false', 'a')]),
    'refused-part-answered': made([{ ...twice('title pr'), alone: 400 }]),
    'filter-fails': made([{ filter: 'title eq "alpha"', replies: [500, 500] }]),
  },
  legal: {
    'a search that lags behind for a moment (RFC 7644 says nothing)': made([
      { filter: 'title eq "alpha"', replies: [[], ['a']] },
    ]),
    'a filter that is not supported (RFC 7644 §3.4.2.2)': made([isAlpha, { filter: 'title pr', replies: [400] }]),
    'ne that does not find an absent attribute, or finds it (RFC 7644 §3.4.2.2)': made([
      once('displayName ne "Ann"', 'b', 'c'),
      once('title ne "bravo"', 'a', 'c'),
    ]),
    'ne of some of several values (RFC 7644 §3.4.2.2)': made([
      twice('emails.type ne "work"', 'b'),
      twice('emails.type ne "home"', 'a', 'c'),
    ]),
    'capitals where /Schemas and RFC 7643 disagree': made([twice('externalId eq "EXT-A"', 'a')], {
      schemas: schemaWith({ name: 'externalId', caseExact: false }),
    }),
    'an order of texts that depends on the language': made([twice('displayName gt "Aaron"')]),
    'a composed filter whose parts are not understood': made([
      { filter: 'title eq "alpha"', replies: [501] },
      twice('not (title eq "alpha")'),
    ]),
    'no answer to the order of booleans (RFC 7644 §3.4.2.2)': made([{ filter: 'active gt false', replies: [400] }]),
    'pages of one user': made([{ ...twice('title pr', 'a'), totalResults: 2 }]),
  },
  open: {
    'RFC 7644 §3.4.2.2: ne and an absent attribute': made([once('title ne "bravo"', 'a')]),
  },
  silent: {
    'every filter is refused': made([
      { filter: 'title eq "alpha"', replies: [400] },
      { filter: 'active gt false', replies: [400] },
    ]),
    'our users cannot be found': made([twice('title eq "alpha"')], { ours: [[]] }),
    'one look that is wrong': made([once('title eq "alpha"')]),
    'a server that is busy': made([{ filter: 'title eq "alpha"', replies: [502, 504] }]),
  },
});
