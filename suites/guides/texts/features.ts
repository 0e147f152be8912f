/** Guides of IDEM, TOK and CNCL: optional features of the request-mode binding that are judged. */
import type { Drafts } from '../guide.js';

export const featureTexts: Drafts = {
  'IDEM-01': {
    why: [
      'When a connection breaks, a client does not know whether its request has arrived.',
      'Only where the same `X-Request-ID` is the same request can it send it again without creating a second user.',
    ],
    tested: [
      'A create is sent twice with one `X-Request-ID` and the same JSON, its members in another order: at the same moment, at once, after the first is completed, and after it has failed.',
      'The second has to be answered 202, or 200, with the status resource of the first: the same `id` or, where one of the bodies has none, the same `Location`.',
      'There may be one user of that name.',
      'Only where `features` lists `idempotency`; not judged where the first is not answered 202.',
    ],
    fix: [
      'Store client, `X-Request-ID` and a hash of method, path and canonical JSON with the request, under a unique index, in the transaction that enqueues it.',
      'On a hit answer with the stored status resource, whatever its state: also when it is completed or failed.',
      'Two that come at the same moment are told apart by the index, not by looking first.',
    ],
  },
  'IDEM-02': {
    why: [
      'An `X-Request-ID` that is used for something else is a mistake of the client.',
      'Where the second request is taken for a retry of the first, it is silently lost.',
    ],
    tested: [
      'A used `X-Request-ID` is sent with another user, and with one value inside changed: it has to be answered 409, and without effect.',
      'An id that came only with a request that was refused (no `userName`, no JSON) has to be free, and one that differs from another in its last character of more than a hundred has to be another: both have to be answered 202.',
      'Only where `features` lists `idempotency`.',
    ],
    fix: [
      'Compare method, path and the whole body (as JSON, without regard to the order of members) with those stored under the id, and answer 409 where they differ.',
      'Store the id only when the request is accepted.',
      'Store the whole id, of up to 128 characters: a column that is too short cuts it, and two become one.',
    ],
  },
  'IDEM-03': {
    why: [
      'Clients number their requests as they like, and two may choose the same.',
      'Where they meet, one client is given the status of the other, and its own request is not done.',
    ],
    tested: [
      'Two clients submit different creates with one `X-Request-ID`.',
      'The second has to be answered 202 with a status resource of its own; that both users come to be is judged by LIFE-06.',
      'Only where `features` lists `idempotency`, and with a second credential (`--second-token`).',
    ],
    fix: [
      'Make the client part of the key: unique by client and `X-Request-ID` together.',
      'Take the client from the credential, not from a field of the request.',
    ],
  },
  'TOK-01': {
    why: [
      'With a status token a client lets a less trusted component, such as a dashboard, watch one request without its own credential.',
      'A token that does not work makes it hand out the real one.',
    ],
    tested: [
      'The body of the 202 to a create has to hold `statusToken` with the string `value` and the date-time `expiresAt`.',
      'As a bearer token it has to read that status resource with 200, more than once, while it is pending and when it is completed.',
      'Only where `features` lists `statusToken`; a 202 without a body is left to ACC-03, and a token that expires before all uses were tried is not judged.',
    ],
    fix: [
      'Add `"statusToken": {"value": "…", "expiresAt": "2024-11-06T08:49:37Z"}` to the body of the 202.',
      'Accept it wherever the status can be read, also at an alias, until it expires: not once, and not only while the request is pending.',
      'Give it a life of some minutes; it has to outlast the request.',
    ],
  },
  'TOK-02': {
    why: [
      'A status token is given to components that may see one request and nothing else.',
      'Where it reads more or writes, it is a full credential that was handed out carelessly.',
    ],
    tested: [
      'The token of one request is used for the status of another (also by the alias `/provisions/…`), for a create, a list, a bulk request and, where `cancel` is advertised, for DELETE of its own status.',
      'Each has to be answered 401 or 403; 404 is let pass for the alias, and 405 for the cancel.',
      'Only where `features` lists `statusToken`.',
    ],
    fix: [
      'Bind the token to one status resource and to GET and HEAD, and check both in the authentication, where no route can forget it.',
      'Look at the alias and at DELETE: they often go through another check.',
    ],
  },
  'TOK-03': {
    why: [
      'A token that lives on after its end is one that nobody thinks of any more.',
      'Whoever finds it in a log can still use it.',
    ],
    tested: [
      'The suite waits until `expiresAt` by the clock of the provider, which the `Date` of its answers tells, and a quarter of a second more, and reads the status with the token: 401.',
      'A use shortly before may not make it last longer.',
      'Where the token is good for more than 30 seconds, that is not waited for, and the outcome is inconclusive.',
    ],
    fix: [
      'Compare the present time with `expiresAt` at every use, and answer 401 after it; do not rely on a clean-up job or the expiry of a cache.',
      'Do not prolong it when it is used.',
      'Keep the clocks of all nodes together.',
    ],
  },
  'CNCL-01': {
    why: [
      'Somebody who sees that an import goes wrong wants to stop it.',
      'Where the cancel is answered and nothing stops, or the rest stays pending, it cannot be known what was done.',
    ],
    tested: [
      'DELETE is sent to the status of a bulk request of 120 creates (480, where those were all done by then), at once and when some operations are done, beside another request of the same client.',
      'It has to be answered with success; the request has to complete, with at least one operation counted as failed; what was stopped may have no effect; no operation of the other request may fail; and the status has to stay readable.',
      'A refusal is right where the request was done already; where nothing is pending when the DELETE is sent, it is not judged.',
      'Only where `features` lists `cancel`.',
    ],
    fix: [
      'Mark the request as cancelled, and let the workers look at the mark before each operation.',
      'Write a result with `"status": "424"` for every operation that has not begun, and add it to `failed`, so that `pending` reaches 0; operations in work may finish.',
      'Stop by the id of the request, and not all that the client has in the queue; do not delete the status resource.',
    ],
  },
};
