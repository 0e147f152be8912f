/** Guides of SEC: who is let in, and what answers keep to themselves. */
import type { Drafts } from '../guide.js';

export const secTexts: Drafts = {
  'SEC-01': {
    why: [
      'An endpoint that lets anybody in lets anybody create or read accounts.',
      'One that answers otherwise than 401 leaves a client in doubt whether its token has expired.',
    ],
    tested: [
      'Without a credential, the suite creates users synchronously and asynchronously, reads a status (GET, HEAD and, where there is one, the alias `/provisions/…`), lists, reads, replaces, patches and deletes users, creates groups, sends a bulk request and asks for a user that does not exist.',
      'Each has to be answered 401 with `WWW-Authenticate`; the alias may be 404.',
      'ServiceProviderConfig may be public and is not asked for.',
    ],
    fix: [
      'Put authentication before everything else: before the router, the body parser, the mode header and the 202. A 202 to nobody comes from a queue that checks the credential only in the worker.',
      'Protect by default, and list what is public; routes that were added later, such as `/Bulk` and the status, are often forgotten.',
      'Send a challenge with the 401, such as `WWW-Authenticate: Bearer`.',
    ],
  },
  'SEC-02': {
    why: [
      'A token that is compared carelessly can be found by trying, and one that was revoked still opens the door.',
      'By 401, and not 403, a client knows that it needs a new token.',
    ],
    tested: [
      'The requests of SEC-01 are made with a token that nobody has issued; with a bearer token, creates are also made with the good one in other letter cases, cut short, with one character more, and empty.',
      'Each has to be answered 401 (the alias of a status may be 404, and an empty token, which is malformed, 400: RFC 6750 §3.1).',
      'When a later request is completed, none of the users may be there.',
      'Skipped where the suite was given no credential.',
    ],
    fix: [
      'Compare the whole token, exactly and in constant time: look for comparisons by prefix or without regard to case, and for a database collation that ignores case.',
      'Answer 401 to a token that is not known, expired or malformed; 403 is for a known client that may not do this.',
      'Check it before the request is put in the queue.',
    ],
  },
  'SEC-03': {
    why: [
      'A status resource names accounts, errors and places.',
      'Where another client can read it, one customer sees the staff of another; where it can cancel, it stops their work.',
    ],
    tested: [
      'A request of the first client is looked at as the second client: while it is pending, when it is completed, by HEAD, by the alias `/provisions/…`, and with DELETE where `cancel` is advertised.',
      'Each has to be answered 403 or 404.',
      'It needs a second credential (`--second-token`), which has to belong to another client.',
    ],
    fix: [
      'Store the client with the request, and compare it in the one place that loads a request by its id, so that every route and method goes through it.',
      'Answer 404, so that an id tells nothing.',
      'If both tokens are of one client, or one of them is an administrator’s, give the suite another one.',
    ],
  },
  'SEC-04': {
    why: [
      'A client that names the request it means is protected against a mixed-up or guessed id.',
      'Where a wrong name is ignored, it reads the result of another request and does not notice.',
    ],
    tested: [
      'A completed status resource is read with `X-Original-Request-ID` set to the `X-Request-ID` of its 202: 200.',
      'Then with the last character changed, with the last character missing, and in capitals: each has to be answered 4xx.',
      'Reads without the field are not judged.',
    ],
    fix: [
      'Where the field is sent, compare it with the `X-Request-ID` that the 202 returned: the whole value, exactly.',
      'Answer 404 or 403 where it differs; where it is absent, let the read pass.',
      'If the right one is refused, the id was stored in another form than it was returned.',
    ],
  },
  'SEC-05': {
    why: [
      'Ids that count up tell how many requests there are, and let everybody try the next one.',
      'One forgotten access check then opens all of them.',
    ],
    tested: [
      '48 requests are submitted at a time, and at least 20 different ones are needed of the ids (the `id` of the status resource, else `Set-Txn`) or of the `Location`s; both are looked at.',
      'Read as decimal or hexadecimal numbers behind their common beginning they should not go up in small steps, and they should differ by about 64 bits or more, estimated from the characters at each place.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Use a random UUID (version 4), or 16 bytes of a secure random source, as the public id, and keep the number of the row to yourself.',
      'Ids made of the time, such as UUIDs of version 1, differ in few characters when they are made at one moment.',
    ],
  },
  'SEC-06': {
    why: [
      'An id is the part of a URL that anybody can choose.',
      'Where `../` or a line break gets through, it reaches files, other routes or the fields of the answer.',
    ],
    tested: [
      '`/Users/{id}` and `/provision/{id}/status` are asked for with encoded traversals (`..%2f`), separators, null bytes, line breaks, invalid UTF-8, quotes, template brackets, 2000 characters, `__proto__` and `constructor`.',
      'Each has to be answered 4xx, and no field may be made of the id.',
      'A 5xx is left to ERR-09; the form of the error is not judged, because it may come from below the application.',
    ],
    fix: [
      'Look ids up in the store, as a bound parameter, and answer 404 where there is none; do not use them in paths, file names, templates or field values.',
      'Decode the path once, after it was split at its slashes.',
      'Use maps without a prototype (`Map`, `Object.create(null)`) for lookups by id.',
    ],
  },
  'SEC-07': {
    why: [
      'Tokens and personal data that go over http can be read on the way.',
      'A client that follows an http `Location` sends its token in the clear, although it was given an https URL.',
    ],
    tested: [
      'The base URL, and every absolute URL in a `Location` or in `meta.location`, should be https.',
      'Loopback addresses are exempt, and relative ones do not count; where all are loopback, it is skipped.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Behind a proxy that ends TLS the application sees http and writes it into its links: take the scheme from `X-Forwarded-Proto` or `Forwarded`, or from a configured public URL.',
      'Serve the API by https alone, without a redirect from http: a redirect comes after the token was sent.',
    ],
  },
  'SEC-08': {
    why: [
      'Answers are logged, cached and shown in tickets.',
      'A token that is repeated in one of them is a token that others have.',
    ],
    tested: [
      'Every answer of the run is searched for the credential that is in use, the second one and the bad ones, in the values of all fields and in the body, also as they look URL-encoded or in a JSON string.',
      'Skipped where the suite was given no credential.',
    ],
    fix: [
      'Do not echo request fields: look for debug fields, for error texts such as «token … is not valid», and for handlers that return all that they were given.',
      'Leave `Authorization` out of everything that is stored with a request.',
    ],
  },
  'SEC-09': {
    why: [
      'A cached status is an old status: the client polls a proxy that says pending for ever.',
      'And the next user of that cache reads it, too.',
    ],
    tested: [
      'Every 202, and every status resource or result that is answered 200, should carry `Cache-Control` with `no-store`, alone or among others.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Set `Cache-Control: no-store` where the 202 and the status are made.',
      '`no-cache`, `private` and `max-age=0` still let it be stored; look also at a gateway that sets a default.',
    ],
  },
};
