/** SEC-08. The recorder replaces credentials by markers, so a marker in an answer proves that the answer had the credential. */
import { marker } from '../../redaction/vault.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable } from '../../judging/judge.js';

const secretNames = ['primary', 'second', 'invalid'] as const;

/** An exchange that was sent with a credential, whoever gave it. */
const credentials: readonly string[] = [...secretNames, 'status-token'];

/** The member that hands a status token out (profile TOK-01), and a status token anywhere else. */
const handedOut = /"statusToken"\s*:\s*\{[^{}]*\{\{status-token-\d+\}\}[^{}]*\}/gi;
const statusToken = /\{\{status-token-\d+\}\}/;

export const sec08 = defineRequirement({
  id: 'SEC-08',
  since: '1.0',
  level: 'MUST',
  title: 'no answer repeats the credential',
  source: cite('P-Sec'),
  needs: {},
  guide: {
    why: ['Answers are logged, cached and shown in tickets.', 'If an answer repeats a token, other people get it.'],
    tested: [
      'Every answer of the run is searched for the credential that is in use, the second one and the bad ones, in the values of all header fields and in the body, also in their URL-encoded form and as escaped in a JSON string.',
      'A status token (`statusToken`) is searched for in the same way from its first use on, except in the member `statusToken` itself.',
      'Skipped if the suite was given no credential.',
    ],
    fix: [
      'Do not repeat request fields: look for debug fields, for error texts such as «token … is not valid», and for handlers that return their whole input.',
      'Leave `Authorization` out of everything that is stored with a request.',
    ],
  },
  codes: {
    'credential-in-a-field': 'a header field of an answer repeats the credential',
    'credential-in-the-body': 'the body of an answer repeats the credential',
  },
  from: 'every',
  looksAt: 'any',
  judge: (trace) => {
    if (!trace.target.authenticated) return notApplicable('The suite was given no credential.');
    const holdsSecret = (text: string): boolean =>
      secretNames.some((name) => text.includes(marker(name))) || statusToken.test(text.replaceAll(handedOut, ''));
    return judgeEach(
      trace.answered().filter(({ credential }) => credentials.includes(credential)),
      (exchange) => {
        const expected = 'no answer to repeat the credential';
        const { headers, body } = exchange.response;
        const field = headers.find(([, value]) => holdsSecret(value));
        if (field !== undefined) {
          return { code: 'credential-in-a-field', expected, actual: `it is in ${field[0]}`, exchanges: [exchange] };
        }
        if (!holdsSecret(body)) return undefined;
        return { code: 'credential-in-the-body', expected, actual: 'it is in the body', exchanges: [exchange] };
      },
    );
  },
});
