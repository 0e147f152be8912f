/** Faults of security event tokens and their delivery: EVT. */
import { eventUri, header, mediaType } from '../../schemas/names.js';
import type { Claims, EventContext } from '../events/claims.js';
import { once } from '../events/once.js';
import { isJson, type Json } from '../resources/representation.js';
import { bodyOf, edit, withBody, type Match } from './edits.js';
import type { Fault } from './fault.js';

/** Changes the claims of tokens before they are signed. */
const claiming =
  (change: (claims: Claims, context: EventContext) => Claims | undefined): Fault['seams'] =>
  ({ claimsOf }) => ({
    claimsOf: (claims, context) => {
      const honest = claimsOf(claims, context);
      return honest === undefined ? undefined : change(honest, context);
    },
  });

const completion = ({ events }: Claims): Json | undefined => {
  const payload = isJson(events) ? events[eventUri.asyncResponse] : undefined;
  return isJson(payload) ? payload : undefined;
};

/** Changes completion events. */
const completing = (
  change: (claims: Claims, payload: Json, context: EventContext) => Claims | undefined,
): Fault['seams'] =>
  claiming((claims, context) => {
    const payload = completion(claims);
    return payload === undefined ? claims : change(claims, payload, context);
  });

/** Changes the payload of completion events. */
const paying = (change: (payload: Json) => Json): Fault['seams'] =>
  completing((claims, payload) => ({ ...claims, events: { [eventUri.asyncResponse]: change(payload) } }));

/** Changes provisioning events whose URI ends so. */
const provisioning = (end: string, change: (payload: Json) => Json): Fault['seams'] =>
  claiming((claims) => ({
    ...claims,
    events: Object.fromEntries(
      Object.entries(isJson(claims.events) ? claims.events : {}).map(([uri, payload]) => [
        uri,
        uri.endsWith(end) && isJson(payload) ? change(payload) : payload,
      ]),
    ),
  }));

const without = (name: string, json: Json): Json =>
  Object.fromEntries(Object.entries(json).filter(([key]) => key !== name));

const isPoll: Match = ({ status }, { path }) => status === 200 && path === '/events/poll';

const isFailure = ({ status }: Json): boolean => Number(status) >= 400;

