/** Faults of the deliveries to webhooks: HOOK-02 and HOOK-03. */
import { createHmac } from 'node:crypto';
import { header } from '../../schemas/names.js';
import type { HookRequest, HookTry } from '../integration/webhooks/hook-seams.js';
import { isJson, type Json } from '../json.js';
import { without } from './answers.js';
import type { Fault } from './fault.js';

/** A fault that changes every request to a webhook. */
const sending =
  (change: (request: HookRequest, what: HookTry) => HookRequest): Fault['seams'] =>
  ({ hookRequest }) => ({ hookRequest: (request, what) => change(hookRequest(request, what), what) });

const signed = (signature: string, request: HookRequest): HookRequest => ({
  ...request,
  headers: { ...request.headers, [header.signature]: signature },
});

const hmac = (text: string, { hook }: HookTry, encoding: 'hex' | 'base64' = 'hex'): string =>
  createHmac('sha256', hook.secret).update(text).digest(encoding);

/** The same request with another body, and with the signature of that body. */
const withBody = (change: (body: Json) => Json, request: HookRequest, what: HookTry): HookRequest => {
  const sent: unknown = JSON.parse(request.body);
  const body = JSON.stringify(change(isJson(sent) ? sent : {}));
  return signed(`sha256=${hmac(body, what)}`, { ...request, body });
};

const withoutFields = (request: HookRequest, field: string): HookRequest => ({
  ...request,
  headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== field)),
});

/** The id of a delivery in the field and in the body. */
const withId = (id: string, request: HookRequest, what: HookTry): HookRequest =>
  withBody((body) => ({ ...body, id }), { ...request, headers: { ...request.headers, [header.deliveryId]: id } }, what);

export const webhookDeliveryFaults: readonly Fault[] = [
  {
    name: 'webhook-whole-resource-delivered',
    title: 'deliveries with the whole resource, whatever attributes were chosen',
    breaks: ['HOOK-02'],
    seams: () => ({ hookAttributes: (_chosen, resource) => resource }),
  },
  {
    name: 'webhook-only-id-delivered',
    title: 'deliveries with the id of the resource only, whatever attributes were chosen',
    breaks: ['HOOK-02'],
    seams: () => ({ hookAttributes: (_chosen, { id }) => ({ id }) }),
  },
  {
    name: 'webhook-unsigned',
    title: 'deliveries without a signature',
    breaks: ['HOOK-02'],
    seams: sending((request) => withoutFields(request, header.signature)),
  },
  {
    name: 'webhook-signature-of-reserialised-body',
    title: 'a signature of the body as it is after parsing and serialising it again',
    breaks: ['HOOK-02'],
    seams: sending((request, what) =>
      signed(`sha256=${hmac(JSON.stringify(JSON.parse(request.body), null, 2), what)}`, request),
    ),
  },
  {
    name: 'webhook-signature-in-base64',
    title: 'a signature in Base64',
    breaks: ['HOOK-02'],
    seams: sending((request, what) => signed(`sha256=${hmac(request.body, what, 'base64')}`, request)),
  },
  {
    name: 'webhook-signature-without-algorithm',
    title: 'a signature without the name of its algorithm',
    breaks: ['HOOK-02'],
    seams: sending((request, what) => signed(hmac(request.body, what), request)),
  },
  {
    name: 'webhook-by-put',
    title: 'deliveries by PUT',
    breaks: ['HOOK-02'],
    seams: sending((request) => ({ ...request, method: 'PUT' })),
  },
  {
    name: 'webhook-misses-asynchronous-writes',
    title: 'no deliveries of asynchronous writes',
    breaks: ['HOOK-02'],
    seams: ({ hookEvent }) => ({
      hookEvent: (written, isAsynchronous) => (isAsynchronous ? undefined : hookEvent(written, isAsynchronous)),
    }),
  },
  {
    name: 'webhook-for-every-create',
    title: 'new groups delivered to a webhook for new users',
    breaks: ['HOOK-02'],
    seams: ({ hookEvent }) => ({
      hookEvent: (written, isAsynchronous) => {
        const event = hookEvent(written, isAsynchronous);
        return event === 'group.created' ? 'user.created' : event;
      },
    }),
  },
  {
    name: 'webhook-never-tried-again',
    title: 'failed deliveries that are given up at once',
    breaks: ['HOOK-03'],
    seams: () => ({ hookWait: () => undefined }),
  },
  {
    name: 'webhook-silence-taken-for-success',
    title: 'deliveries without an answer that are not tried again',
    breaks: ['HOOK-03'],
    seams: ({ hookWait }) => ({
      hookWait: (honest, status) => (status === undefined ? undefined : hookWait(honest, status)),
    }),
  },
  {
    name: 'webhook-waits-all-alike',
    title: 'deliveries that are tried again at equal intervals',
    breaks: ['HOOK-03'],
    seams: ({ hookWait }) => ({
      hookWait: (honest, status) => (hookWait(honest, status) === undefined ? undefined : 500),
    }),
  },
  {
    name: 'webhook-new-id-for-each-try',
    title: 'a new delivery id at each try',
    breaks: ['HOOK-03'],
    seams: sending((request, what) => withId(`${what.delivery.id}-${what.number}`, request, what)),
  },
  {
    name: 'webhook-one-id-for-all-deliveries',
    title: 'the id of the webhook in place of that of the delivery',
    breaks: ['HOOK-03'],
    seams: sending((request, what) => withId(what.hook.id, request, what)),
  },
  {
    name: 'webhook-without-delivery-id',
    title: 'deliveries without an id',
    breaks: ['HOOK-03'],
    seams: sending((request, what) =>
      withBody((body) => without(body, 'id'), withoutFields(request, header.deliveryId), what),
    ),
  },
];
