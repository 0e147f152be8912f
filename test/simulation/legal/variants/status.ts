/** The status resource of request-mode: what it may hold, leave out, and how it may change. */
import { header, urn } from '../../../../schemas/names.js';
import {
  bodyOf,
  completed,
  counts,
  isAccepted,
  isStatusRead,
  member,
  withBody,
  without,
  withOperations,
} from '../../../../mock/faults/answers.js';
import type { Json } from '../../../../mock/json.js';
import { isStatus, where, withFields, withoutHeader } from '../answers.js';
import { changing, withSeams, type Variant } from '../variant.js';

const inStatus = (change: (status: Json) => Json): Variant['make'] => changing(where(isStatus, withBody(change)));

const inResults = (change: (result: Json) => Json): Variant['make'] =>
  changing(where(isStatus, withOperations(change)));

const isPending = (status: Json): boolean => !completed(status);

/** Gives each status of a request that is pending the next of these states, and then always the last one. */
const walking =
  (...states: readonly string[]): Variant['make'] =>
  () => {
    const seen = new Map<unknown, number>();
    return {
      change: where(isStatus, (answer, request) => {
        const body = bodyOf(answer);
        if (!isPending(body)) return answer;
        const looks = seen.get(body.id) ?? 0;
        seen.set(body.id, looks + 1);
        const state = states[Math.min(looks, states.length - 1)];
        // The tag of the mock does not change with these states.
        return withoutHeader(header.etag)({ ...answer, body: { ...body, state } }, request);
      }),
    };
  };

