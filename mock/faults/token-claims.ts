/** Faults of the claims of security event tokens: EVT-01, EVT-02, EVT-04 to EVT-06, BULK-02, LIFE-10. */
import { eventUri } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import { without } from './answers.js';
import { claiming, completing, isFailure, paying } from './claims.js';
import type { Claims } from '../security-event.js';
import type { Fault } from './fault.js';

/** A fault that changes the payload of provisioning events whose URI ends with `end`. */
const provisioning = (end: string, change: (payload: Json, claims: Claims) => Json): Fault['seams'] =>
  claiming((claims) => ({
    ...claims,
    events: Object.fromEntries(
      Object.entries(isJson(claims.events) ? claims.events : {}).map(([uri, payload]) => [
        uri,
        uri.endsWith(end) && isJson(payload) ? change(payload, claims) : payload,
      ]),
    ),
  }));

export const tokenClaimFaults: readonly Fault[] = [
  {
    name: 'set-without-iat',
    title: 'SETs without iat',
    breaks: ['EVT-01'],
    seams: claiming((claims) => without(claims, 'iat')),
  },
  {
    name: 'set-without-iss',
    title: 'completion events without iss',
    breaks: ['EVT-01'],
    seams: completing((claims) => without(claims, 'iss')),
  },
  {
    name: 'iat-in-milliseconds',
    title: 'SETs whose iat is in milliseconds',
    breaks: ['EVT-01'],
    seams: claiming((claims) => ({ ...claims, iat: Number(claims.iat) * 1000 })),
  },
  {
    name: 'iat-in-local-time',
    title: 'SETs whose iat counts the seconds of a local time that is an hour ahead',
    breaks: ['EVT-01'],
    seams: claiming((claims) => ({ ...claims, iat: Number(claims.iat) + 3600 })),
  },
  {
    name: 'completions-issued-in-1970',
    title: 'completion events whose iat is 0',
    breaks: ['EVT-01'],
    seams: completing((claims) => ({ ...claims, iat: 0 })),
  },
  {
    name: 'tokens-expired-when-issued',
    title: 'SETs whose exp is an hour before their iat',
    breaks: ['EVT-01'],
    seams: claiming((claims) => ({ ...claims, exp: Number(claims.iat) - 3600 })),
  },
  {
    name: 'completions-with-iat-in-microseconds',
    title: 'completion events of bulk requests whose iat is in microseconds',
    breaks: ['EVT-01'],
    seams: completing((claims, _payload, { job }) =>
      job?.isBulk === true ? { ...claims, iat: Number(claims.iat) * 1_000_000 } : claims,
    ),
  },
  {
    name: 'repeated-jti',
    title: 'the same jti in the events of all requests that are not bulk requests',
    breaks: ['EVT-01'],
    // The stream identifies tokens by jti, so it loses some of them or sends acknowledged ones again.
    entails: ['EVT-03', 'EVT-07', 'LIFE-01'],
    seams: completing((claims, _payload, { job }) =>
      job?.isBulk === true ? claims : { ...claims, jti: 'the-one-that-there-is' },
    ),
  },
  {
    name: 'sub-beside-sub-id',
    title: 'a SET with both sub and sub_id',
    breaks: ['EVT-02'],
    seams: claiming((claims) => ({ ...claims, sub: isJson(claims.sub_id) ? claims.sub_id.uri : '' })),
  },
  {
    name: 'sub-id-in-the-payload',
    title: 'sub_id in the payload of completion events',
    breaks: ['EVT-02'],
    seams: completing((claims, payload) => ({
      ...claims,
      events: { [eventUri.asyncResponse]: { ...payload, sub_id: claims.sub_id } },
    })),
  },
  {
    name: 'absolute-subject',
    title: 'a sub_id.uri that is absolute',
    breaks: ['EVT-02'],
    seams: completing((claims, payload) =>
      isJson(claims.sub_id) && typeof payload.location === 'string'
        ? { ...claims, sub_id: { ...claims.sub_id, uri: payload.location } }
        : claims,
    ),
  },
  {
    name: 'subject-is-the-endpoint',
    title: 'a sub_id.uri of /Users or /Bulk, never of the resource',
    breaks: ['EVT-02'],
    seams: completing((claims, _payload, { job }) => ({
      ...claims,
      sub_id: { format: 'scim', uri: job?.isBulk === true ? '/Bulk' : '/Users' },
    })),
  },
  {
    name: 'no-event-of-what-was-not-run',
    title: 'no completion events for operations stopped by failOnErrors',
    breaks: ['EVT-04'],
    seams: completing((claims, { status }) => (status === '424' ? undefined : claims)),
  },
  {
    name: 'no-events-of-successful-bulk-operations',
    title: 'no completion events for successful bulk operations',
    breaks: ['EVT-04'],
    // If all operations succeed, there are no events at all.
    entails: ['LIFE-01', 'PREF-05'],
    seams: completing((claims, payload, { job }) => (job?.isBulk === true && !isFailure(payload) ? undefined : claims)),
  },
  {
    name: 'event-status-is-a-number',
    title: 'completion events whose status is a number',
    breaks: ['EVT-05'],
    seams: paying((payload) => ({ ...payload, status: Number(payload.status) })),
  },
  {
    name: 'failed-event-without-a-response',
    title: 'completion events of failures without a response',
    breaks: ['EVT-05'],
    seams: paying((payload) => (isFailure(payload) ? without(payload, 'response') : payload)),
  },
  {
    name: 'event-without-its-method',
    title: 'completion events without a method',
    breaks: ['EVT-05'],
    seams: paying((payload) => without(payload, 'method')),
  },
  {
    name: 'events-of-patch-say-put',
    title: 'completion events of single PATCH requests that say PUT',
    breaks: ['EVT-05'],
    seams: completing((claims, payload, { job }) =>
      payload.method === 'PATCH' && job?.isBulk !== true
        ? { ...claims, events: { [eventUri.asyncResponse]: { ...payload, method: 'PUT' } } }
        : claims,
    ),
  },
  {
    name: 'events-without-bulk-id',
    title: 'completion events without the bulkId of their operation',
    over: 'respond-async',
    breaks: ['BULK-02'],
    seams: paying((payload) => without(payload, 'bulkId')),
  },
  {
    name: 'created-resource-not-named',
    title: 'completion events of creates that do not name the resource',
    breaks: ['EVT-02', 'LIFE-10'],
    seams: completing((claims, payload, { job }) =>
      payload.method === 'POST'
        ? {
            ...claims,
            sub_id: { format: 'scim', uri: job?.isBulk === true ? '/Bulk' : '/Users' },
            events: { [eventUri.asyncResponse]: without(payload, 'location') },
          }
        : claims,
    ),
  },
  {
    name: 'subject-with-an-unresolved-bulk-id',
    title: 'completion events whose sub_id.uri is a reference such as /Users/bulkId:a',
    breaks: ['EVT-02'],
    seams: completing((claims, _payload, { job, index = 0 }) => {
      const path = job?.operations[index]?.path ?? '';
      return path.includes('bulkId:') ? { ...claims, sub_id: { format: 'scim', uri: path } } : claims;
    }),
  },
  {
    name: 'events-of-the-first-ten-operations-only',
    title: 'no completion events after the tenth operation of a bulk request',
    breaks: ['EVT-04'],
    // The suite waits for the missing events until the deadline.
    entails: ['LIFE-01'],
    seams: completing((claims, _payload, { index = 0 }) => (index < 10 ? claims : undefined)),
  },
  {
    name: 'notice-with-data',
    title: 'notices with both data and attributes',
    breaks: ['EVT-06'],
    seams: provisioning(':notice', (payload) => ({ ...payload, data: {} })),
  },
  {
    name: 'notice-of-a-group-without-attributes',
    title: 'notices about groups without attributes, while notices about users are correct',
    breaks: ['EVT-06'],
    seams: provisioning(':notice', (payload, { sub_id: subject }) =>
      isJson(subject) && String(subject.uri).startsWith('/Groups') ? without(payload, 'attributes') : payload,
    ),
  },
  {
    name: 'notice-of-a-change-with-data',
    title: 'notices of PUT with both data and attributes, while notices of creates are correct',
    breaks: ['EVT-06'],
    seams: provisioning('put:notice', (payload) => ({ ...payload, data: {} })),
  },
  {
    name: 'full-event-without-data',
    title: 'full provisioning events without data',
    breaks: ['EVT-06'],
    options: { provisioningEvents: 'full' },
    seams: provisioning(':full', (payload) => without(payload, 'data')),
  },
];
