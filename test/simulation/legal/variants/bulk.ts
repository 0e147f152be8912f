/** Synchronous and asynchronous bulk requests (RFC 7644 §3.7). */
import { mediaType, urn } from '../../../../schemas/names.js';
import { bodyOf, config, member, withBody, without, withOperations } from '../../../../mock/faults/answers.js';
import { nodesOnCircles } from '../../../../mock/jobs/circles.js';
import { referencesOf } from '../../../../mock/jobs/references.js';
import { isJson, type Json } from '../../../../mock/json.js';
import type { Operation } from '../../../../mock/operation.js';
import { Problem } from '../../../../mock/problem.js';
import type { HandlerReply } from '../../../../suites/index.js';
import { is, where } from '../answers.js';
import { changing, withOptions, withSeams, type Variant } from '../variant.js';

const isBulk = is(urn.bulkResponse);

const inResults = (change: (result: Json) => Json): Variant['make'] => changing(where(isBulk, withOperations(change)));

const resultsOf = (body: Json): Json[] => (Array.isArray(body.Operations) ? body.Operations.filter(isJson) : []);

/** The operations that refer to one another in circles. */
const circularIn = (operations: readonly Operation[]): ReadonlySet<number> => {
  const places = new Map(operations.map(({ bulkId }, index) => [bulkId, index]));
  return nodesOnCircles(
    operations.map((operation) => referencesOf(operation).flatMap((bulkId) => places.get(bulkId) ?? [])),
  );
};

const notImplemented = {
  status: 501,
  headers: [['Content-Type', mediaType.scim]],
  body: JSON.stringify({ schemas: [urn.error], status: '501' }),
} satisfies HandlerReply;

export const bulkVariants: readonly Variant[] = [
  {
    name: 'no-bulk',
    source: 'RFC 7644 §3.7 (optional), §3.12 (501), RFC 7643 §5',
    make: () => ({
      change: where(
        config,
        withBody((body) => ({ ...body, bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 } })),
      ),
      wire: (next) => async (request) => {
        if (!request.url.endsWith('/Bulk')) return next(request);
        const reply = await next({ ...request, url: request.url.replace('/Bulk', '/no-bulk') });
        return 'status' in reply && reply.status === 404 ? notImplemented : reply;
      },
    }),
    lacks: ['bulk'],
  },
  {
    name: 'few-operations-in-a-bulk-request',
    source: 'RFC 7643 §5 (`maxOperations`), RFC 7644 §3.7.4',
    needs: ['bulk'],
    make: withOptions({ maxOperations: 25 }),
    only: ['limits of bulk'],
  },
  {
    name: 'small-bodies',
    source: 'RFC 7643 §5 (`maxPayloadSize`), RFC 7644 §3.7.4',
    needs: ['bulk'],
    make: withOptions({ maxPayloadBytes: 16_384 }),
    only: ['limits of bulk'],
  },
  {
    name: 'large-bulk-requests',
    source: 'RFC 7643 §5 (any number)',
    needs: ['bulk'],
    make: withOptions({ maxOperations: 100_000, maxPayloadBytes: 50 * 1024 * 1024 }),
    only: ['limits of bulk'],
  },
  {
    name: 'bulk-results-in-another-order',
    source: 'RFC 7644 §3.7, §3.7.3 (each result names its operation; no order is given)',
    needs: ['bulk'],
    make: changing(
      where(isBulk, (answer) => {
        const results = resultsOf(bodyOf(answer));
        const isNamed = results.every(({ bulkId, location }) => bulkId !== undefined || location !== undefined);
        return isNamed ? { ...answer, body: { ...bodyOf(answer), Operations: results.toReversed() } } : answer;
      }),
    ),
    only: ['order of bulk results'],
  },
  {
    name: 'bulk-results-with-the-resource',
    source: 'RFC 7644 §3.7.3 (the body may be there for normal completion)',
    needs: ['bulk'],
    make: inResults((result) =>
      Number(result.status) >= 400 ? result : { ...result, response: { schemas: [urn.user], userName: 'as.it.is' } },
    ),
    only: ['response of bulk results'],
  },
  {
    name: 'bulk-results-without-version',
    source: 'RFC 7644 §3.7.3 (`version` is optional)',
    needs: ['etags', 'bulk'],
    make: inResults((result) => without(result, 'version')),
  },
  {
    name: 'bulk-results-with-a-location-relative-to-the-base-url',
    source: 'RFC 7643 §2.3.7, RFC 7644 §3.7.3',
    needs: ['bulk'],
    make: inResults((result) =>
      typeof result.location === 'string'
        ? { ...result, location: result.location.replace('http://127.0.0.1/scim/v2/', '') }
        : result,
    ),
    only: ['location of bulk results'],
  },
  {
    name: 'bulk-results-with-a-location-of-a-path',
    source: 'RFC 3986 §4.2, RFC 7644 §3.7.3',
    needs: ['bulk'],
    make: inResults((result) =>
      typeof result.location === 'string' ? { ...result, location: new URL(result.location).pathname } : result,
    ),
    only: ['location of bulk results'],
  },
  {
    name: 'bulk-results-with-members-of-their-own',
    source: 'RFC 7644 §3.7.3, profile §2',
    needs: ['bulk'],
    make: inResults((result) => ({ ...result, path: '/Users', id: '4711', message: 'done' })),
  },
  {
    name: 'another-status-for-what-was-not-run',
    source: 'BULK-03 (424 is only recommended), profile §7.9',
    needs: ['bulk'],
    warns: ['BULK-03'],
    make: withSeams(({ perform, renderError, whyStopped }) => ({
      perform: async (work, ports) => {
        const stopped = whyStopped(work.task.job);
        if (stopped === undefined) return perform(work, ports);
        const { method, bulkId } = work.task.operation;
        const result = {
          method,
          ...(bulkId === undefined ? {} : { bulkId }),
          status: '412',
          response: renderError(new Problem(412, stopped)),
        };
        await work.finish({ result, written: undefined });
      },
    })),
    only: ['what was not run'],
  },
  {
    name: 'circles-of-bulk-ids-refused',
    source: 'RFC 7644 §3.7.1 (409 where a circle cannot be resolved)',
    needs: ['bulk'],
    make: withSeams(({ perform, read }) => {
      /** By job, the operations on circles. */
      const circular = new Map<string, ReadonlySet<number>>();
      return {
        read: (head) => {
          if (head.isBulk) circular.set(head.id, circularIn(head.operations));
          return read(head);
        },
        perform: async (work, ports) => {
          const { job, index } = work.task;
          if (circular.get(job.id)?.has(index) !== true) return perform(work, ports);
          const hopeless = new Problem(409, 'The operations refer to one another in a circle.');
          await work.finish(await work.effect({ ...work.task, hopeless }));
        },
      };
    }),
  },
  {
    name: 'limits-of-bulk-in-the-config-only-as-numbers',
    source: 'RFC 7643 §5',
    needs: ['bulk'],
    make: changing(
      where(
        config,
        withBody((body) => ({
          ...body,
          bulk: { ...member(body, 'bulk'), maxOperationsPerMinute: 1e6, description: null },
        })),
      ),
    ),
  },
];
