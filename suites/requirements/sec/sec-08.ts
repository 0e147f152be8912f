/** SEC-08. No answer repeats the credential. */
import { marker } from '../../redaction/vault.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable } from '../../judging/judge.js';

export const sec08 = defineRequirement({
  id: 'SEC-08',
  since: '1.0',
  level: 'MUST',
  title: 'no answer repeats the credential',
  source: cite('P-Sec'),
  needs: {},
  guide: {
    why: [
      'Answers are logged, cached and shown in tickets.',
      'A token that is repeated in one of them is a token that others have.',
    ],
    tested: [
      'Every answer of the run is searched for the credential that is in use, the second one and the bad ones, in the values of all fields and in the body, also as they look URL-encoded or in a JSON string.',
      'Skipped where the suite was given no credential.',
    ],
    fix: [
      'Do not echo request fields: look for debug fields, for error texts such as «token … is not valid», and for handlers that return all that they were given.',
      'Leave `Authorization` out of everything that is stored with a request.',
    ],
  },
  from: 'every',
  looksAt: 'any',
  judge: (trace) => {
    if (!trace.target.authenticated) return notApplicable('No credential was given, so that none can be repeated.');
    const secrets = [marker('primary'), marker('second'), marker('invalid')];
    return judgeEach(
      trace.answered().filter(({ credential }) => ['primary', 'second', 'invalid'].includes(credential)),
      (exchange) => {
        const { headers, body } = exchange.response;
        const field = headers.find(([, value]) => secrets.some((secret) => value.includes(secret)));
        const where =
          field !== undefined
            ? `in ${field[0]}`
            : secrets.some((secret) => body.includes(secret))
              ? 'in the body'
              : undefined;
        return where === undefined
          ? undefined
          : { expected: 'no answer to repeat the credential', actual: `it is ${where}`, exchanges: [exchange] };
      },
    );
  },
});
