/** Security event tokens and the keys that they are signed with. */
import { isJson, type Json } from '../../../../mock/json.js';
import { claim } from '../answers.js';
import type { Change, Variant } from '../variant.js';

/** Changes every key that the provider publishes. */
const eachKey =
  (change: (key: Json) => Json): Change =>
  (answer) =>
    isJson(answer.body) && Array.isArray(answer.body.keys)
      ? { ...answer, body: { ...answer.body, keys: answer.body.keys.filter(isJson).map(change) } }
      : answer;

export const tokenVariants: readonly Variant[] = [
  {
    name: 'subject-without-a-slash-before-it',
    source: 'RFC 9967 §2.1 (a relative path)',
    binding: 'respond-async',
    make: () => ({
      seams: claim('sub_id', (subject) => ({ ...subject, uri: String(subject.uri).replace(/^\//, '') })),
    }),
  },
  {
    name: 'published-keys-without-kid',
    source: 'RFC 7517 §4.5',
    binding: 'respond-async',
    make: () => ({
      change: eachKey((key) => Object.fromEntries(Object.entries(key).filter(([name]) => name !== 'kid'))),
    }),
  },
  {
    name: 'ed25519-in-tokens-and-eddsa-in-keys',
    source: 'RFC 9864 §2.2, RFC 8037 §3.1',
    binding: 'respond-async',
    only: ['key of tokens'],
    make: () => ({
      seams: ({ sign }) => ({
        sign: (claims, header, honestly) =>
          sign(claims, header, (given, honest) => honestly(given, { ...honest, alg: 'Ed25519' })),
      }),
    }),
  },
];
