/** SEC-01. A provider has to check the credential before everything else, at every endpoint. */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { withoutCredential } from '../../scenarios/security/credentials.js';
import { responseHeader } from '../../trace/message.js';
import { findUnauthenticated, type UnauthenticatedCode } from './unauthenticated.js';

export const sec01 = defineRequirement({
  id: 'SEC-01',
  since: '1.0',
  level: 'MUST',
  title: 'no credential: 401 with `WWW-Authenticate`, on submit and on status',
  source: cite('RFC 7235 §3.1, P-Sec'),
  needs: {},
  guide: {
    why: [
      'At an endpoint without authentication, anybody can create or read accounts.',
      'If the answer is not 401, a client does not know whether its token has expired.',
    ],
    tested: [
      'Without a credential, the suite creates users synchronously and asynchronously, reads a status (GET, HEAD and, where there is one, the alias `/provisions/…`), lists, reads, replaces, patches and deletes users, creates groups, sends a bulk request and reads a user that does not exist.',
      'Each has to be answered 401 with `WWW-Authenticate`; the alias may be 404.',
      'ServiceProviderConfig may be public and is not tested.',
    ],
    fix: [
      'Put authentication before everything else: before the router, the body parser, the mode header and the 202. A 202 to a request without a credential comes from a queue that checks it only in the worker.',
      'Protect every route by default, and list the public ones; routes that were added later, such as `/Bulk` and the status, are often forgotten.',
      'Send a challenge with the 401, such as `WWW-Authenticate: Bearer`.',
    ],
  },
  codes: {
    'let-in-to-status': 'a status resource can be read without a credential',
    'let-in-to-read': 'users can be read without a credential',
    'let-in-to-write': 'resources can be written without a credential',
    'refused-otherwise-than-401': 'a request without a credential is refused, but not with 401',
    'challenge-missing': 'the 401 has no WWW-Authenticate',
  },
  from: [withoutCredential],
  looksAt: 'any',
  judge: (trace) =>
    judgeEach(
      trace.answered('unauthenticated'),
      (exchange): Finding<UnauthenticatedCode | 'challenge-missing'> | undefined => {
        const wrong = findUnauthenticated(exchange, 'without a credential');
        if (wrong !== undefined || exchange.response.status !== 401) return wrong;
        return responseHeader(exchange, header.wwwAuthenticate) !== undefined
          ? undefined
          : {
              code: 'challenge-missing',
              expected: 'WWW-Authenticate on the 401',
              actual: 'it is absent',
              exchanges: [exchange],
            };
      },
    ),
});
