/** Guides of ERR: how a provider refuses. */
import type { Drafts } from '../guide.js';

export const errTexts: Drafts = {
  'ERR-01': {
    why: [
      'Clients read `scimType` and `detail` to decide what to do, and to tell people.',
      'Where the body is HTML, empty, or has a number as `status`, all that they can say is that something went wrong.',
    ],
    tested: [
      'Every answer of 400 or more in the whole run has to have a SCIM error as its body: `schemas` with `urn:ietf:params:scim:api:messages:2.0:Error`, and `status` as a string equal to the HTTP status.',
      'Left out are HEAD, throttled answers (RATE-01), the 404 of an unknown status (STAT-09), answers to event polls, what a result URI of RFC 9967 says while there is no result, and answers to hostile ids and fuzzed requests.',
    ],
    fix: [
      'See which request it was: a 401 of an authentication filter, a 404 of the router, a 415 or 400 of the body parser and a 405 are made by the framework, not by your code.',
      'Register one handler for all errors, unknown paths included, that sends `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": "…"}`.',
      '`status` is a string: `"404"`, not `404`.',
    ],
  },
  'ERR-02': {
    why: [
      'Where a body that was cut off on the way is accepted, part of it is done, or nothing at all, and the client hears of it too late.',
      'A 500 makes it send the same again.',
    ],
    tested: [
      'Bodies that are no JSON are sent to `/Users`, both ways, and asynchronously to `/Bulk`: cut off, with a trailing comma, two values, text behind the value, a missing colon, single quotes, a bare word, a control character in a string.',
      'Each has to be answered 400 at once, never 202.',
      '`scimType` `invalidSyntax` is recommended: without it, there is a warning.',
    ],
    fix: [
      'Parse the whole body before you answer 202; a queue that stores it unread accepts anything.',
      'Set the parser to strict: some take trailing commas, single quotes, or whatever stands behind the first value.',
      'Map the parser’s exception to 400 with `"scimType": "invalidSyntax"`; 422 and 500 are wrong.',
    ],
  },
  'ERR-03': {
    why: [
      'A user without `userName` cannot sign in and cannot be found again.',
      'The client believes that the account is there.',
    ],
    tested: [
      'Users are created without `userName` and with `"userName": null`, and one is replaced without it, synchronously and asynchronously.',
      'Each has to end with 400: at once, or after a 202 in the result of the operation.',
      'An operation that the provider does not implement (501) is not judged.',
    ],
    fix: [
      'Check required attributes after you have dropped those that are null: in SCIM, null is no value.',
      'Do the same check for PUT, and in the worker the same as in the synchronous handler.',
      'Map its error to 400 in the result, as a string: `"status": "400"`; a constraint of the database that nobody catches ends as 500.',
    ],
  },
  'ERR-04': {
    why: [
      'A client with the wrong content type has a mistake in its configuration.',
      'Told 415, it finds it at once; told 400, or nothing, it looks for it in its data.',
    ],
    tested: [
      'A good user is sent as `text/plain`, `application/xml` and `application/x-www-form-urlencoded`, synchronously and asynchronously.',
      'Each should be answered 415.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Compare the media type with `application/scim+json` and `application/json` before the body is parsed and before a 202, and answer 415 with a SCIM error.',
      'Where the framework leaves the body empty for types that it does not know, the error that follows is a 400: answer before that.',
    ],
  },
  'ERR-05': {
    why: [
      'Clients decide by `scimType` whether to correct, to retry or to give up.',
      'A value of the provider’s own means nothing to them.',
    ],
    tested: [
      'Every SCIM error in the run is looked at: in answers, in results of operations and in completion events.',
      'Where `scimType` is present and not null, it has to be one of `invalidFilter`, `tooMany`, `uniqueness`, `mutability`, `invalidSyntax`, `invalidPath`, `noTarget`, `invalidValue`, `invalidVers` and `sensitive`, or of `expiredCursor`, `invalidCursor` and `invalidCount` of RFC 9865.',
      'Letter case counts.',
    ],
    fix: [
      'Leave `scimType` out where none of these fits: it is optional, and most errors, such as a 404, have none.',
      'Put names of your own, exception classes and codes into `detail`.',
    ],
  },
  'ERR-06': {
    why: [
      'By 409 a client learns that the person has an account already, and links to it.',
      'Where the second create succeeds there are two accounts of one name; where it fails otherwise, the client takes it for an outage.',
    ],
    tested: [
      'A `userName` that is taken is used again: by a create, by a create in capitals and by a PUT of another user, and asynchronously by a create; besides, four asynchronous creates of one new name are submitted at a time, of which one may succeed.',
      'Each has to end with 409: at once, or in the result of the operation.',
      '`scimType` `uniqueness` is recommended; a PUT may be refused as 400 `mutability` where `userName` cannot be changed.',
    ],
    fix: [
      'Put a unique index on the `userName` in lower case, and map its violation to 409 with `"scimType": "uniqueness"`.',
      'To look first and insert then is not enough: two workers look at the same moment.',
      'Map the error in the worker as well: there it often ends as 400 or 500.',
    ],
  },
  'ERR-07': {
    why: [
      'By 404 a client learns that the account is gone and forgets it.',
      'Where the answer is a success, it believes that it has changed or deleted something; where it is a 500, it tries for ever.',
    ],
    tested: [
      'A user is created and deleted; then it is read, replaced, patched (where advertised) and deleted again, synchronously and, reads apart, asynchronously.',
      'Each has to end with 404: at once, or in the result of the operation.',
      'An operation that the provider does not implement (501) is not judged.',
    ],
    fix: [
      'Check that the write has found a record: a DELETE or UPDATE of no rows is no success, and 204 to a DELETE of nothing is wrong in SCIM.',
      'A PUT does not create.',
      'Treat records that are only marked as deleted as absent, for writes as well as for reads.',
    ],
  },
  'ERR-08': {
    why: [
      'Stack traces, file paths and queries tell an attacker which versions run, where files are and how tables are called.',
      'A client can do nothing with them.',
    ],
    tested: [
      'Every answer of 400 or more, and every SCIM error in a result or completion event, is searched for stack traces (JavaScript, Java, Kotlin, Scala, Python, Go, .NET), file paths (`/usr/…`, `/home/…`, `C:\\…`, `node_modules/`) and SQL statements.',
      'What only repeats the request’s own URL or body is no finding.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Do not send the message of an exception: write a `detail` of your own for errors that you know, and a general one for all others.',
      'Log the rest under an id, and put that id into `detail`.',
      'Turn the framework’s debug or development error page off in production.',
    ],
  },
  'ERR-09': {
    why: [
      'A 500 says that the fault is the provider’s, so that clients send the same bad request again and again.',
      'An input that crashes a process is an outage that anybody can cause.',
    ],
    tested: [
      'Odd filters and page numbers, ids such as `__proto__`, bodies such as `null`, `[]`, deeply nested lists, lone surrogates and members of the wrong type, and random mixtures of all these are sent, both ways.',
      'No answer in the whole run may be 5xx; 501 is allowed, and 503 and the answers to the burst are RATE-09’s. A 503 without `Retry-After` to odd input fails all the same where the next request is answered normally.',
      'A connection that is dropped on such a request fails as well, and ServiceProviderConfig has to be answered normally afterwards.',
    ],
    fix: [
      'See which input it was: the curl line of the finding sends it again.',
      'Check the shape of the body before you use it (an object, lists where lists belong, strings where strings belong) and answer 400 with `invalidSyntax` or `invalidValue`.',
      'Parse filters and paths with a parser that returns errors, limit the depth of JSON, and refuse characters that the database does not take, such as U+0000.',
    ],
  },
  'ERR-10': {
    why: [
      'A client that was refused corrects its request and sends it again.',
      'Where the refused one is done in the background all the same, there are two users, or one with bad data.',
    ],
    tested: [
      'Asynchronous creates are sent that a provider may refuse at once: with a body that is cut off, as `text/plain`, and with `name` and `active` of the wrong type.',
      'Where the answer is 400 to 499, its body may not be a status resource, its `Location`, if there is one, may not be answered 200, and the user may not be found when a later request is completed.',
      'What is accepted instead is not judged here.',
    ],
    fix: [
      'Check before you enqueue, and make the status resource only after the check has passed.',
      'Where the request is enqueued first, take job and status back in one transaction when it is refused.',
      'Send an error body, and no `Location`, with a 4xx.',
    ],
  },
};
