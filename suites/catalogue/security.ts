/** SEC and IDEM: who may see and repeat what. */
import { cite } from './citation.js';
import type { Requirement } from './requirement.js';

export const securityRequirements: readonly Requirement[] = [
  {
    id: 'SEC-01',
    level: 'MUST',
    title: 'no credential: 401 with `WWW-Authenticate`, on submit and on status',
    source: cite('RFC 7235 §3.1, P-Sec'),
    needs: {},
  },
  { id: 'SEC-02', level: 'MUST', title: 'a bad credential: 401, nothing enqueued', source: cite('P-Sec'), needs: {} },
  {
    id: 'SEC-03',
    level: 'MUST',
    title: "one client's status resource is not readable by another: 403 or 404 (needs a second credential)",
    source: cite('P-Sec'),
    needs: { binding: 'any', credential: 'second' },
  },
  {
    id: 'SEC-04',
    level: 'MUST',
    title:
      "`X-Original-Request-ID` on a status read, where sent, equals the request's `X-Request-ID`, or the answer is 4xx",
    source: cite('P-Sec, D3'),
    needs: { binding: 'request-mode' },
  },
  {
    id: 'SEC-05',
    level: 'SHOULD',
    title: 'ids cannot be guessed: not sequential, 64 bits or more of spread over a sample',
    source: cite('P-Sec'),
    needs: { binding: 'any' },
  },
  {
    id: 'SEC-06',
    level: 'MUST',
    title: 'hostile ids (traversal, encoded separators, very long, control characters) answer 4xx',
    source: cite('P-Sec'),
    needs: {},
  },
  { id: 'SEC-07', level: 'SHOULD', title: 'https, unless the host is loopback', source: cite('P-Sec'), needs: {} },
  { id: 'SEC-08', level: 'MUST', title: 'no answer repeats the credential', source: cite('P-Sec'), needs: {} },
  {
    id: 'SEC-09',
    level: 'SHOULD',
    title: '`Cache-Control: no-store` on 202 and status answers',
    source: cite('RFC 9111 §5.2.2.5'),
    needs: { binding: 'any' },
  },
  {
    id: 'IDEM-01',
    level: 'MUST',
    title: 'the same `X-Request-ID` and body again: the same status resource, no second effect',
    source: cite('Fig1, D3'),
    needs: { binding: 'request-mode', feature: 'idempotency' },
  },
  {
    id: 'IDEM-02',
    level: 'MUST',
    title: 'the same `X-Request-ID` with another body: 409, no effect',
    source: cite('D3'),
    needs: { binding: 'request-mode', feature: 'idempotency' },
  },
  {
    id: 'IDEM-03',
    level: 'MUST',
    title: 'two clients may use the same `X-Request-ID` without meeting',
    source: cite('D3'),
    needs: { binding: 'request-mode', feature: 'idempotency', credential: 'second' },
  },
];
