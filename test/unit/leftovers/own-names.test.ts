import t from 'tap';
import { urn } from '../../../schemas/names.js';
import type { Exchange } from '../../../schemas/types.js';
import { Cleanup, namedWhere } from '../../../suites/leftovers/cleanup.js';
import { Learner } from '../../../suites/leftovers/learner.js';
import { ownNameIn } from '../../../suites/leftovers/ownership.js';
import { countFound } from '../../../suites/trace/searches.js';
import { isAnswered, type Answered } from '../../../suites/trace/trace.js';
import { baseUrl, HandMadeTrace, type Answer } from '../hand-made-trace.js';

const run = '0a1b2c3d';
const name = `scimc-${run}-1@example.com`;
const inCapitals = name.toUpperCase();
const url = `${baseUrl}/Users/1`;
const user = { schemas: [urn.user], id: '1', userName: inCapitals };
const list = { schemas: [urn.listResponse], totalResults: 1, Resources: [user] };

const answered = (request: `${string} ${string}`, answer: Answer): Answered => {
  const exchange: Exchange = new HandMadeTrace({ name: 'any' }, 'request-mode').exchange('read', request, answer);
  if (!isAnswered(exchange)) throw new Error('it is not answered');
  return exchange;
};

const learning = (): { cleanup: Cleanup; learner: Learner } => {
  const cleanup = new Cleanup();
  return { cleanup, learner: new Learner({ run, baseUrl, cleanup }) };
};

void t.test('a provider that keeps names in capitals shows names of the run', (t) => {
  t.equal(ownNameIn(user, run), name);
  t.equal(ownNameIn({ displayName: ` SCIMC-${run}-2 ` }, run), `scimc-${run}-2`, 'also one of a group');
  t.equal(ownNameIn({ userName: 'THE-CEO@EXAMPLE.COM' }, run), undefined);
  t.equal(countFound(answered('GET /Users?filter=x', { status: 200, body: list, subject: name })), 1);
  t.strictSame(
    namedWhere(
      answered('GET /Users', { status: 200, body: list }),
      'Users',
      (each) => each === name,
      `${baseUrl}/Users`,
    ),
    [url],
  );
  t.end();
});

void t.test('a create that is answered in capitals leaves no name to be searched for', (t) => {
  const { cleanup, learner } = learning();
  learner.sent(JSON.stringify({ userName: name }), 'primary');
  t.strictSame(cleanup.unfound(), [[name, 'Users']]);
  learner.answered(answered('POST /Users', { status: 201, body: user }));
  t.strictSame(cleanup.unfound(), []);
  t.strictSame(cleanup.remaining(), { own: [], candidates: [url] });
  learner.answered(answered('GET /Users/1', { status: 200, body: user }));
  t.strictSame(cleanup.remaining(), { own: [url], candidates: [] });
  t.end();
});

void t.test('a name that is sent in capitals is remembered, and searched for as one of the run', (t) => {
  const { cleanup, learner } = learning();
  learner.sent(JSON.stringify({ userName: inCapitals }), 'primary');
  t.strictSame(cleanup.unfound(), [[name, 'Users']]);
  learner.answered(answered('GET /Users', { status: 200, body: list }));
  t.equal(cleanup.isOwn(url), true);
  t.end();
});
