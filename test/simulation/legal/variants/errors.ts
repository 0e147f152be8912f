/** SCIM errors: what they may hold and leave out, and which status a provider may choose. */
import { header, urn } from '../../../../schemas/names.js';
import { bodyOf, on, withBody, without } from '../../../../mock/faults/answers.js';
import { isJson, type Json } from '../../../../mock/json.js';
import { Problem } from '../../../../mock/problem.js';
import { inField, isError, where, withFields } from '../answers.js';
import { changing, withSeams, type Variant } from '../variant.js';

/** Changes every error, those in results of operations, too. */
const inErrors = (change: (error: Json) => Json): Variant['make'] =>
  withSeams(({ renderError }) => ({ renderError: (problem) => change(renderError(problem)) }));

const answered = (status: number, error: Json = {}) =>
  withBody((body) => ({ ...body, status: String(status), ...error }));

const onStatus = (method: string) => on(405, method, /\/status$/);

const isNamed = (data: unknown): boolean => isJson(data) && typeof data.userName === 'string';

export const errorVariants: readonly Variant[] = [
  {
    name: 'errors-without-detail',
    source: 'RFC 7644 §3.12 (`detail` is optional)',
    make: inErrors((error) => without(error, 'detail')),
    only: ['form of errors'],
  },
  {
    name: 'errors-without-scim-type',
    source: 'RFC 7644 §3.12 (`scimType` is optional); ERR-02, ERR-06 and MODE-04 only recommend it',
    warns: ['ERR-02', 'ERR-06', 'MODE-04', 'CORE-09', 'CORE-13', 'CORE-14'],
    make: inErrors((error) => without(error, 'scimType')),
    only: ['form of errors'],
  },
  {
    name: 'errors-with-a-scim-type-of-their-own',
    source: 'RFC 7644 §3.12 (table 9 is not said to be complete); profile 1.1, clarification 4',
    warns: ['ERR-05', 'MODE-04'],
    make: inErrors((error) => (error.scimType === 'invalidValue' ? { ...error, scimType: 'missingAttribute' } : error)),
    only: ['form of errors'],
  },
  {
    name: 'errors-with-members-of-their-own',
    source: 'profile §2, RFC 7644 §3.12',
    make: inErrors((error) => ({
      ...error,
      schemas: [urn.error, 'urn:example:params:scim:api:messages:2.0:Problem'],
      'urn:example:params:scim:api:messages:2.0:Problem': { code: 'E-4711', at: '2026-11-28T20:55:49.123Z' },
      instance: '/errors/4711',
      timestamp: 1_795_899_349,
    })),
    only: ['form of errors'],
  },
  {
    name: 'details-that-look-like-code',
    source: 'RFC 7644 §3.12 (`detail` is for people)',
    make: inErrors((error) => ({
      ...error,
      detail:
        'Refused at Import Gateway (2026-11-28T20:55:49): select another value from the list, see /Users/{id} and https://docs.example/errors/4711.html',
    })),
    only: ['form of errors'],
  },
  {
    name: 'details-of-several-lines-in-another-language',
    source: 'RFC 7644 §3.12, RFC 9110 §8.5',
    make: () => ({
      seams: ({ renderError }) => ({
        renderError: (problem) => ({
          ...renderError(problem),
          detail: 'Ungültige Anfrage.\n\t«Größe» fehlt – 値がありません\u2028😀',
        }),
      }),
      change: (answer) => (answer.status >= 400 ? withFields(answer, { 'Content-Language': 'de' }) : answer),
    }),
    only: ['form of errors'],
  },
  {
    name: 'allow-in-another-order-and-without-blanks',
    source: 'RFC 9110 §10.2.1, §5.6.1',
    make: changing(inField(header.allow, (value) => ['OPTIONS', ...value.split(', ').toReversed()].join(','))),
    only: ['allow'],
  },
  {
    name: 'allow-in-several-lines',
    source: 'RFC 9110 §5.3, §10.2.1',
    make: () => ({
      wire: (next) => async (request) => {
        const reply = await next(request);
        if ('failure' in reply) return reply;
        const headers = reply.headers.flatMap(([name, value]) =>
          name.toLowerCase() === 'allow'
            ? value.split(', ').map((method) => [name, method] as const)
            : [[name, value] as const],
        );
        return { ...reply, headers };
      },
    }),
    only: ['allow'],
  },
  {
    name: '404-to-writes-of-a-status',
    source: 'STAT-10 (4xx; 405 is only recommended)',
    binding: 'request-mode',
    warns: ['STAT-10'],
    make: changing(
      where(
        (answer, request) => ['POST', 'PUT', 'PATCH'].some((method) => onStatus(method)(answer, request)),
        (answer) => ({ ...answered(404)(answer), status: 404 }),
      ),
    ),
    only: ['allow'],
  },
  {
    name: '403-to-writes-of-a-status-with-allow',
    source: 'STAT-10 (4xx; 405 is only recommended), RFC 9110 §15.5.4',
    binding: 'request-mode',
    warns: ['STAT-10'],
    make: changing(
      where(
        (answer, request) => ['POST', 'PUT', 'PATCH'].some((method) => onStatus(method)(answer, request)),
        (answer) => ({ ...answered(403)(answer), status: 403 }),
      ),
    ),
    only: ['allow'],
  },
  {
    name: '400-to-a-content-type-that-is-not-json',
    source: 'ERR-04 (only recommended), RFC 9110 §15.5.1',
    warns: ['ERR-04'],
    make: changing(
      where(
        (answer) => answer.status === 415,
        (answer) => ({ ...answered(400, { scimType: 'invalidSyntax' })(answer), status: 400 }),
      ),
    ),
    only: ['unknown content types'],
  },
  {
    name: 'accept-on-a-415',
    source: 'RFC 9110 §15.5.16, §12.5.1',
    make: changing(
      where(
        (answer) => answer.status === 415,
        (answer) => withFields(answer, { Accept: 'application/scim+json, application/json;q=0.9' }),
      ),
    ),
    only: ['unknown content types'],
  },
  {
    name: 'retry-after-on-every-error',
    source: 'RFC 9110 §10.2.3',
    // A limiter says itself how long to wait.
    make: changing(
      where(
        (answer, request) => isError(answer, request) && answer.status !== 429,
        (answer) => withFields({ ...answer }, { [header.retryAfter]: '120' }),
      ),
    ),
  },
  {
    name: 'closes-the-connection-after-an-error',
    source: 'RFC 9112 §9.6',
    make: changing(where(isError, (answer) => withFields(answer, { Connection: 'close' }))),
  },
  {
    name: 'the-error-of-a-404-names-the-resource',
    source: 'RFC 7644 §3.12 (its own example does)',
    make: changing((answer, request) =>
      answer.status === 404 && isError(answer, request)
        ? { ...answer, body: { ...bodyOf(answer), detail: `Resource ${request.path.slice(0, 200)} not found` } }
        : answer,
    ),
    only: ['form of errors'],
  },
  {
    name: 'bad-operations-refused-at-once',
    source: 'D8, clarification 14',
    make: withSeams(({ take }) => ({
      take: (submission) => {
        for (const { method, path, data } of submission.isBulk ? [] : submission.operations) {
          if (method === 'POST' && path === '/Users' && !isNamed(data))
            throw new Problem(400, 'userName is missing.', 'invalidValue');
        }
        take(submission);
      },
    })),
    binding: 'request-mode',
  },
  {
    name: 'missing-names-are-422',
    source: 'RFC 9110 §15.5.21, profile 1.1, clarification 4',
    make: withSeams(({ apply }) => ({
      apply: (operation, transaction) => {
        const { method, path, data } = operation;
        const isWhole = (method === 'POST' && path === '/Users') || (method === 'PUT' && path.startsWith('/Users/'));
        if (isWhole && !isNamed(data)) throw new Problem(422, 'userName is missing.', 'invalidValue');
        return apply(operation, transaction);
      },
    })),
    warns: ['ERR-03'],
    only: ['missing names'],
  },
  {
    name: 'put-keeps-the-name-that-it-leaves-out',
    source: 'RFC 7644 §3.5.1, profile 1.1, clarification 4',
    make: withSeams(({ apply }) => ({
      apply: async (operation, transaction) => {
        const { method, path, data } = operation;
        if (method !== 'PUT' || !path.startsWith('/Users/') || !isJson(data) || isNamed(data))
          return apply(operation, transaction);
        const { attributes } = await transaction.get('User', path.split('/')[2] ?? '');
        return apply({ ...operation, data: { ...data, userName: attributes.userName } }, transaction);
      },
    })),
    only: ['missing names'],
  },
  {
    name: 'names-of-groups-are-unique',
    source: "RFC 7643 §4.2, §7 (`uniqueness` is the provider's)",
    make: () => {
      const names = new Set<string>();
      return {
        seams: ({ apply }) => ({
          apply: async (operation, transaction) => {
            const { method, path, data } = operation;
            if (method !== 'POST' || path !== '/Groups' || !isJson(data)) return apply(operation, transaction);
            const name = String(data.displayName).toLowerCase();
            if (names.has(name)) throw new Problem(409, 'A group has this name.', 'uniqueness');
            const applied = await apply(operation, transaction);
            names.add(name);
            return applied;
          },
        }),
      };
    },
    needs: ['groups'],
  },
];
