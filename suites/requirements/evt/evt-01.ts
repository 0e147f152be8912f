/** EVT-01. Each SET has iss, iat, jti, events; jti never repeats. */
import type { ReceivedToken } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip } from '../../judging/describe.js';
import { isObject, textOf } from '../../trace/message.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { eachToken } from './evt-tokens.js';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

export const evt01 = defineRequirement({
  id: 'EVT-01',
  since: '1.0',
  level: 'MUST',
  title: 'each SET has `iss`, `iat`, `jti`, `events`; `jti` never repeats',
  source: cite('RFC 8417 §2.2'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'A receiver checks who issued a token, when, and whether it has seen it before.',
      'Without `iss`, `iat` or a `jti` of its own it has to throw the token away, and the result with it.',
    ],
    tested: [
      'Every security event token that is seen, at a result URI, by poll or by push, has to be a JWT whose claims are a JSON object.',
      '`iss` and `jti` have to be strings that are not empty, `iat` a number, `events` an object that is not empty; in a poll, the name of the token has to be its `jti`.',
      'No two different tokens may have one `jti`; the same token may come again.',
      'Skipped where results come without tokens.',
    ],
    fix: [
      'Set the four claims in the one place that issues tokens, `iat` in whole seconds since 1970 as a number.',
      'Make `jti` anew for each token, such as a random UUID: not the `txn`, and not the id of the request, which several tokens share.',
      'Send a compact JWT, not its claims as JSON; without a signature, `alg` is `none`.',
    ],
  },
  from: answered,
  judge: (trace) => {
    const first = new Map<unknown, ReceivedToken>();
    return eachToken(trace, (token) => {
      const { jwt, claims, key } = token;
      if (jwt === undefined)
        return { expected: 'a security event token as a JWT (RFC 8417 §2)', actual: 'it is plain JSON' };
      // That the body of a push is no token is EVT-08's.
      if (claims === undefined && token.via === 'push') return undefined;
      if (claims === undefined)
        return { expected: 'a JWT whose claims are a JSON object', actual: `it is ${clip(jwt)}` };
      const { iss, iat, jti, events } = claims;
      const missing = [
        ...(isText(iss) ? [] : ['iss']),
        ...(typeof iat === 'number' ? [] : ['iat']),
        ...(isText(jti) ? [] : ['jti']),
        ...(isObject(events) && Object.keys(events).length > 0 ? [] : ['events']),
      ];
      if (missing.length > 0)
        return {
          expected: 'iss, iat, jti and events in a SET',
          actual: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing or of another type`,
        };
      if (key !== undefined && key !== jti)
        return { expected: 'a SET under its jti', actual: `it is under «${key}», and its jti is «${textOf(jti)}»` };
      const earlier = first.get(jti);
      first.set(jti, earlier ?? token);
      // The same SET may come again, by another way or because it was not acknowledged.
      return earlier === undefined || JSON.stringify(earlier.claims) === JSON.stringify(claims)
        ? undefined
        : { expected: 'a jti of its own for each SET', actual: `two have «${textOf(jti)}»` };
    });
  },
});
