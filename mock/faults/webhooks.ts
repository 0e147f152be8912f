/** Faults of the registrations of webhooks: HOOK-01 and HOOK-04. */
import { header } from '../../schemas/names.js';
import type { Json } from '../json.js';
import { bodyOf, edit, error, on, withField, withoutField, withoutMember, type Change, type Match } from './answers.js';
import type { Fault } from './fault.js';

const isRegistration = on(201, 'POST', /^\/integration\/webhook$/);

const isRead = on(200, 'GET', /^\/integration\/webhook\/[^/]+$/);

const isList = on(200, 'GET', /^\/integration\/webhook$/);

const isRefusal: Match = ({ status }, { path }) => status === 400 && path === '/integration/webhook';

/** Adds the secret of a webhook of this client to the body. */
const withSecret =
  (change: (body: Json, secret: string) => Json): Change =>
  async (answer, { client }, { ports }) => {
    const [hook] = (await ports.hooks.list(client ?? '')).toReversed();
    return hook === undefined ? answer : { ...answer, body: change(bodyOf(answer), hook.secret) };
  };

export const webhookFaults: readonly Fault[] = [
  {
    name: 'webhook-registered-with-200',
    title: '200 to the registration of a webhook',
    breaks: ['HOOK-01'],
    seams: edit(isRegistration, (answer) => ({ ...answer, status: 200 })),
  },
  {
    name: 'webhook-without-location',
    title: 'the registration of a webhook answered without Location',
    breaks: ['HOOK-01'],
    seams: edit(isRegistration, withoutField(header.location)),
  },
  {
    name: 'webhook-without-id',
    title: 'the registration of a webhook answered without an id',
    breaks: ['HOOK-01'],
    seams: edit(isRegistration, withoutMember('id')),
  },
  {
    name: 'webhook-secret-in-registration',
    title: 'the registration of a webhook answered with the whole request, its secret included',
    breaks: ['HOOK-01'],
    seams: edit(
      isRegistration,
      withSecret((body, secret) => ({ ...body, secret })),
    ),
  },
  {
    name: 'webhook-secret-in-reads',
    title: 'reads of a webhook that show its secret',
    breaks: ['HOOK-01'],
    seams: edit(
      isRead,
      withSecret((body, secret) => ({ ...body, secret })),
    ),
  },
  {
    name: 'webhook-secret-in-lists',
    title: 'lists of webhooks that show their secrets',
    breaks: ['HOOK-01'],
    seams: edit(
      isList,
      withSecret((body, secret) => ({ ...body, Resources: [{ secret }] })),
    ),
  },
  {
    name: 'webhook-secret-in-errors',
    title: 'errors about a registration that quote the secret',
    breaks: ['HOOK-01'],
    seams: edit(
      isRefusal,
      withSecret((body, secret) => ({ ...body, detail: `Not a valid webhook with the secret ${secret}.` })),
    ),
  },
  {
    name: 'webhook-removed-in-name-only',
    title: 'a removed webhook that still gets deliveries',
    breaks: ['HOOK-04'],
    seams: () => ({ removeHook: () => Promise.resolve(true) }),
  },
  {
    name: 'webhook-removal-spares-retries',
    title: 'a removed webhook whose failed deliveries are tried again',
    breaks: ['HOOK-04'],
    seams: () => ({
      // It gets no new events, but those that wait are delivered.
      removeHook: async (id, hooks) => {
        const hook = await hooks.find(id);
        if (hook !== undefined) await hooks.add({ ...hook, eventType: 'group.deleted' });
        return true;
      },
    }),
  },
  {
    name: 'webhook-never-removed',
    title: '405 to the removal of a webhook',
    breaks: ['HOOK-04'],
    seams: edit(
      ({ status }, { method, path }) => status === 204 && method === 'DELETE' && path.startsWith('/integration/'),
      () => withField(header.allow, 'GET')(error(405)),
    ),
  },
];
