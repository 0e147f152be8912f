/** The 202 of RFC 9967, and the place where its result is. */
import { header, mediaType, respondAsync } from '../../../../schemas/names.js';
import { on } from '../../../../mock/faults/answers.js';
import type { Json } from '../../../../mock/json.js';
import { inField, isPromise, lines, translating, where, withFields, withoutHeader } from '../answers.js';
import { changing, withOptions, withSeams, type Change, type Variant } from '../variant.js';

const onPromise = (change: Change): Variant['make'] => changing(where(isPromise, change));

const inLocation = (change: (location: string) => string): Variant['make'] =>
  onPromise(inField(header.location, change));

const applied = (value: string): Variant['make'] => onPromise(inField(header.preferenceApplied, () => value));

const jtiOf = (token: string): string =>
  String((JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Json).jti);

const isResult = on(200, 'GET', /^\/async\//);
const isPendingResult = on(202, 'GET', /^\/async\//);

/** Does not ask the mock for an asynchronous answer to such requests. */
const normally =
  (isSuch: (method: string, url: string) => boolean): Variant['make'] =>
  () => ({
    wire: translating(
      (request) =>
        isSuch(request.method, request.url)
          ? { ...request, headers: request.headers.filter(([name]) => name.toLowerCase() !== 'prefer') }
          : request,
      (reply) => reply,
    ),
  });

const all: readonly Omit<Variant, 'binding'>[] = [
  {
    name: 'preference-applied-in-capitals',
    source: 'RFC 7240 §2, §3 (preferences are case-insensitive)',
    make: applied('Respond-Async'),
    only: ['preference applied'],
  },
  {
    name: 'preference-applied-with-others',
    source: 'RFC 7240 §3',
    make: applied(`handling=lenient,${respondAsync}`),
    only: ['preference applied'],
  },
  {
    name: 'preference-applied-with-an-empty-value',
    source: 'RFC 7240 §2, §3 (an empty value is the same as none)',
    make: applied('respond-async=""'),
    only: ['preference applied'],
  },
  {
    name: 'preferences-applied-in-two-lines',
    source: 'RFC 9110 §5.3, RFC 7240 §3',
    make: () => ({
      wire: lines((headers) =>
        headers.flatMap(([name, value]) =>
          name.toLowerCase() === 'preference-applied'
            ? [
                [name, 'return=minimal'],
                [name, value],
              ]
            : [[name, value]],
        ),
      ),
    }),
    only: ['preference applied'],
  },
  {
    name: 'location-of-the-result-as-an-absolute-path',
    source: 'RFC 9110 §10.2.2',
    make: inLocation((location) => new URL(location).pathname),
    only: ['location of the result'],
  },
  {
    name: 'location-of-the-result-with-a-query-and-a-fragment',
    source: 'RFC 9967 §2.5.1.1 (a URI), RFC 9110 §10.2.2',
    make: inLocation((location) => `${location}?form=set&for=Users/Groups#event`),
    only: ['location of the result'],
  },
  {
    name: 'location-of-the-result-with-the-default-port',
    source: 'RFC 9110 §4.2.3',
    make: inLocation((location) => location.replace('//127.0.0.1/', '//127.0.0.1:80/')),
    only: ['location of the result'],
  },
  {
    name: 'location-of-the-resource-on-the-202-to-its-write',
    source: 'RFC 9967 §2.5.1.1 (b)',
    deliveries: ['poll'],
    make: onPromise((answer, { method, path }) =>
      method === 'POST' ? answer : withFields(answer, { [header.location]: `http://127.0.0.1/scim/v2${path}` }),
    ),
    // The path stands in it; and single writes have to be answered 202.
    only: ['location of the result', 'base path', 'what is asynchronous'],
  },
  {
    name: '204-while-there-is-no-result',
    source: 'profile §7.5',
    make: changing(where(isPendingResult, (answer) => ({ ...answer, status: 204 }))),
    only: ['pending result'],
    needs: ['pending results'],
  },
  {
    name: 'the-result-as-application-jwt',
    source: 'profile §7.5, RFC 7519 §10.3.1',
    make: changing(
      where(
        isResult,
        inField(header.contentType, (type) => (type === mediaType.securityEventToken ? 'application/jwt' : type)),
      ),
    ),
    only: ['form of the result'],
  },
  {
    name: 'the-result-as-if-it-were-polled',
    source: 'profile §7.5, RFC 8936 §2.3',
    make: changing(
      where(isResult, (answer) =>
        answer.text === undefined
          ? answer
          : {
              status: 200,
              headers: { ...answer.headers, [header.contentType]: mediaType.json },
              body: { sets: { [jtiOf(answer.text)]: answer.text }, moreAvailable: false },
            },
      ),
    ),
    only: ['form of the result'],
  },
  {
    name: 'no-retry-after-on-the-promise',
    source: 'RFC 9110 §10.2.3 (optional)',
    make: onPromise(withoutHeader(header.retryAfter)),
  },
  {
    name: 'set-txn-in-a-structured-form',
    source: 'RFC 9967 §3 (a unique string)',
    make: withSeams(({ read }) => ({
      read: (head) => {
        const { id, ...rest } = read(head);
        return { ...rest, id: `txn.${id.replaceAll('-', '_')}~1` };
      },
    })),
    only: ['ids of requests'],
  },
  {
    name: 'bulk-requests-are-always-answered-normally',
    source: 'RFC 9967 §2.5.1.1, RFC 7240 §2 (a preference may be ignored)',
    make: normally((_, url) => url.endsWith('/Bulk')),
    warns: ['PREF-01'],
    needs: ['bulk'],
    only: ['what is asynchronous'],
  },
  {
    name: 'deletes-are-always-answered-normally',
    source: 'RFC 9967 §2.5.1.1, RFC 7240 §2 (a preference may be ignored)',
    make: normally((method) => method === 'DELETE'),
    only: ['what is asynchronous'],
  },
  {
    name: 'only-bulk-requests-are-answered-later',
    source: 'RFC 9967 §2.5.1.1, RFC 7240 §2 (a preference may be ignored)',
    make: normally((_, url) => !url.endsWith('/Bulk')),
    needs: ['bulk'],
    only: ['what is asynchronous'],
  },
  {
    name: 'creates-are-always-answered-normally',
    source: 'RFC 9967 §2.5.1.1, RFC 7240 §2 (a preference may be ignored)',
    make: normally((method, url) => method === 'POST' && !url.endsWith('/Bulk')),
    only: ['what is asynchronous'],
  },
  {
    name: 'long-requests-only',
    source: 'RFC 9967 §4 (`long`); PREF-07 is only recommended',
    warns: ['PREF-07'],
    make: withOptions({ asyncRequest: 'long', longWaitMillis: 40, operationMillis: 120, workers: 32 }),
    only: ['async request', 'what is asynchronous', 'time of operations', 'workers'],
  },
  {
    name: 'wait-is-ignored',
    source: 'PREF-07 (only recommended)',
    warns: ['PREF-07'],
    make: withSeams(() => ({ waited: () => 0 })),
    only: ['wait', 'what is asynchronous'],
  },
  {
    name: 'waits-a-little-although-nobody-asked',
    source: 'RFC 9967 §2.5.1.1 (the provider may answer normally)',
    make: withSeams(({ waited }) => ({ waited: (millis, preference) => waited(Math.max(millis, 3), preference) })),
    only: ['wait', 'time of operations', 'workers'],
  },
  {
    name: 'set-txn-on-normal-answers-too',
    source: 'RFC 9967 §3 (MUST on the 202, and forbidden nowhere)',
    make: () => {
      let number = 0;
      return {
        change: (answer, { method }) =>
          method === 'GET' || answer.headers[header.setTxn] !== undefined
            ? answer
            : withFields(answer, { [header.setTxn]: `normal-${(number += 1)}` }),
      };
    },
  },
  {
    name: 'errors-of-results-without-scim-type-and-detail',
    source: 'RFC 7644 §3.12 (both are optional), RFC 9967 §2.5.1.3',
    warns: ['ERR-06'],
    make: withSeams(({ renderError }) => ({
      renderError: (problem) => {
        const { schemas, status, scimType } = renderError(problem);
        return { schemas, status, ...(problem.status === 400 && scimType !== undefined ? { scimType } : {}) };
      },
    })),
    only: ['form of errors'],
  },
];

export const preferenceVariants: readonly Variant[] = all.map((variant) => ({ ...variant, binding: 'respond-async' }));
