import t from 'tap';
import { header, mediaType, urn } from '../../schemas/names.js';
import { mockProvider, type MockProviderOptions, type World } from '../../simulation/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(1_800_000);

type Respond = NonNullable<NonNullable<MockProviderOptions['seams']>['respond']>;
type Answer = Parameters<Respond>[0];
type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const withBody = (answer: Answer, change: (body: Json) => Json): Answer =>
  isJson(answer.body) ? { ...answer, body: change(answer.body) } : answer;

/** Writes null for missing members (RFC 7643 §2.5). */
const nulls: Respond = (answer) =>
  withBody(answer, (body) => {
    const schemas = Array.isArray(body.schemas) ? body.schemas : [];
    if (schemas.includes(urn.error)) return { scimType: null, detail: null, ...body };
    if (schemas.includes(urn.user))
      return { nickName: null, ...body, ...(isJson(body.name) ? { name: { middleName: null, ...body.name } } : {}) };
    if (schemas.includes(urn.listResponse)) return body.totalResults === 0 ? { ...body, Resources: null } : body;
    if (schemas.includes(urn.bulkResponse) && Array.isArray(body.Operations))
      return { ...body, Operations: body.Operations.map((each: Json) => ({ version: null, response: null, ...each })) };
    return schemas.includes(urn.serviceProviderConfig) ? { documentationUri: null, ...body } : body;
  });

/** Gives what a client asks for with `Accept: application/json` that type (RFC 7644 §3.8). */
const asAsked: Respond = (answer, request) =>
  request.field(header.accept) === mediaType.json && answer.headers[header.contentType] === mediaType.scim
    ? { ...answer, headers: { ...answer.headers, [header.contentType]: mediaType.json } }
    : answer;

/** Says of an empty token that the request is malformed (RFC 6750 §3.1). */
const malformed: Respond = (answer, request) =>
  answer.status === 401 && /^Bearer\s*$/i.test(request.field(header.authorization) ?? '')
    ? withBody({ ...answer, status: 400 }, (body) => ({ ...body, status: '400' }))
    : answer;

/** An additional member with the name of a member of RFC 9967. */
const extended: Respond = (answer, { path }) =>
  path === '/ServiceProviderConfig'
    ? withBody(answer, (body) => ({ ...body, 'urn:example:queue': { asyncRequest: { longest: 100 } } }))
    : answer;

/** Fields of version -07 of the draft, of which remaining is optional. */
const limited: Respond = (answer) => ({
  ...answer,
  headers: { ...answer.headers, RateLimit: 'limit=100, reset=50', 'RateLimit-Policy': '100;w=60' },
});

/** Puts blanks and tabs around the values of all fields (RFC 9110 §5.5). */
const padded: Respond = (answer) => ({
  ...answer,
  headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, `\t ${value} \t`])),
});

/** Takes its time for every create, and for nothing else. */
const slow =
  ({ clock }: World): Respond =>
  async (answer, { method, path }) => {
    if (method === 'POST' && path === '/Users' && answer.status === 201) await clock.sleep(160);
    return answer;
  };

/** Does not repeat the body of a 202 to a safe retry (ACC-03 is a SHOULD). */
const terse = (): Respond => {
  const answered = new Set<unknown>();
  return (answer) => {
    if (answer.status !== 202 || !isJson(answer.body)) return answer;
    const { id } = answer.body;
    if (!answered.has(id)) {
      answered.add(id);
      return answer;
    }
    return { ...answer, body: undefined };
  };
};

const behindMs = 8000;

/** A clock that is slow, and says so in every answer. */
const behind = (time: number): number => time - behindMs;
const dated =
  ({ clock }: World): Respond =>
  (answer) => ({
    ...answer,
    headers: { ...answer.headers, [header.date]: new Date(behind(clock.epoch())).toUTCString() },
  });

const together =
  (...all: Respond[]): Respond =>
  async (answer, request, ports) => {
    let last = answer;
    for (const each of all) last = await each(last, request, ports);
    return last;
  };

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const redOf = async (
  options: (world: World) => MockProviderOptions,
  binding: 'request-mode' | 'respond-async',
): Promise<string[]> => {
  const { report } = await simulate({
    seed: 1,
    provider: mockProvider((world) => ({
      retryAfterSeconds: 0,
      statusTokenSeconds: 4,
      rateLimit: false,
      ...options(world),
    })),
    run: { burst: 0, binding },
  });
  return report.requirements
    .filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome))
    .map(({ id, evidence, reason }) => `${id}: ${evidence?.expected ?? reason ?? ''}, but ${evidence?.actual ?? ''}`);
};

for (const binding of ['request-mode', 'respond-async'] as const) {
  void t.test(`legal but unusual behaviour is not a failure, over ${binding}`, async (t) => {
    const legal = (world: World): MockProviderOptions => {
      const ids = world.chance.of('ids of 71 bits');
      return {
        seams: {
          newId: () => Array.from({ length: 12 }, () => letters[Math.floor(ids.number() * letters.length)]).join(''),
          respond: together(nulls, asAsked, malformed, extended, limited, slow(world), terse(), padded),
        },
      };
    };
    t.strictSame(await redOf(legal, binding), []);
  });

  void t.test(`a slow provider clock is not a failure, over ${binding}`, async (t) => {
    const slowly = (world: World): MockProviderOptions => ({ now: behind, seams: { respond: dated(world) } });
    t.strictSame(await redOf(slowly, binding), []);
  });
}
