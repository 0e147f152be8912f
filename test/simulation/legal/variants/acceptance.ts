/** The 202 of request-mode, and the place of the status resource. */
import { header, requestMode } from '../../../../schemas/names.js';
import { isAccepted } from '../../../../mock/faults/answers.js';
import { inField, translating, where, withFields, withoutBody, withoutHeader } from '../answers.js';
import { changing, type Change, type Variant } from '../variant.js';

const onAcceptance = (change: Change): Variant['make'] => changing(where(isAccepted, change));

const inLocation = (change: (location: string) => string): Variant['make'] =>
  onAcceptance(inField(header.location, change));

const baseUrl = 'http://127.0.0.1/scim/v2';

/** A reference from one URL to another on the same host, with as many `..` as it needs. */
const relativeTo = (from: string, to: string): string => {
  const [start, end] = [new URL(from).pathname.split('/').slice(0, -1), new URL(to).pathname.split('/')];
  let common = 0;
  while (common < start.length && start[common] === end[common]) common += 1;
  return `${'../'.repeat(start.length - common)}${end.slice(common).join('/')}`;
};

/** Serves the status under `/v3/jobs`, and no more where the mock serves it. */
const movedToJobs = translating(
  (request) => ({
    ...request,
    url: request.url.replace('/provision/', '/moved/').replace(/\/v3\/jobs\/([^/?]+)/, '/provision/$1/status'),
  }),
  (reply) => {
    const moved = (text: string): string => text.replace(/\/provision\/([^/"]+)\/status/g, '/v3/jobs/$1');
    return {
      ...reply,
      headers: reply.headers.map(([name, value]) => [name, name.toLowerCase() === 'location' ? moved(value) : value]),
      body: moved(reply.body),
    };
  },
);

const all: readonly Omit<Variant, 'binding'>[] = [
  {
    name: 'location-as-an-absolute-path',
    source: 'RFC 9110 §10.2.2, profile §7.12',
    make: inLocation((location) => new URL(location).pathname),
    only: ['location of the status'],
  },
  {
    name: 'location-relative-to-the-request',
    source: 'RFC 9110 §10.2.2, profile §7.12',
    make: onAcceptance((answer, request) =>
      inField(header.location, (location) => relativeTo(`${baseUrl}${request.path}`, location))(answer, request),
    ),
    only: ['location of the status'],
  },
  {
    name: 'location-without-the-scheme',
    source: 'RFC 9110 §10.2.2, RFC 3986 §4.2',
    make: inLocation((location) => location.replace(/^http:/, '')),
    only: ['location of the status'],
  },
  {
    name: 'location-with-the-default-port-and-capitals',
    source: 'RFC 9110 §4.2.3, RFC 3986 §6.2.2.1',
    make: inLocation((location) => location.replace('http://127.0.0.1/', 'HTTP://127.0.0.1:80/')),
    only: ['location of the status'],
  },
  {
    name: 'location-with-a-query',
    source: 'D2 (clients follow it and build no URL)',
    make: inLocation((location) => `${location}?tenant=7&part=a%2Fb`),
    only: ['location of the status'],
  },
  {
    name: 'location-with-a-fragment',
    source: 'RFC 9110 §10.2.2',
    make: inLocation((location) => `${location}#status`),
    only: ['location of the status'],
  },
  {
    name: 'location-with-characters-encoded-that-need-not-be',
    source: 'RFC 3986 §6.2.2.2',
    make: () => ({
      change: where(
        isAccepted,
        inField(header.location, (location) => location.replace('/provision/', '/%70rovision/')),
      ),
      wire: translating(
        (request) => ({ ...request, url: request.url.replace('/%70rovision/', '/provision/') }),
        (reply) => reply,
      ),
    }),
    only: ['location of the status'],
  },
  {
    name: 'location-by-way-of-dots',
    source: 'RFC 3986 §5.2.4',
    make: inLocation((location) => location.replace('/provision/', '/Users/../provision/./')),
    only: ['location of the status'],
  },
  {
    name: 'status-at-a-path-of-its-own',
    source: 'D2, STAT-08 (only recommended)',
    warns: ['STAT-08'],
    make: () => ({ wire: movedToJobs }),
    only: ['location of the status', 'status endpoint'],
  },
  {
    name: 'no-body-on-the-202',
    source: 'ACC-03 (only recommended)',
    warns: ['ACC-03'],
    make: onAcceptance(async (answer, request) =>
      withoutBody(await withoutHeader(header.contentType)(answer, request)),
    ),
    lacks: ['body of the 202', 'status tokens'],
  },
  {
    name: 'no-mode-on-the-202',
    source: 'MODE-05 (only recommended)',
    warns: ['MODE-05'],
    make: onAcceptance(withoutHeader(header.requestMode)),
    only: ['mode on the 202'],
  },
  {
    name: 'mode-in-other-letters-on-the-202',
    source: 'D1, MODE-03 (matched without regard to case)',
    make: onAcceptance(inField(header.requestMode, () => 'Asynchronous')),
    only: ['mode on the 202'],
  },
  {
    name: 'no-retry-after-on-the-202',
    source: 'ACC-06 (only recommended)',
    warns: ['ACC-06'],
    make: onAcceptance(withoutHeader(header.retryAfter)),
    only: ['retry-after'],
  },
  {
    name: 'no-request-id-is-made',
    source: 'ACC-05 (only recommended where the client sent none)',
    warns: ['ACC-05'],
    make: changing((answer, request) =>
      isAccepted(answer, request) && request.field(header.requestId) === undefined
        ? withoutHeader(header.requestId)(answer, request)
        : answer,
    ),
  },
  {
    name: 'no-cache-control',
    source: 'SEC-09 (only recommended)',
    warns: ['SEC-09'],
    make: changing(withoutHeader(header.cacheControl)),
    only: ['cache-control'],
  },
  {
    name: 'single-writes-but-creates-are-synchronous',
    source: 'D1, MODE-07 (only recommended)',
    warns: ['MODE-07'],
    make: () => ({
      wire: translating(
        (request) =>
          ['PUT', 'PATCH', 'DELETE'].includes(request.method)
            ? { ...request, headers: request.headers.filter(([name]) => name.toLowerCase() !== 'x-scim-request-mode') }
            : request,
        (reply) => reply,
      ),
    }),
  },
  {
    name: 'validators-and-content-location-on-the-202',
    source: 'RFC 9110 §8.7, §8.8',
    make: ({ clock }) => ({
      change: where(isAccepted, (answer) =>
        withFields(answer, {
          'Last-Modified': new Date(clock.epoch()).toUTCString(),
          'Content-Location': answer.headers[header.location] ?? '',
        }),
      ),
    }),
  },
  {
    name: 'the-202-comes-when-all-is-done',
    source: 'ACC-07 (only recommended), profile §7.6',
    warns: ['ACC-07'],
    make: ({ clock }) => ({
      options: { operationMillis: 1, workers: 64 },
      change: async (answer, request) => {
        if (!isAccepted(answer, request)) return answer;
        await clock.sleep(60);
        return { ...answer };
      },
    }),
    only: ['workers', 'time of operations'],
  },
  {
    name: 'unknown-modes-are-ignored',
    source: 'MODE-04 (only recommended)',
    warns: ['MODE-04'],
    make: () => ({
      wire: translating(
        (request) => {
          const mode = request.headers.find(([name]) => name.toLowerCase() === 'x-scim-request-mode')?.[1];
          const isKnown = mode === undefined || Object.values<string>(requestMode).includes(mode.trim().toLowerCase());
          if (isKnown) return request;
          return {
            ...request,
            headers: request.headers.filter(([name]) => name.toLowerCase() !== 'x-scim-request-mode'),
          };
        },
        (reply) => reply,
      ),
    }),
  },
];

export const acceptanceVariants: readonly Variant[] = all.map((variant) => ({ ...variant, binding: 'request-mode' }));