const all: readonly Omit<Variant, 'binding'>[] = [
  {
    name: 'status-without-state',
    source: 'profile §3 (`state` is optional)',
    make: inStatus((status) => without(status, 'state')),
    only: ['state'],
  },
  {
    name: 'state-only-while-pending',
    source: 'profile §3 (`state` is optional), §7.6',
    make: inStatus((status) => (isPending(status) ? status : without(status, 'state'))),
    only: ['state'],
  },
  {
    name: 'states-from-the-first-to-the-last',
    source: 'profile §3',
    make: walking('initiated', 'queued', 'processing'),
    only: ['state', 'etag of the status'],
  },
  {
    name: 'retrying-again-and-again',
    source: 'profile §3, §7.6 (retrying ↔ processing)',
    make: walking('processing', 'retrying', 'processing', 'retrying', 'processing', 'retrying', 'processing'),
    only: ['state', 'etag of the status'],
  },
  {
    name: 'retrying-without-processing-before',
    source: 'profile §7.6 (states may be skipped forward)',
    make: walking('retrying'),
    only: ['state', 'etag of the status'],
  },
  {
    name: 'more-counts',
    source: 'profile §2 (unknown extra members are allowed everywhere)',
    make: inStatus((status) => ({
      ...status,
      operationsCount: { skipped: 0, running: 3, ...counts(status), warnings: 17 },
      status: { ...member(status, 'status'), cancelled: false, percent: 40 },
    })),
  },
  {
    name: 'an-empty-list-of-operations-while-pending',
    source: 'profile §7.6 (`Operations` may be absent or partial before completion)',
    make: inStatus((status) => (isPending(status) ? { ...status, Operations: [] } : status)),
    only: ['operations while pending'],
  },
  {
    name: 'operations-of-null-while-pending',
    source: 'profile §7.6, RFC 7643 §2.5',
    make: inStatus((status) => (isPending(status) ? { ...status, Operations: null } : status)),
    only: ['operations while pending'],
  },
  {
    name: 'status-with-its-own-progress',
    source: 'profile §2, §7.7 (LIFE-03 compares the members of the profile only)',
    make: () => {
      let reads = 0;
      return {
        change: where(isStatus, (answer) => ({
          ...answer,
          body: { ...bodyOf(answer), reads: (reads += 1), eta: null },
        })),
      };
    },
  },
  {
    name: 'results-with-more-members',
    source: 'profile §2, RFC 7644 §3.7.3',
    make: inResults((result) => ({ ...result, duration: 'PT0.2S', id: '4711', path: '/somewhere', warnings: [] })),
  },
  {
    name: 'results-without-version',
    source: 'RFC 7644 §3.7.3 (`version` is optional)',
    make: inResults((result) => without(result, 'version')),
    needs: ['etags'],
  },
  {
    name: 'results-with-the-resource-as-response',
    source: 'RFC 7644 §3.7.3 (the body may be there for normal completion)',
    make: inResults((result) =>
      Number(result.status) >= 400 || result.response !== undefined
        ? result
        : {
            ...result,
            response: { schemas: [urn.user], id: String(result.location).split('/').at(-1), userName: 'as.it.was' },
          },
    ),
    only: ['response of results'],
  },
  {
    name: 'results-with-an-empty-response',
    source: 'RFC 7644 §3.7.3, RFC 7643 §2.5',
    make: inResults((result) => ({ response: null, ...result })),
    only: ['response of results'],
  },
  {
    name: 'no-etag-on-the-status',
    source: 'STAT-13 (where it carries an `ETag`)',
    make: changing(where(isStatus, withoutHeader(header.etag))),
    only: ['etag of the status'],
    needs: ['etags'],
  },
  {
    name: 'retry-after-on-a-completed-status',
    source: 'RFC 9110 §10.2.3 (permitted on any answer)',
    make: changing(where(isStatusRead, (answer) => withFields(answer, { [header.retryAfter]: '0' }))),
    only: ['retry-after'],
  },
  {
    name: 'no-retry-after-on-polls',
    source: 'STAT-11 (only recommended)',
    warns: ['STAT-11'],
    make: changing(where(isStatusRead, withoutHeader(header.retryAfter))),
    only: ['retry-after'],
  },
  {
    name: 'status-without-meta',
    source: 'STAT-14 (only recommended)',
    warns: ['STAT-14'],
    make: inStatus((status) => without(status, 'meta')),
    only: ['meta of the status'],
  },
  {
    name: 'meta-of-the-status-with-more-members',
    source: 'RFC 7643 §3.1, profile §2',
    make: inStatus((status) => ({ ...status, meta: { ...member(status, 'meta'), version: 'W/"x"', expires: null } })),
    only: ['meta of the status'],
  },
  {
    name: 'resource-type-of-its-own-on-the-status',
    source: 'STAT-14 (any string), RFC 7643 §3.1',
    make: inStatus((status) => ({ ...status, meta: { ...member(status, 'meta'), resourceType: 'Job' } })),
    only: ['meta of the status'],
  },
  {
    name: 'location-of-the-status-relative-to-the-base-url',
    source: 'RFC 7643 §2.3.7',
    make: inStatus((status) => ({
      ...status,
      meta: { ...member(status, 'meta'), location: `provision/${String(status.id)}/status` },
    })),
    only: ['meta of the status'],
  },
  {
    name: 'created-with-another-offset-in-each-answer',
    source: 'RFC 7643 §2.3.5, STAT-16 (the same moment)',
    make: () => {
      let hours = 0;
      return {
        change: where(isStatus, (answer) => {
          const body = bodyOf(answer);
          const meta = member(body, 'meta');
          hours = (hours + 1) % 12;
          const local = new Date(Date.parse(String(meta.created)) + hours * 3_600_000).toISOString().slice(0, -1);
          const created = `${local}+${String(hours).padStart(2, '0')}:00`;
          return { ...answer, body: { ...body, meta: { ...meta, created } } };
        }),
      };
    },
    only: ['meta of the status'],
  },
  {
    name: 'last-modified-of-every-look-while-pending',
    source: 'STAT-14 (never goes back)',
    make: ({ clock }) => ({
      change: where(isStatus, (answer) => {
        const body = bodyOf(answer);
        if (!isPending(body)) return answer;
        const meta = { ...member(body, 'meta'), lastModified: new Date(clock.epoch()).toISOString() };
        return { ...answer, body: { ...body, meta } };
      }),
    }),
    only: ['meta of the status', 'clock'],
  },
  {
    name: 'no-alias-of-the-status',
    source: 'STAT-08 (`/provisions/` is a MAY)',
    make: () => ({
      wire: (next) => (request) =>
        next({ ...request, url: request.url.replace('/provisions/', '/no-such-provisions/') }),
    }),
  },
  {
    name: 'counts-that-lag-behind-the-work',
    source: 'LIFE-04 (speaks of the time after completion only)',
    make: withSeams(({ viewStatus }) => ({
      viewStatus: (job, baseUrl) => {
        const view = viewStatus(job, baseUrl);
        if (view.status.completed) return view;
        const { total } = view.operationsCount;
        return { ...view, operationsCount: { total, success: 0, failed: 0, pending: total } };
      },
    })),
  },
  {
    name: 'schemas-of-the-status-with-an-extension',
    source: 'RFC 7643 §3.3, §3',
    make: inStatus((status) => ({
      ...status,
      schemas: ['urn:example:params:scim:schemas:extension:jobs:2.0:Status', urn.provisionStatus],
      'urn:example:params:scim:schemas:extension:jobs:2.0:Status': { queue: 'blue', state: 'done' },
    })),
  },
  {
    name: 'the-body-of-the-202-says-less-than-the-status',
    source: 'ACC-02 (a valid status resource), profile §3',
    make: changing(
      where(
        isAccepted,
        withBody(({ schemas, id, operationsCount, status, statusToken }) => ({
          schemas,
          id,
          operationsCount,
          status,
          ...(statusToken === undefined ? {} : { statusToken }),
        })),
      ),
    ),
    warns: ['STAT-14'],
    only: ['meta of the status'],
  },
];

export const statusVariants: readonly Variant[] = all.map((variant) => ({ ...variant, binding: 'request-mode' }));
