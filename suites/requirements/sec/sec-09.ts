/** SEC-09. A status is valid only for a moment and for one client, so no cache may store it. */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';
import { statusRepresentations } from '../../scenarios/request-mode/status-representations.js';
import { preferWrite } from '../../scenarios/respond-async/prefer-write.js';
import { responseHeader } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { followed } from '../../scenarios/scenario-sets.js';

/** An answer without `no-store` in its Cache-Control. */
const mayBeStored = <Code extends string>(code: Code, exchange: Answered): Finding<Code> | undefined => {
  const value = responseHeader(exchange, header.cacheControl);
  const directives = (value ?? '').split(',').map((directive) => directive.trim().toLowerCase());
  if (directives.includes('no-store')) return undefined;
  return {
    code,
    expected: 'Cache-Control: no-store',
    actual: value === undefined ? 'the field is absent' : `it is «${value}»`,
    exchanges: [exchange],
  };
};

/** A 304 replaces the Cache-Control of what a cache has stored (RFC 9111 §4.3.4); without the field it changes nothing. */
const isStored = (exchange: Answered): boolean =>
  exchange.response.status === 200 ||
  (exchange.response.status === 304 && responseHeader(exchange, header.cacheControl) !== undefined);

export const sec09 = defineRequirement({
  id: 'SEC-09',
  since: '1.0',
  level: 'SHOULD',
  title: '`Cache-Control: no-store` on 202 and status answers',
  source: cite('RFC 9111 §5.2.2.5'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'A cached status is out of date: the client polls a proxy that answers «pending» forever.',
      'Another user of that cache can read it, too.',
    ],
    tested: [
      'Every 202, and every status resource or result that is answered 200, should have `Cache-Control` with `no-store`, alone or with other directives; a 304 that has the field, too.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Set `Cache-Control: no-store` in the code that makes the 202 and the status.',
      '`no-cache`, `private` and `max-age=0` still allow storing; check also whether a gateway sets a default.',
    ],
  },
  codes: {
    'acceptance-may-be-stored': 'the 202 has no Cache-Control with no-store',
    'status-may-be-stored': 'a status resource or result has no Cache-Control with no-store',
  },
  from: [...followed, asyncWrite, statusRepresentations, preferWrite],
  looksAt: 'any',
  judge: (trace) =>
    together(
      judgeEach(trace.accepted(), ({ exchange }) => mayBeStored('acceptance-may-be-stored', exchange)),
      judgeEach(trace.statusReads().filter(isStored), (exchange) => mayBeStored('status-may-be-stored', exchange)),
    ),
});
