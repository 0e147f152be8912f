/** SEC-01, 02, 04, 06, 08 and 09: who is let in, and what answers keep to themselves. */
import { header } from '../../schemas/names.js';
import { marker } from '../client/redaction.js';
import { responseHeader, responseJson } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { judgeEach, notApplicable, together, type Finding, type Judge } from './judge.js';
import { withEmptyToken } from '../target/target.js';
import { findsUser } from './mode.js';

const notLetIn = (exchange: Answered, who: string): Finding | undefined => {
  const { status } = exchange.response;
  const what = exchange.variant ?? 'request';
  // An alias need not be there; what is malformed may be said to be so.
  return status === 401 ||
    (status === 404 && what === 'status by an alias') ||
    (status === 400 && what.endsWith(withEmptyToken))
    ? undefined
    : { expected: `401 to a ${what} ${who}`, actual: `the answer is ${status}`, exchanges: [exchange] };
};

/** No credential: 401 with WWW-Authenticate, on submit and on status. */
export const sec01: Judge = (trace) =>
  judgeEach(trace.answered('unauthenticated'), (exchange) => {
    const wrong = notLetIn(exchange, 'without a credential');
    if (wrong !== undefined || exchange.response.status !== 401) return wrong;
    return responseHeader(exchange, header.wwwAuthenticate) !== undefined
      ? undefined
      : { expected: 'WWW-Authenticate on the 401', actual: 'it is absent', exchanges: [exchange] };
  });

/** A bad credential: 401, nothing enqueued. */
export const sec02: Judge = (trace) => {
  if (!trace.target.authenticated) return notApplicable('No credential was given, so that none can be bad.');
  const tried = trace.answered('unauthenticated');
  return together(
    judgeEach(tried, (exchange) => notLetIn(exchange, 'with a bad credential')),
    judgeEach(trace.answered('search'), (search) => {
      const write = tried.find(({ subject }) => subject === search.subject);
      return write !== undefined && findsUser(responseJson(search), search.subject)
        ? {
            expected: 'nothing to be enqueued for a bad credential',
            actual: 'the user exists',
            exchanges: [write, search],
          }
        : undefined;
    }),
  );
};

/** X-Original-Request-ID on a status read, where sent, equals the request's X-Request-ID, or the answer is 4xx. */
export const sec04: Judge = (trace) =>
  together(
    judgeEach(trace.variant('right X-Original-Request-ID', 'status-read'), (exchange) =>
      exchange.response.status === 200
        ? undefined
        : {
            expected: '200 to a status read with the request’s own X-Original-Request-ID',
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [exchange],
          },
    ),
    judgeEach(trace.variant('wrong X-Original-Request-ID', 'status-read'), (exchange) =>
      exchange.response.status >= 400 && exchange.response.status < 500
        ? undefined
        : {
            expected: '4xx to a status read with another request’s X-Original-Request-ID',
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [exchange],
          },
    ),
  );

/** Hostile ids (traversal, encoded separators, very long, control characters) answer 4xx. */
export const sec06: Judge = (trace) =>
  judgeEach(trace.answered('hostile-id'), (exchange): Finding | undefined => {
    const { status } = exchange.response;
    if (responseHeader(exchange, 'X-Injected') !== undefined) {
      return { expected: 'no field line made of the id', actual: 'the answer has X-Injected', exchanges: [exchange] };
    }
    // A 5xx is ERR-09's finding.
    return (status >= 400 && status < 500) || status >= 500
      ? undefined
      : { expected: '4xx to a hostile id', actual: `the answer is ${status}`, exchanges: [exchange] };
  });

/** No answer repeats the credential. */
export const sec08: Judge = (trace) => {
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
};

/** Cache-Control: no-store on 202 and status answers. */
export const sec09: Judge = (trace) => {
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
};
