/** Guides of MODE: how a request asks for the asynchronous mode. */
import type { Drafts } from '../guide.js';

export const modeTexts: Drafts = {
  'MODE-01': {
    why: [
      'A client asks for the asynchronous mode because its request is large or the provider slow.',
      'Where it is answered synchronously all the same, a long request runs into a timeout, and the client does not know what was done of it.',
    ],
    tested: [
      '`POST /Users` and, where bulk is advertised, `POST /Bulk` are sent with `X-SCIM-Request-Mode: asynchronous`, alone and several at a time.',
      'Each has to be answered 202.',
      'The bulk requests hold up to 40 creates, some of which lack `userName`: one bad operation is no reason to refuse the request.',
      'A throttled request is sent again and not judged; a target that neither advertises the mode nor answers 202 to a first try is skipped.',
    ],
    fix: [
      'Read the mode header before the synchronous handler takes the request, for `/Bulk` as well as for `/Users` and `/Groups`: the bulk route is often forgotten.',
      'In a bulk request check only the envelope before the 202, and let each operation fail in its own result.',
      'If asynchronous requests are not offered, take `asynchronous` out of `requestModes`.',
    ],
  },
  'MODE-02': {
    why: [
      'Clients that know nothing of the asynchronous mode find no `id` in a 202, and take it for a success or for an error.',
      'Integrations that have worked for years break.',
    ],
    tested: [
      'Creates, reads, searches, PUT, PATCH, DELETE and bulk requests are sent without mode header and without `Prefer`: none may be answered 202.',
      'A create with `X-SCIM-Request-Mode: synchronous` has to be answered 201.',
      'Where `idempotency` is advertised, a synchronous create with the `X-Request-ID` of an earlier asynchronous one has to be synchronous as well.',
      'A 202 that bears the marks of RFC 9967, such as `Set-Txn`, is judged by PREF-09.',
    ],
    fix: [
      'Decide by the mode header alone: not by the size of the request, the load of the server, or another field such as `X-Request-ID`.',
      'Treat a missing header and the value `synchronous` alike.',
      'Look for a default, of the framework or of the client’s record, that switches the mode on.',
    ],
  },
  'MODE-03': {
    why: [
      'Libraries and proxies change the letter case of field names, and HTTP/2 makes them all lower case.',
      'A provider that compares exactly is asynchronous for one client and silently synchronous for the next.',
    ],
    tested: [
      'Creates are sent with the name and the value of the mode header in random letter cases, such as `x-scim-REQUEST-mode: Asynchronous`.',
      'Each has to be answered 202.',
    ],
    fix: [
      'Ask the framework for the header without regard to case, and not a map by its exact spelling.',
      'Trim the value and make it lower case before you compare it; names of modes are not case-sensitive in this profile.',
    ],
  },
  'MODE-04': {
    why: [
      'A client that misspells the mode, or uses one that does not exist here, should be told.',
      'Where the value is ignored, its request is done in another way than it asked for.',
    ],
    tested: [
      'Creates are sent with the modes `eventually`, `x-batch` and `async`.',
      'Each should be answered 400 with `scimType` `invalidValue`.',
      'When a later request is completed, the user is searched for and should not be there.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Compare the whole value with `asynchronous` and `synchronous`, and refuse everything else before anything is written; a comparison by prefix takes `async` for `asynchronous`.',
      'Answer with `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "400", "scimType": "invalidValue", "detail": "…"}`.',
    ],
  },
  'MODE-05': {
    why: [
      'A client that asks in both ways, by the mode header and by `Prefer: respond-async`, learns from the answer which one was taken, and thereby how to wait for the result.',
    ],
    tested: [
      'Every 202 to an asynchronous create, bulk request, PUT, PATCH or DELETE should carry `X-SCIM-Request-Mode: asynchronous`, in any letter case.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Set `X-SCIM-Request-Mode: asynchronous` on the 202, in the one place that makes it.',
      'If it is set and does not arrive, look at the gateway: some remove response fields that they do not know.',
    ],
  },
  'MODE-06': {
    why: [
      'Many clients set the header once for all their requests.',
      'Where a GET then answers 202, or another representation, they cannot read anything any more.',
    ],
    tested: [
      'A user, a user that does not exist, ServiceProviderConfig, a completed status resource and a filtered list are each read three times: without the header, with `X-SCIM-Request-Mode: asynchronous`, and without it again.',
      'Status code and JSON body have to be the same with the header as without it.',
      'Where the two reads without it differ from each other, the body is not compared.',
    ],
    fix: [
      'Apply the mode to POST, PUT, PATCH and DELETE only.',
      'The usual cause is a filter that looks at the header before it looks at the method, or a cache key that holds the header.',
    ],
  },
  'MODE-07': {
    why: [
      'A client that locks thousands of accounts by PATCH gains nothing from a mode that exists for creates alone.',
      'It has to keep a second way to handle the answers of the other methods.',
    ],
    tested: [
      'A user is replaced, patched (where advertised) and deleted, each with `X-SCIM-Request-Mode: asynchronous`.',
      'Each should be answered 202; anything else is a warning.',
      'That a synchronous answer given instead is complete and true is a MUST, judged under CORE-03.',
    ],
    fix: [
      'Send single writes through the same queue as bulk requests: each is a request of one operation.',
      'If a method is to stay synchronous, do the write and answer 200 or 204 as usual: never a 202 without a status resource, and no 501.',
    ],
  },
};
