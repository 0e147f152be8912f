/** STAT-12. A synchronous answer to a create is not judged: it is neither a status resource nor an error. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { sentPasswords } from '../../judging/sent-passwords.js';
import { passwordsScenario } from '../../scenarios/security/passwords.js';

export const stat12 = defineRequirement({
  id: 'STAT-12',
  since: '1.0',
  level: 'MUST',
  title: 'no `password` value that was submitted ever appears in it, nor in any error',
  source: cite('RFC 7643 §4.1.1'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Status resources and errors end up in logs, tickets and dashboards.',
      'Everybody who reads these then knows the password.',
    ],
    tested: [
      'Users with a random `password` are submitted: in creates that succeed, in creates that fail because the name is taken (synchronously and asynchronously), and in a bulk operation that lacks `userName`.',
      'Every 202, every status resource and every answer of 400 or more is searched for the value as text.',
    ],
    fix: [
      'Do not put the request, or the value that was refused, into `response`, `detail` or a validation message.',
      'Store the request and its result separately, and remove `password` before anything is stored as a result or logged.',
      'Check the messages of the validator and of the database: they often quote the whole record.',
    ],
  },
  codes: {
    'password-in-status': 'a password that was submitted is in the 202 or in the status resource',
    'password-in-error': 'a password that was submitted is in an answer of 400 or more',
  },
  from: [passwordsScenario],
  looksAt: 'any',
  judge: (trace) => {
    const sent = sentPasswords(trace);
    const searched = trace
      .answered()
      .filter(
        (exchange) =>
          exchange.response.status >= 400 || exchange.response.status === 202 || exchange.submission !== undefined,
      );
    return judgeEach(sent.length === 0 ? [] : searched, (exchange) => {
      const leaked = sent.find(({ password }) => exchange.response.body.includes(password));
      return leaked === undefined
        ? undefined
        : {
            code: exchange.response.status >= 400 ? 'password-in-error' : 'password-in-status',
            expected: 'no password in a status resource or an error',
            actual: 'the password that was submitted is in it',
            exchanges: [leaked.exchange, exchange],
          };
    });
  },
});
