import t, { type Test } from 'tap';
import { startMock } from '../../mock/index.js';
import { isObject } from '../../suites/trace/message.js';
import type { HttpAnswer, HttpRequest } from '../../suites/client/transport.js';
import { cleanUp, makeRoom } from '../../suites/engine/clean-up.js';
import { openContext } from '../../suites/engine/open-context.js';
import { settingsOf } from '../../suites/engine/run-options.js';
import { createUser } from '../../suites/scenarios/building-blocks/create-user.js';
import { Session } from '../../suites/session/session.js';
import { mockProvider, simulate } from '../../simulation/index.js';

t.setTimeout(120_000);

type Respond = NonNullable<NonNullable<NonNullable<Parameters<typeof startMock>[0]>['seams']>['respond']>;

/** How many resources this answer says to be deleted. */
const deletions = (answer: Parameters<Respond>[0], { method, path }: Parameters<Respond>[1]): number => {
  if (method === 'DELETE') return answer.status === 204 ? 1 : 0;
  const results = path === '/Bulk' && isObject(answer.body) ? answer.body.Operations : undefined;
  return (Array.isArray(results) ? results : []).filter(
    (result) => isObject(result) && result.method === 'DELETE' && result.status === '204',
  ).length;
};

void t.test('what a run does not need any more is deleted before the burst', async (t) => {
  // Scenarios delete resources as well, so that only what is deleted between the last of them and the burst counts.
  let [deleted, byScenarios, before] = [0, 0, -1];
  const { report, provider } = await simulate({
    seed: 1,
    provider: mockProvider({
      rateLimit: { capacity: 400, refillPerSecond: 200 },
      seams: {
        respond: (answer, request) => {
          deleted += deletions(answer, request);
          if (answer.status === 429 && before < 0) before = deleted - byScenarios;
          return answer;
        },
      },
    }),
    run: {
      only: ['CORE-02', 'RATE-05'],
      burst: 900,
      onEvent: ({ type }) => {
        if (type === 'exercise-finished') byScenarios = deleted;
      },
    },
  });
  t.equal(report.verdict, 'conformant', report.reason);
  t.ok(before >= 5, `${before} resources were deleted before the first 429`);
  t.strictSame(report.leftovers, []);
  t.match(await provider.snapshot(), { users: 0, groups: 0 });
});

/** A context with three users of the run, whose requests to delete something are answered in this way, if any. */
const withUsers = async (t: Test, answered: () => HttpAnswer | undefined) => {
  const mock = await startMock({ retryAfterSeconds: 0, rateLimit: false, operationMillis: 0 });
  t.teardown(() => mock.stop());
  const target = { baseUrl: mock.url, token: mock.tokens.primary };
  const opened = openContext({ target }, settingsOf({ target }), '0123abcd');
  t.teardown(() => opened.transport.close());
  const { facts, transport } = opened;
  const context = {
    ...opened,
    facts: { ...facts, capabilities: { ...facts.capabilities, filter: true } },
    transport: {
      ...transport,
      send: async (request: HttpRequest, signal: AbortSignal) =>
        (request.method === 'DELETE' ? answered() : undefined) ?? transport.send(request, signal),
    },
  };
  const session = new Session(context, undefined);
  const urls: string[] = [];
  for (let made = 0; made < 3; made += 1) urls.push((await createUser(session)).url);
  return { mock, context, urls };
};

const empty = (status: number): HttpAnswer => ({ type: 'response', status, headers: [], body: '', truncated: false });

void t.test('what could not be deleted then is deleted at the end', async (t) => {
  const answers = [empty(403), empty(500)];
  const { mock, context } = await withUsers(t, () => answers.shift());
  await makeRoom(context, 1);
  t.equal(context.cleanup.remaining().own.length, 2);
  t.strictSame(await cleanUp(context, 1), []);
  t.match(await mock.snapshot(), { users: 0 });
});

void t.test('a target that only says that it deletes is found out at the end', async (t) => {
  const { context, urls } = await withUsers(t, () => empty(204));
  await makeRoom(context, 1);
  t.strictSame(context.cleanup.remaining().own, []);
  t.strictSame((await cleanUp(context, 1)).sort(), urls.sort());
});
