/** Guides of RATE: how a provider says that it has enough. */
import type { Drafts } from '../guide.js';

export const rateTexts: Drafts = {
  'RATE-01': {
    why: [
      'A client that does not find a SCIM error in a 429 takes it for a broken provider, and gives up instead of waiting.',
    ],
    tested: [
      'Near its end the run sends requests, 16 at a time, until the target throttles or `--burst` requests (1500) are spent; 429s that come before are looked at as well.',
      'Every 429 of SCIM (not to HEAD, to a poll for events or at a result URI) has to have a valid SCIM error as its body, with `"status": "429"`.',
      'Where nothing is ever throttled, it is inconclusive.',
    ],
    fix: [
      'The limiter often stands before the application, in a gateway or a filter, and answers with its own page: configure its body and content type.',
      'Send `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "429", "detail": "…"}` as `application/scim+json`.',
    ],
  },
  'RATE-02': {
    why: [
      'Without `Retry-After` a client does not know how long to stay away.',
      'It comes back at once and is throttled again, or waits far too long.',
    ],
    tested: [
      'Every 429 of the run has to carry `Retry-After`: a whole number of seconds, or an HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT`.',
      'Requests are sent as fast as possible until the target throttles; where it never does, it is inconclusive.',
    ],
    fix: [
      'Let the limiter set `Retry-After` to the seconds until it admits this client again, rounded up.',
      'Fields such as `X-RateLimit-Reset` do not replace it; `1.5` and `1s` are no legal values.',
    ],
  },
  'RATE-03': {
    why: [
      'A client sends a throttled request again, as it was told.',
      'Where the first one was done all the same, there are two users, or the second is refused because of the first.',
    ],
    tested: [
      'Some requests of the burst are creates, synchronous and asynchronous, of names that are used once.',
      'After the burst, up to eight names whose create was throttled are searched for: none may be there.',
      'In the whole run, a create that was throttled and sent again may not be answered 409, unless that name was sent by another request before.',
    ],
    fix: [
      'Let the limiter decide before anything else happens: before the queue, the database and the reservation of names or request ids.',
      'Usual causes: the request is enqueued and the answer made afterwards, or a limiter that looks only at the response.',
    ],
  },
  'RATE-04': {
    why: [
      'A client that has waited as long as it was asked to, and is throttled again, cannot tell a limit from an outage.',
    ],
    tested: [
      'After the burst the suite waits as long as the last throttled answer asked, and sends one GET; where that is throttled, it waits as long again and sends one more.',
      'If that one is throttled, too, it fails.',
      'Not judged where `Retry-After` is missing (RATE-02) or asks for more than 60 seconds.',
    ],
    fix: [
      'Compute `Retry-After` from the state of the limiter: the seconds until one whole request fits again, rounded up, and not a constant.',
      'If throttled requests prolong the time, say so in the value: it has to be true for a client that sends nothing meanwhile.',
      'With several nodes, let them share the limiter, or name the wait of the slowest.',
    ],
  },
  'RATE-05': {
    why: [
      'Under pressure is when a client most needs to rely on a 202.',
      'A request that was accepted and dropped is a user who is missing, and nobody tries again.',
    ],
    tested: [
      'Requests that were answered 202 during the burst are followed to their end.',
      'One that is still pending at the deadline, or whose status cannot be read, fails.',
      'Judged only where the target throttled; otherwise it is inconclusive.',
    ],
    fix: [
      'Say no before you say 202: a queue that is full has to answer 429 or 503, not to drop the oldest or the newest job.',
      'Look for jobs that are kept in memory only, for a timeout of the enqueueing that nobody handles, and for a status that is written after the 202.',
    ],
  },
  'RATE-06': {
    why: ['Where one quota is shared, one customer’s import locks all other customers out.'],
    tested: [
      'While the first client is throttled, the second client sends up to six GETs.',
      'More than one of them throttled (or one of fewer than three) is a warning.',
      'It needs a second credential (`--second-token`) and a target that throttles.',
    ],
    fix: [
      'Keep the quota by client or credential, and not by endpoint, host or IP address: clients behind one proxy share an address.',
      'If there is a limit for all of them as well, set it so that one client alone cannot reach it.',
    ],
  },
  'RATE-07': {
    why: [
      'A client that polls exactly as it was asked does nothing wrong.',
      'Where it is throttled, the provider contradicts itself, and the client learns of its result late.',
    ],
    tested: [
      'One request is submitted before the burst.',
      'When the time of its `Retry-After` has passed, and while the limiter is exhausted by the burst, its status is polled for the first time: that poll should be admitted.',
      'A warning at most; inconclusive where that time is longer than the burst lasts, or nothing is throttled.',
    ],
    fix: [
      'Do not count polls that come no sooner than `Retry-After` asked, or give status reads a quota of their own.',
      'Otherwise set `Retry-After` of the 202 and of the status with the state of the limiter in mind.',
    ],
  },
  'RATE-08': {
    why: [
      'Clients slow down by these fields before they are throttled.',
      'Where the fields cannot be parsed or say the opposite of what happens, the clients run into the limit or stand still for nothing.',
    ],
    tested: [
      'Only where the target sends `RateLimit` or `RateLimit-Policy`, or the three fields of older drafts; otherwise it is skipped.',
      'They have to parse as structured fields in the form of one draft version: `"default";r=5;t=3`, `limit=10, remaining=5, reset=3`, or `RateLimit-Limit`, `-Remaining` and `-Reset`.',
      'What remains may not be more than the limit, and a 429 to a read may not say that more than 20 remain in every quota of requests (a request may cost several; a write may be refused because of another limit, such as a full queue).',
    ],
    fix: [
      'Names of quotas are strings in quotes, and numbers are whole and bare: `RateLimit: "default";r=0;t=3` and `RateLimit-Policy: "default";q=100;w=60`.',
      'Fill them from the limiter that decides, for the same client and after the request was counted.',
      'Or leave them out: `Retry-After` is enough.',
    ],
  },
  'RATE-09': {
    why: [
      'To 429, or 503 with `Retry-After`, a client reacts by waiting.',
      'After a 500 or a dropped connection it does not know whether its request was done.',
    ],
    tested: [
      'Requests are sent as fast as possible, 16 at a time, until the target has enough.',
      'Every one that is not answered normally has to be answered 429, or 503 with `Retry-After`; another 5xx, a 503 without the field and a connection that is dropped or times out fail.',
      'Where all requests are admitted, it is inconclusive.',
    ],
    fix: [
      'Limit the requests in work, and refuse the next one with 429 or 503 and `Retry-After`, before the pool of connections, threads or memory is exhausted.',
      'Map what a full pool or queue throws to 503, not to 500.',
      'Look at the proxy in front: its limits and timeouts drop connections or answer 502 and 504.',
    ],
  },
};
