/** Faults of the delivery and the signatures of security event tokens: EVT-07 to EVT-09. */
import { header, mediaType } from '../../schemas/names.js';
import { isJson } from '../json.js';
import { once } from '../once.js';
import { bodyOf, edit, withBody, without, type Match } from './answers.js';
import type { Fault } from './fault.js';

const isPoll: Match = ({ status }, { path }) => status === 200 && path === '/events/poll';

export const deliveryFaults: readonly Fault[] = [
  {
    name: 'acknowledged-sets-come-again',
    title: 'SETs that are sent again after they were acknowledged',
    breaks: ['EVT-07'],
    // They fill all answers, so that new tokens are never sent.
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
    name: 'one-acknowledgement-takes-off-all',
    title: 'polls in which the acknowledgement of one SET removes all that were sent',
    breaks: ['EVT-07'],
    seams: ({ pollStream }) => {
      const sent = new Set<string>();
      return {
        pollStream: {
          sent: (jtis) => {
            for (const jti of jtis) sent.add(jti);
            return pollStream.sent(jtis);
          },
          acknowledged: (jtis) => pollStream.acknowledged(jtis.length === 0 ? [] : [...sent]),
        },
      };
    },
  },
  {
    name: 'more-available-missing',
    title: 'polls that never say that more is available',
    breaks: ['EVT-07'],
    seams: edit(
      isPoll,
      withBody((body) => without(body, 'moreAvailable')),
    ),
  },
  {
    name: 'sets-in-a-list',
    title: 'polls answered with a list of SETs',
    breaks: ['EVT-07'],
    // The suite cannot read the events, so it waits for them until the deadline.
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
    title: 'pushes whose body is plain JSON claims instead of a JWT',
    breaks: ['EVT-08'],
    // The suite cannot read the events, so it waits for them until the deadline.
    entails: ['LIFE-01'],
    seams: () => ({
      pushRequest: (request) => ({
        ...request,
        body: Buffer.from(request.body.split('.')[1] ?? '', 'base64url').toString(),
      }),
    }),
  },
  {
    name: 'pushed-in-quotes',
    title: 'pushes whose body is the token as a JSON string',
    breaks: ['EVT-08'],
    // The suite refuses them, so that it waits for the events until the deadline.
    entails: ['LIFE-01'],
    seams: () => ({ pushRequest: (request) => ({ ...request, body: JSON.stringify(request.body) }) }),
  },
  {
    name: 'acknowledged-pushes-come-again',
    title: 'SETs that are pushed again after they were acknowledged',
    breaks: ['EVT-08'],
    seams: ({ pushAnswer }) => {
      let count = 0;
      // Only one in three, because otherwise new tokens would never be pushed.
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
    name: 'later-sets-of-a-bulk-request-unsigned',
    title: 'SETs of bulk requests that are not signed (alg none) after the first one',
    breaks: ['EVT-09'],
    seams: ({ sign }) => ({
      sign: (claims, tokenHeader, honestly) => {
        if (!/:[1-9]\d*$/.test(String(claims.txn))) return sign(claims, tokenHeader, honestly);
        const [head, body] = [{ typ: 'secevent+jwt', alg: 'none' }, claims].map((part) =>
          Buffer.from(JSON.stringify(part)).toString('base64url'),
        );
        return Promise.resolve(`${head ?? ''}.${body ?? ''}.`);
      },
    }),
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