export const eventFaults: readonly Fault[] = [
  {
    name: 'set-without-iat',
    title: 'a SET without iat',
    breaks: ['EVT-01'],
    seams: claiming((claims) => without('iat', claims)),
  },
  {
    name: 'set-without-iss',
    title: 'completion events without iss',
    breaks: ['EVT-01'],
    seams: completing((claims) => without('iss', claims)),
  },
  {
    name: 'jti-that-repeats',
    title: 'a jti that the events of all single requests share',
    breaks: ['EVT-01'],
    // A stream that goes by jti loses what has the same, or sends it though it was acknowledged.
    entails: ['EVT-03', 'EVT-07', 'LIFE-01'],
    seams: completing((claims, _payload, { job }) =>
      job?.isBulk === true ? claims : { ...claims, jti: 'the-one-that-there-is' },
    ),
  },
  {
    name: 'sub-beside-sub-id',
    title: 'sub beside sub_id',
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
    name: 'txn-counts-from-one',
    title: 'txn suffixes that count from 1, as figures 16 to 19 of RFC 9967 do',
    breaks: ['EVT-03'],
    seams: completing((claims, _payload, { job, index = 0 }) =>
      job?.isBulk === true ? { ...claims, txn: `${job.id}:${index + 1}` } : claims,
    ),
  },
  {
    name: 'txn-is-the-bulk-id',
    title: 'a bulkId as the suffix of txn',
    breaks: ['EVT-03'],
    // Who waits for the event by its txn waits in vain.
    entails: ['LIFE-01'],
    seams: completing((claims, { bulkId }, { job, index = 0 }) =>
      job?.isBulk === true ? { ...claims, txn: `${job.id}:${typeof bulkId === 'string' ? bulkId : index}` } : claims,
    ),
  },
  {
    name: 'txn-of-its-own',
    title: 'a txn that is not Set-Txn',
    breaks: ['EVT-03'],
    // Who waits for the event by its txn waits in vain.
    entails: ['LIFE-01'],
    seams: completing((claims, _payload, { job, index = 0 }) =>
      job?.isBulk === true ? claims : { ...claims, txn: `${String(claims.jti)}-${index}` },
    ),
  },
  {
    name: 'txns-that-are-swapped',
    title: 'the txn of its neighbour on each event of a bulk request',
    breaks: ['EVT-03'],
    // What goes by txn takes the results for those of other operations.
    entails: ['BULK-01', 'BULK-02', 'BULK-03', 'BULK-05', 'EVT-02', 'LIFE-04', 'LIFE-05', 'LIFE-06', 'LIFE-10'],
    seams: completing((claims, _payload, { job, index = 0 }) => {
      if (job?.isBulk !== true) return claims;
      const neighbour = index % 2 === 0 ? index + 1 : index - 1;
      return neighbour < job.operations.length ? { ...claims, txn: `${job.id}:${neighbour}` } : claims;
    }),
  },
  {
    name: 'no-event-of-what-was-not-run',
    title: 'no completion events of operations that failOnErrors has stopped',
    breaks: ['EVT-04'],
    seams: completing((claims, { status }) => (status === '424' ? undefined : claims)),
  },
  {
    name: 'no-events-of-successful-bulk-operations',
    title: 'no completion events of bulk operations that succeed',
    breaks: ['EVT-04'],
    // Where all succeed there is nothing at all.
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
    seams: paying((payload) => (isFailure(payload) ? without('response', payload) : payload)),
  },
  {
    name: 'event-without-its-method',
    title: 'completion events without a method',
    breaks: ['EVT-05'],
    seams: paying((payload) => without('method', payload)),
  },
  {
    name: 'events-without-bulk-id',
    title: 'completion events without the bulkId of their operation',
    over: 'respond-async',
    breaks: ['BULK-02'],
    seams: paying((payload) => without('bulkId', payload)),
  },
  {
    name: 'created-where-nobody-knows',
    title: 'completion events of creates that name the resource nowhere',
    breaks: ['EVT-02', 'LIFE-10'],
    seams: completing((claims, payload, { job }) =>
      payload.method === 'POST'
        ? {
            ...claims,
            sub_id: { format: 'scim', uri: job?.isBulk === true ? '/Bulk' : '/Users' },
            events: { [eventUri.asyncResponse]: without('location', payload) },
          }
        : claims,
    ),
  },
  {
    name: 'notice-with-data',
    title: 'notices that have data beside attributes',
    breaks: ['EVT-06'],
    seams: provisioning(':notice', (payload) => ({ ...payload, data: {} })),
  },
  {
    name: 'notice-of-a-change-with-data',
    title: 'notices of PUT and PATCH that have data beside attributes, and good ones of creates',
    breaks: ['EVT-06'],
    seams: provisioning('put:notice', (payload) => ({ ...payload, data: {} })),
  },
  {
    name: 'full-event-without-data',
    title: 'full provisioning events without data',
    breaks: ['EVT-06'],
    options: { provisioningEvents: 'full' },
    seams: provisioning(':full', (payload) => without('data', payload)),
  },
  {
    name: 'acknowledged-sets-come-again',
    title: 'SETs that are sent again though they were acknowledged',
    breaks: ['EVT-07'],
    // They fill every answer, and what is new comes no more.
    entails: ['EVT-04', 'LIFE-01'],
    seams: ({ pollStream }) => ({ pollStream: { ...pollStream, acknowledged: () => [] } }),
  },
  {
    name: 'unacknowledged-sets-are-forgotten',
    title: 'SETs that are forgotten before they were acknowledged',
    breaks: ['EVT-07'],
    seams: ({ pollStream }) => ({ pollStream: { ...pollStream, sent: (jtis) => jtis } }),
  },
  {
    name: 'more-is-not-said',
    title: 'polls that never say that more is available',
    breaks: ['EVT-07'],
    seams: edit(
      isPoll,
      withBody((body) => without('moreAvailable', body)),
    ),
  },
  {
    name: 'sets-in-a-list',
    title: 'polls answered with a list of SETs',
    breaks: ['EVT-07'],
    // Who cannot read the events waits in vain.
    entails: ['LIFE-01'],
    seams: edit(isPoll, (answer) => {
      const { sets } = bodyOf(answer);
      return { ...answer, body: { sets: isJson(sets) ? Object.values(sets) : [] } };
    }),
  },
  {
    name: 'pushed-as-json',
    title: 'SETs that are pushed as application/json',
    breaks: ['EVT-08'],
    seams: () => ({
      pushRequest: (request) => ({ ...request, headers: { ...request.headers, [header.contentType]: mediaType.json } }),
    }),
  },
  {
    name: 'pushed-without-an-envelope',
    title: 'pushes whose body is the claims of a SET as plain JSON',
    breaks: ['EVT-08'],
    // Who cannot read the events waits in vain.
    entails: ['LIFE-01'],
    seams: () => ({
      pushRequest: (request) => ({
        ...request,
        body: Buffer.from(request.body.split('.')[1] ?? '', 'base64url').toString(),
      }),
    }),
  },
  {
    name: 'acknowledged-pushes-come-again',
    title: 'SETs that are pushed again though they were acknowledged',
    breaks: ['EVT-08'],
    seams: ({ pushAnswer }) => {
      let count = 0;
      // One in three: where all come again and again, nothing new gets through.
      return {
        pushAnswer: (answer) => (answer.status === 202 && (count += 1) % 3 === 0 ? 'again' : pushAnswer(answer)),
      };
    },
  },
  {
    name: 'signed-with-an-unpublished-key',
    title: 'SETs that are signed with a key that is not published',
    breaks: ['EVT-09'],
    seams: (_base, { newSigningKey }) => {
      const es256 = once(() => newSigningKey('ES256'));
      const edDsa = once(() => newSigningKey('EdDSA'));
      return {
        sign: async (claims, { alg, kid }) => {
          const other = await (alg === 'EdDSA' ? edDsa : es256)();
          return other.sign(claims, { alg: alg === 'EdDSA' ? alg : 'ES256', ...(kid === undefined ? {} : { kid }) });
        },
      };
    },
  },
  {
    name: 'claims-changed-after-signing',
    title: 'SETs whose claims were changed after they were signed',
    breaks: ['EVT-09'],
    seams: ({ sign }) => ({
      sign: async (claims, tokenHeader, honestly) => {
        const [head = '', , signature = ''] = (await sign(claims, tokenHeader, honestly)).split('.');
        const changed = Buffer.from(JSON.stringify({ ...claims, added: true })).toString('base64url');
        return `${head}.${changed}.${signature}`;
      },
    }),
  },
];
