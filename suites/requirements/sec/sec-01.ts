/** SEC-01. A provider has to check the credential before everything else, at every endpoint. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { withoutCredential } from '../../scenarios/security/credentials.js';
import { findMissingChallenge, refusals } from './challenge.js';
import { findUnauthenticated, telling, type UnauthenticatedCode } from './unauthenticated.js';

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
      'Without a credential, the suite creates users synchronously and asynchronously, reads a status (GET, HEAD and, where there is one, the alias `/provisions/…`), lists, reads, replaces, patches and deletes users, creates groups, lists, reads, replaces, patches and deletes them, sends a bulk request and reads a user that does not exist.',
      'Each has to be answered 401; the alias may be 404.',
      'A header field that was given with `--header` counts as a credential and is left out. If a request without such a field, whose name does not say that it is a credential, is answered 4xx other than 401, nothing is concluded: give a field that is no credential with `--public-header`.',
      'Every 401 of the run to a request without a credential has to have `WWW-Authenticate` with a challenge.',
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
    'let-in-to-read': 'users or groups can be read without a credential',
    'let-in-to-write': 'resources can be written without a credential',
    'refused-otherwise-than-401': 'a request without a credential is refused, but not with 401',
    'challenge-missing': 'a 401 to a request without a credential has no WWW-Authenticate, or one without a challenge',
  },
  from: 'every',
  first: withoutCredential,
  looksAt: 'any',
  judge: (trace) =>
    together<UnauthenticatedCode | 'challenge-missing'>(
      judgeEach(
        trace.isOf(withoutCredential) ? telling(trace.answered('unauthenticated'), trace.target) : [],
        (exchange) => findUnauthenticated(exchange, 'without a credential'),
      ),
      judgeEach(
        refusals(trace).filter(({ credential }) => credential === 'none'),
        findMissingChallenge,
      ),
    ),
});
