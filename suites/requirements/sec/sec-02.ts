/** SEC-02. A provider has to compare the whole token, and to do so before it puts the request in the queue. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Judgement, notApplicable, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { badCredential, credentialSteps, intruder } from '../../scenarios/security/credentials.js';
import { succeeded } from '../../trace/answers.js';
import { responseJson } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { findsUser } from '../../judging/finds-user.js';
import { findMissingChallenge, refusals } from './challenge.js';
import { findUnauthenticated, telling } from './unauthenticated.js';

const codes = {
  'let-in-to-status': 'a status resource can be read with a bad credential',
  'let-in-to-read': 'users can be read with a bad credential',
  'let-in-to-write': 'resources can be written with a bad credential',
  'refused-otherwise-than-401': 'a request with a bad credential is refused, but not with 401',
  'bad-credential-has-effect': 'a request with a bad credential is done',
  'challenge-missing': 'a 401 to a request with a credential has no WWW-Authenticate, or one without a challenge',
};

/** A user that exists is as it was after writes of it that were refused. */
const judgeChanges = (trace: TraceView, tried: readonly Answered[]): Judgement<'bad-credential-has-effect'> => {
  const { replace, patch, delete: remove, afterwards } = credentialSteps;
  return judgeEach(trace.variant(afterwards, 'read'), (read) => {
    const isGone = read.response.status === 404;
    if (!isGone && !read.response.body.toLowerCase().includes(intruder.toLowerCase())) return undefined;
    const suspects = tried.filter((write) => (isGone ? isStep(write, remove) : isStep(write, replace, patch)));
    // What was let in is another finding.
    if (suspects.length === 0 || suspects.some(succeeded)) return undefined;
    return {
      code: 'bad-credential-has-effect',
      expected: 'a request with a bad credential to have no effect',
      actual: isGone ? 'the user is deleted' : `the user has the name «${intruder}», which it wrote`,
      exchanges: [...suspects, read],
    };
  });
};

const judgeTries = (trace: TraceView): Judgement<keyof typeof codes> => {
  const tried = trace.answered('unauthenticated');
  return together<keyof typeof codes>(
    judgeEach(telling(tried, trace.target), (exchange) => findUnauthenticated(exchange, 'with a bad credential')),
    judgeEach(trace.answered('search'), (search) => {
      const write = tried.find(({ subject }) => subject === search.subject);
      return write !== undefined && findsUser(responseJson(search), search.subject)
        ? {
            code: 'bad-credential-has-effect',
            expected: 'a request with a bad credential to have no effect',
            actual: 'the user exists',
            exchanges: [write, search],
          }
        : undefined;
    }),
    judgeChanges(trace, tried),
  );
};

export const sec02 = defineRequirement({
  id: 'SEC-02',
  since: '1.0',
  level: 'MUST',
  title: 'a bad credential: 401, nothing enqueued',
  source: cite('P-Sec'),
  needs: {},
  guide: {
    why: [
      'If tokens are compared carelessly, an attacker can find one by trying, and a revoked one may still be accepted.',
      'From 401, and not from 403, a client knows that it needs a new token.',
    ],
    tested: [
      'The requests of SEC-01 are made with a token that was never issued. If the credential is a bearer token, creates are also made with variants of it: in other letter cases, cut short, with one more character, and empty.',
      'Each has to be answered 401 (the alias of a status may be 404, and an empty token, which is malformed, 400: RFC 6750 §3.1).',
      'Every 401 of the run to a request with a credential, also to an expired status token, has to have `WWW-Authenticate` with a challenge.',
      'When a later request is completed, none of the users may exist, and the user that was to be replaced, patched and deleted is as it was.',
      'Skipped if the suite was given no credential.',
    ],
    fix: [
      'Compare the whole token, exactly and in constant time: look for comparisons by prefix or without regard to case, and for a database collation that ignores case.',
      'Answer 401 to a token that is unknown, expired or malformed; 403 is for a known client without the permission.',
      'Check the token before you put the request in the queue.',
      'Send a challenge with each 401: `WWW-Authenticate: Bearer error="invalid_token"` (RFC 6750 §3).',
    ],
  },
  codes,
  from: 'every',
  first: badCredential,
  looksAt: 'any',
  judge: (trace) => {
    if (!trace.target.authenticated) return notApplicable('The suite was given no credential.');
    return together<keyof typeof codes>(
      trace.isOf(badCredential) ? judgeTries(trace) : together(),
      judgeEach(
        refusals(trace).filter(({ credential }) => credential !== 'none'),
        findMissingChallenge,
      ),
    );
  },
});
