/** Guides of EVT: security event tokens. */
import type { Drafts } from '../guide.js';

export const evtTexts: Drafts = {
  'EVT-01': {
    why: [
      'A receiver checks who issued a token, when, and whether it has seen it before.',
      'Without `iss`, `iat` or a `jti` of its own it has to throw the token away, and the result with it.',
    ],
    tested: [
      'Every security event token that is seen, at a result URI, by poll or by push, has to be a JWT whose claims are a JSON object.',
      '`iss` and `jti` have to be strings that are not empty, `iat` a number, `events` an object that is not empty; in a poll, the name of the token has to be its `jti`.',
      'No two different tokens may have one `jti`; the same token may come again.',
      'Skipped where results come without tokens.',
    ],
    fix: [
      'Set the four claims in the one place that issues tokens, `iat` in whole seconds since 1970 as a number.',
      'Make `jti` anew for each token, such as a random UUID: not the `txn`, and not the id of the request, which several tokens share.',
      'Send a compact JWT, not its claims as JSON; without a signature, `alg` is `none`.',
    ],
  },
  'EVT-02': {
    why: [
      '`sub_id` says which resource an event is about.',
      'Where it is an endpoint, an absolute URL or somewhere else in the token, the receiver cannot find the user that was created.',
    ],
    tested: [
      'Every token that is seen has to have `sub_id` at its top level, with `"format": "scim"` and a `uri` that begins with one slash, and no `sub`; no payload may hold a `sub_id`.',
      'For a successful PUT, PATCH or DELETE the `uri` has to be the path of the operation, and for a successful create one that names a resource, such as `/Users/42`.',
      'For a failed create it may be the endpoint; skipped where results come without tokens.',
    ],
    fix: [
      'Fill `sub_id.uri` when the operation is done, with the path under the SCIM base URL: `/Users/42`, not `https://host/scim/v2/Users/42` and not `/Users` or `/Bulk`.',
      'Take `sub` out: JWT libraries often set it.',
      'Keep `sub_id` beside `events`, not inside.',
    ],
  },
  'EVT-03': {
    why: [
      'By `txn` a client knows which of its requests, and which operation of a bulk request, an event is about.',
      'Where it differs, the client waits for a result that has come long ago, or files it under another user.',
    ],
    tested: [
      'The completion event of a single request has to have the `Set-Txn` of its 202 as `txn`.',
      'That of a bulk operation has to have it with a colon and the place of the operation, counted from 0; where the payload has `method` or `bulkId`, they have to be those of the operation at that place.',
      'While a request waits in vain, completion events with a `txn` that nobody was told are a finding as well.',
      'Counting from 1, as figures 16 to 19 of RFC 9967 do, fails: its text says zero-based.',
    ],
    fix: [
      'Store the value of `Set-Txn` with the job, and use it when the event is issued, instead of making a new one there.',
      'For bulk, append the index of the operation in the request: `txn:0`, `txn:1`; not the `bulkId`, and not the order in which operations finish.',
    ],
  },
  'EVT-04': {
    why: [
      'A client is done with a bulk request when it has heard of every operation.',
      'Where one event is missing, it waits until its deadline and does not know whether that user exists.',
    ],
    tested: [
      'After a bulk request there have to be as many different completion events (by `txn` and `bulkId`) as operations, whether these succeeded, failed or were stopped by `failOnErrors`.',
      'The suite waits until the deadline (60 seconds, `--deadline`); where nothing comes at all, it is LIFE-01’s.',
      'A token that is sent again counts once.',
    ],
    fix: [
      'Issue an event for every operation, in the same place where its result is stored: successes, failures, and those that `failOnErrors` stops, with `"status": "424"`.',
      'Often only failures are reported, or a code path that returns early issues none.',
    ],
  },
  'EVT-05': {
    why: [
      'The payload is the answer that the client did not get.',
      'Where `status` is a number, or the error is missing, its parser stops or it cannot say what went wrong.',
    ],
    tested: [
      'The payload of every `urn:ietf:params:scim:event:misc:asyncresp` event has to be an operation as in a bulk response: `method` one of POST, PUT, PATCH and DELETE, `status` a string of three digits.',
      'Where `status` is 400 or more, `response` has to be a valid SCIM error.',
      'Results that a result URI brings without a token are judged in the same way.',
    ],
    fix: [
      'Build the payload with the code that builds the results of a synchronous bulk response, for single requests as well: `method`, `status` as `"201"`, `location`, `bulkId` where there is one.',
      'On an error add `response` with the SCIM error that a synchronous client would have got.',
    ],
  },
  'EVT-06': {
    why: [
      'By the end of the event URI a receiver decides whether it finds values in the event, or has to fetch them.',
      'Where the two do not match, it copies nothing, or gets personal data that it did not ask for.',
    ],
    tested: [
      'Users are created, replaced, patched, deactivated and deleted, and the `prov` events about them are looked at.',
      'An event whose URI ends with `:full` has to have the object `data` and no `attributes`; one that ends with `:notice` the list `attributes` of names and no `data`. Another ending fails.',
      '`prov:delete`, `prov:activate` and `prov:deactivate` have neither and are not judged.',
      'Skipped where `eventUris` lists no `prov` events, or where tokens are neither polled nor pushed (`--set-poll`, `--set-push`).',
    ],
    fix: [
      'Choose the payload by the same switch as the URI: `attributes` is a list of attribute names, `data` the values.',
      'Leave the other member out altogether, not null or empty.',
    ],
  },
  'EVT-07': {
    why: [
      'With polling, a receiver acknowledges what it has stored.',
      'Where unacknowledged tokens are forgotten, a crash loses results; where acknowledged ones come again, everything is done twice.',
    ],
    tested: [
      'Three creates are submitted, and their tokens polled (RFC 8936) without acknowledging, a second time, with `maxEvents` 1, with `ack` of all three, and once more.',
      'Each poll has to be answered 200 with the object `sets`, whose values are strings, and `moreAvailable`, where present, as a boolean.',
      'Tokens that were not acknowledged have to come again (unless `moreAvailable` is true); with `maxEvents` 1 at most one may come, and `moreAvailable` has to be true; what was acknowledged may not come again.',
      'It needs `--set-poll`, and a stream that nobody else reads; inconclusive where the tokens do not come in time.',
    ],
    fix: [
      'Delete a token only when its `jti` is in `ack`, not when it was sent.',
      'Process `ack` before the answer is put together, also where `maxEvents` is 0.',
      'Answer `{"sets": {"<jti>": "<jwt>"}, "moreAvailable": false}`: `sets` is an object by `jti` and no list; `{}` where there is nothing.',
    ],
  },
  'EVT-08': {
    why: [
      'A receiver tells a token by its content type and answers each one.',
      'Where it comes as JSON, it is refused; where the answer is not heeded, the same token comes for ever.',
    ],
    tested: [
      'The suite listens (`--set-push`), and creates are submitted: it acknowledges the token of the first with 202, refuses that of the second with 400 and `err`, and answers that of the third with 503 once.',
      'Every delivery has to have `Content-Type: application/secevent+jwt` and one token as its body.',
      'What was acknowledged or refused should not be pushed again: a warning. Whether the third comes again is not judged.',
      'Inconclusive where nothing is pushed.',
    ],
    fix: [
      'POST the compact JWT itself, as `application/secevent+jwt`, one token a request: no JSON around it, no form.',
      'Take 202 as the end of it, and 400 as the end as well (log `err` and `description`); try again only after a timeout, 429 or 5xx.',
    ],
  },
  'EVT-09': {
    why: [
      'By the signature a receiver knows that a token is the provider’s and was not changed.',
      'Where it does not verify, a careful receiver throws every result away, and a careless one can be deceived.',
    ],
    tested: [
      'Every token with a signature by a public key is verified with the JWK Set that was given (`--jwks`) or that the provider’s `/.well-known/ssf-configuration` names as `jwks_uri`.',
      'The keys are read at the beginning of the run, and again (three times at most) where a token names one that was not there.',
      'A token of an algorithm that this tool does not know is not judged.',
      'Tokens that are unsigned or signed by HMAC are not judged; where there are none but such, or no keys, it is skipped and says why.',
    ],
    fix: [
      'Publish the key that is in use, with its `kid`, and put the same `kid` into the header of the token; after a change of keys, publish the new one first, and keep the old one for a while.',
      'Sign last: nothing may change the claims or write the JSON anew after it was signed.',
      'Check that `alg` fits the key, and that signatures by ECDSA have the raw form of JWS, not DER.',
    ],
  },
};
