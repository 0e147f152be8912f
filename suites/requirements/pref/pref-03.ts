/** PREF-03. Requests that are in flight together are compared with one another. */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { manyAtOnce } from '../../scenarios/lifecycle/many-at-once.js';
import { responseHeader } from '../../trace/message.js';
import { preferring } from '../../scenarios/scenario-sets.js';

export const pref03 = defineRequirement({
  id: 'PREF-03',
  since: '1.0',
  level: 'MUST',
  title: 'the 202 has `Set-Txn`, unique for each request',
  source: cite('RFC 9967 §3'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      '`Set-Txn` is the only link between a completion event and its request.',
      'If it is missing, or two requests have the same one, the client cannot tell what was done.',
    ],
    tested: [
      'Every 202 has to have `Set-Txn` with a value that is not empty; no two requests that are in flight together, up to 48, may have the same value.',
    ],
    fix: [
      'Make a new transaction id for each request, such as a random UUID, send it as `Set-Txn`, and store it with the job, because the `txn` of the event has to be the same.',
      'Do not use the id of a session, of the HTTP connection or of a trace: several requests can have it.',
    ],
  },
  codes: {
    'set-txn-missing': 'the 202 has no Set-Txn, or an empty one',
    'set-txn-repeated': 'two requests have the same Set-Txn',
  },
  from: [...preferring, manyAtOnce],
  judge: (trace) => {
    const accepted = trace.accepted();
    return judgeEach(accepted, ({ exchange, submission }) => {
      const txn = responseHeader(exchange, header.setTxn);
      if (txn === undefined || txn === '')
        return {
          code: 'set-txn-missing',
          expected: 'Set-Txn on the 202',
          actual: 'it is absent',
          exchanges: [exchange],
        };
      const other = accepted.find((each) => each.submission.n < submission.n && each.submission.txn === txn);
      return other === undefined
        ? undefined
        : {
            code: 'set-txn-repeated',
            expected: 'a different Set-Txn for each request',
            actual: `two have ${txn}`,
            exchanges: [other.exchange, exchange],
          };
    });
  },
});
