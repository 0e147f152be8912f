/** SEC-09. Cache-Control: no-store on 202 and status answers. */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';
import { preferWrite } from '../../scenarios/respond-async/prefer-write.js';
import { responseHeader } from '../../trace/message.js';
import { followed } from '../../scenarios/scenario-sets.js';

export const sec09 = defineRequirement({
  id: 'SEC-09',
  since: '1.0',
  level: 'SHOULD',
  title: '`Cache-Control: no-store` on 202 and status answers',
  source: cite('RFC 9111 §5.2.2.5'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'A cached status is an old status: the client polls a proxy that says pending for ever.',
      'And the next user of that cache reads it, too.',
    ],
    tested: [
      'Every 202, and every status resource or result that is answered 200, should carry `Cache-Control` with `no-store`, alone or among others.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Set `Cache-Control: no-store` where the 202 and the status are made.',
      '`no-cache`, `private` and `max-age=0` still let it be stored; look also at a gateway that sets a default.',
    ],
  },
  from: [...followed, asyncWrite, preferWrite],
  looksAt: 'any',
  judge: (trace) => {
    const answers = [
      ...trace.accepted().map(({ exchange }) => exchange),
      ...trace.statusReads().filter(({ response }) => response.status === 200),
    ];
    return judgeEach(answers, (exchange) => {
      const value = responseHeader(exchange, header.cacheControl);
      const directives = (value ?? '').split(',').map((directive) => directive.trim().toLowerCase());
      return directives.includes('no-store')
        ? undefined
        : {
            expected: 'Cache-Control: no-store',
            actual: value === undefined ? 'the field is absent' : `it is «${value}»`,
            exchanges: [exchange],
          };
    });
  },
});
