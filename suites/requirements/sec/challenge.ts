/** SEC-01 and SEC-02 read every 401 of the run: each needs a challenge, whatever request it answers (RFC 7235 §3.1). */
import { header } from '../../../schemas/names.js';
import type { Finding } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { responseHeader } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** A challenge begins with the name of its scheme (RFC 9110 §11.3). */
const scheme = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?=$|[ ,])/;

export const refusals = (trace: TraceView): readonly Answered[] =>
  trace.answered().filter(({ response, purpose }) => response.status === 401 && purpose !== 'cleanup');

export const findMissingChallenge = (exchange: Answered): Finding<'challenge-missing'> | undefined => {
  const challenge = responseHeader(exchange, header.wwwAuthenticate);
  return challenge !== undefined && scheme.test(challenge.trim())
    ? undefined
    : {
        code: 'challenge-missing',
        expected: 'WWW-Authenticate with a challenge, such as Bearer, on the 401',
        actual: challenge === undefined ? 'it is absent' : `it is «${challenge}»`,
        exchanges: [exchange],
      };
};
