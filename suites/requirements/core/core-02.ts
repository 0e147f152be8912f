/** CORE-02. A `Location` alone is not enough: a GET of it has to show the resource that was created. */
import { header } from '../../../schemas/names.js';
import { resolveLocation } from '../../bindings/locations.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody, shown } from '../../judging/describe.js';
import { memberIds } from '../../judging/members.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { servesAsynchronous } from '../../provider/served-bindings.js';
import { groupMembers } from '../../scenarios/synchronous/group-members.js';
import { resourceLifecycle, resourceLifecycleSteps } from '../../scenarios/synchronous/resource-lifecycle.js';
import { isObject, requestJson, responseHeader, responseObject, type JsonObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'create-not-201': 'a create is not answered 201',
  'body-missing': 'the 201 does not show the created resource',
  'location-missing': 'the 201 has no Location',
  'location-not-a-uri': 'the Location of the 201 is not a URI reference',
  'location-leads-elsewhere': 'the Location of the 201 does not lead to the created resource',
  'locations-of-two-hosts': 'Location and meta.location of the 201 name different hosts',
  'id-missing': 'the created resource has no id',
  'meta-missing': 'the created resource has no meta',
};

type Code = keyof typeof codes;

const wrongLocation = (exchange: Answered): readonly Finding<Code>[] => {
  const location = responseHeader(exchange, header.location);
  if (location === undefined) {
    const expected = 'a Location field with the URI of the resource';
    return [{ code: 'location-missing', expected, actual: 'there is none', exchanges: [exchange] }];
  }
  if (resolveLocation(location, exchange.request.url) !== undefined) return [];
  const expected = 'a Location field with a URI reference';
  return [{ code: 'location-not-a-uri', expected, actual: `it is «${location}»`, exchanges: [exchange] }];
};

const hostOf = (uri: unknown, requestUrl: string): string | undefined => {
  const url = typeof uri === 'string' ? resolveLocation(uri, requestUrl) : undefined;
  return url !== undefined && /^https?:/.test(url) ? new URL(url).host : undefined;
};

/** Both are the URI of the resource (RFC 7644 §3.3), and a client stores either. */
const wrongHost = (exchange: Answered, { meta }: JsonObject): readonly Finding<Code>[] => {
  const member = isObject(meta) ? meta.location : undefined;
  const field = responseHeader(exchange, header.location);
  const [one, other] = [field, member].map((uri) => hostOf(uri, exchange.request.url));
  if (one === undefined || other === undefined || one === other) return [];
  const expected = 'Location and meta.location with the same host';
  const actual = `Location is ${shown(field)}, and meta.location is ${shown(member)}`;
  return [{ code: 'locations-of-two-hosts', expected, actual, exchanges: [exchange] }];
};

const wrongMembers = (exchange: Answered, { id, meta }: JsonObject): readonly Finding<Code>[] => [
  ...(typeof id === 'string' && id !== ''
    ? []
    : [
        {
          code: 'id-missing' as const,
          expected: 'an id, a string that is not empty',
          actual: `id is ${JSON.stringify(id)}`,
          exchanges: [exchange],
        },
      ]),
  ...(isObject(meta)
    ? []
    : [
        {
          code: 'meta-missing' as const,
          expected: 'a meta attribute',
          actual: `meta is ${JSON.stringify(meta)}`,
          exchanges: [exchange],
        },
      ]),
];

/** A GET of the Location has to show the resource of this id. */
const findWrongTarget = (trace: TraceView, exchange: Answered, { id }: JsonObject): readonly Finding<Code>[] =>
  trace
    .variant(resourceLifecycleSteps.atTheLocation, 'read')
    .filter(({ subject }) => subject === exchange.subject)
    .slice(0, 1)
    .filter((followed) => responseObject(followed)?.id !== id)
    .map((followed) => ({
      code: 'location-leads-elsewhere',
      expected: `a GET of the Location to show the resource ${JSON.stringify(id)}`,
      actual: `the answer is ${followed.response.status} ${describeBody(followed)}`,
      exchanges: [exchange, followed],
    }));

/** Every provider has to take a group with so many members. */
const fewMembers = 10;

/** A provider may limit the members of a request or of a group (RFC 7644 §3.12: 413, tooMany, 403; RFC 9110 §15.5.21). */
const isTooLarge = (create: Answered): boolean =>
  [400, 403, 413, 422].includes(create.response.status) && memberIds(requestJson(create)).length > fewMembers;

export const core02 = defineRequirement({
  id: 'CORE-02',
  since: '1.0',
  level: 'MUST',
  title: 'a create without mode header answers 201 with `Location`, `id` and `meta`',
  source: cite('RFC 7644 §3.3'),
  needs: {},
  guide: {
    why: [
      'A client stores the `id` or the `Location` of each user that it creates.',
      'Without them it cannot change or delete the user later, and at its next synchronisation it creates the user again.',
    ],
    tested: [
      'Random users are created with `POST /Users`, and groups with `POST /Groups`, without a mode header and without `Prefer`.',
      'The answer has to be 201 with a `Location` that is a URI reference, an `id` that is a string and not empty, and an object `meta`.',
      'The `Location` is resolved against the URL of the request and fetched: it has to show the resource with the same `id`.',
      'If `meta.location` is there, it has to name the same host as the `Location`.',
      'A group of more than ten members may be refused with 400, 403, 413 or 422.',
      'If the target serves an asynchronous binding, a 202 is left to MODE-02 and PREF-09.',
    ],
    fix: [
      'Check `Location` first: many frameworks send it only if you tell them the route of the new resource.',
      'Send an absolute URL; a relative one such as `/Users/42` starts at the root of the host and not at the SCIM base URL.',
      'Behind a proxy, build both URLs of the public URL: some proxies rewrite `Location`, and none rewrites a body.',
      'Send the whole resource as the body, with `id` and with `meta` (`resourceType`, `created`, `lastModified`, `location`), and the status 201, not 200.',
    ],
  },
  codes,
  from: [resourceLifecycle, groupMembers],
  judge: (trace) =>
    judgeEach(
      trace
        .answered('create')
        // If the target serves an asynchronous binding, MODE-02 or PREF-09 judges a 202.
        .filter(({ response }) => !(response.status === 202 && servesAsynchronous(trace.target)))
        .filter((exchange) => !isTooLarge(exchange)),
      (exchange): readonly Finding<Code>[] => {
        const wrong = (code: Code, expected: string, actual: string) => [
          { code, expected, actual, exchanges: [exchange] },
        ];
        const { status } = exchange.response;
        if (status !== 201) return wrong('create-not-201', '201 Created', `the answer is ${status}`);
        const body = responseObject(exchange);
        if (body === undefined) {
          return wrong('body-missing', 'the created resource in the body', describeBody(exchange));
        }
        return [
          ...wrongLocation(exchange),
          ...wrongHost(exchange, body),
          ...wrongMembers(exchange, body),
          ...findWrongTarget(trace, exchange, body),
        ];
      },
    ),
});
