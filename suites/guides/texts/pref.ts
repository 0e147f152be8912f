/** Guides of PREF: asynchronous requests as RFC 9967 has them. */
import type { Drafts } from '../guide.js';

export const prefTexts: Drafts = {
  'PREF-01': {
    why: [
      '`Prefer: respond-async` is a wish that every provider may ignore.',
      'A client can send it everywhere only if it never turns a good request into an error.',
    ],
    tested: [
      'Good POST, PUT, PATCH, DELETE and bulk requests are sent with the preference.',
      'Each has to be answered as without it, or 202: POST 200 or 201, PUT 200, PATCH 200 or 204, DELETE 204.',
      'Where the plain `respond-async` is answered 202, other spellings should be, too: in capitals, with other preferences before or behind it, on a second `Prefer` line, with a parameter, beside an unknown preference. That is only a warning.',
    ],
    fix: [
      'Where a method cannot be asynchronous, ignore the preference and do the write synchronously: no 501, no 400.',
      'Parse `Prefer` as a list over all its lines, split at commas outside of quotes, and compare the names without regard to case.',
      'A 500 to every such request mostly comes from the body or the session being gone when the worker runs.',
    ],
  },
  'PREF-02': {
    why: [
      'RFC 9967 tells clients that this 202 is empty.',
      'A client that finds a body may take it for the created resource, or for a status that it is not.',
    ],
    tested: ['The body of every 202 to a request with `Prefer: respond-async` is looked at: it has to be empty.'],
    fix: [
      'Send the 202 without a body, with `Content-Length: 0`, and without `{}` or `null`.',
      'If the provider serves the request-mode binding as well, keep the two answers apart: the status resource belongs to `X-SCIM-Request-Mode: asynchronous` alone.',
    ],
  },
  'PREF-03': {
    why: [
      '`Set-Txn` is the only thing that ties a completion event to the request.',
      'Without it, or with one for two requests, the client cannot tell what was done.',
    ],
    tested: [
      'Every 202 has to carry `Set-Txn` with a value that is not empty; of requests that are in flight together, up to 48, no two may have the same.',
    ],
    fix: [
      'Make a new transaction id for each request, such as a random UUID, send it as `Set-Txn`, and store it with the job, because the `txn` of the event has to be the same.',
      'An id of the session, of the HTTP connection or of a trace can be that of several requests.',
    ],
  },
  'PREF-04': {
    why: [
      'By `Preference-Applied` a client knows that its wish was heard, and that the result comes as RFC 9967 says.',
    ],
    tested: [
      'Every 202 to a request that carried `Prefer` has to have `Preference-Applied` with `respond-async` among its values, in any letter case.',
      'A 202 of a provider that decides by itself (`asyncRequest` is `long`) is not judged.',
    ],
    fix: [
      'Send `Preference-Applied: respond-async` with the 202.',
      'Name only what was applied: not the whole `Prefer` field, and `wait` only where it was honoured.',
    ],
  },
  'PREF-05': {
    why: [
      '`Location` is where a client without an event stream finds what came of its request.',
      'Where it leads nowhere, the result is lost to it.',
    ],
    tested: [
      'Every 202 has to carry a `Location` that is a URI reference, without quotes or spaces.',
      'Under `/Users`, `/Groups` or `/Bulk`, or equal to the URL of the request, it is the place of the resource: when the request is done, a GET has to answer 200 (not after a DELETE or a failure).',
      'Otherwise it is the place of the result: when the request is done, a GET has to answer 200 and bring the completion event, or its payload.',
      'What RFC 9967 leaves open is reported as ambiguous: the answer while there is no result (202, 204 or 404), its media type, the form of several events, the `Location` of a bulk request.',
    ],
    fix: [
      'Send one URL as it is: figure 13 of RFC 9967 shows it in quotes, but `Location` has none.',
      'Make the result readable there as soon as the event is issued, for as long as events are kept.',
      'A relative URL is resolved against the URL of the request: give the whole path, or an absolute URL.',
    ],
  },
  'PREF-06': {
    why: [
      'The 202 has no body, so that `Accept` has nothing to choose.',
      'A 406 refuses a request that was all right.',
    ],
    tested: [
      'Creates with `Prefer: respond-async` are sent with `Accept` of `application/json`, `text/html`, `image/png`, `application/secevent+jwt` and `*/*;q=0.1`.',
      'None may be answered 4xx; what a 5xx means is judged elsewhere.',
    ],
    fix: [
      'Take requests with the preference out of content negotiation: many frameworks check `Accept` before the handler is called and answer 406.',
    ],
  },
  'PREF-07': {
    why: [
      'With `wait` a client says how long it is ready to wait for the normal answer, which spares both sides the detour.',
      'Where it is ignored, every short request costs an event or a poll.',
    ],
    tested: [
      'A create and a PUT are sent alone with `Prefer: respond-async, wait=4`.',
      'Where the answer is 202, and the result is there less than 2 seconds after the request was sent, the normal answer should have been given: a warning.',
      'What takes longer is not judged.',
    ],
    fix: [
      'Start the work, wait for it up to N seconds, and answer normally if it is done by then; otherwise send the 202.',
      'Or, where that is not wanted, decide by a guess: a single write rarely takes seconds.',
    ],
  },
  'PREF-08': {
    why: [
      'The result names accounts and what was done to them.',
      'Where its URL is enough to read it, everybody who sees a log can.',
    ],
    tested: [
      'The result of a create is asked for by GET and HEAD, without a credential and with a bad one, right after the 202 and when it is completed.',
      'No answer may be below 300.',
      'Skipped where the 202 names no place of a result.',
    ],
    fix: [
      'Put the route of results behind the same authentication as all others, HEAD included, and give a result only to the client that asked.',
      'That the URL is hard to guess is no protection; answer 401 before you look whether there is a result.',
    ],
  },
  'PREF-09': {
    why: [
      'A client that did not ask for it does not know what a 202 means, and finds no `id` in it.',
      'It takes the user for created, or for failed.',
    ],
    tested: [
      'Creates, PUT, PATCH, DELETE and bulk requests are sent without `Prefer` and without mode header: none may be answered 202.',
      'Skipped where `securityEvents.asyncRequest` is `long`: the provider decides then.',
      'A 202 without the marks of RFC 9967 is left to MODE-02, where the target serves that binding as well.',
    ],
    fix: [
      'Send the 202 only where `Prefer` holds `respond-async`.',
      'If slow requests are to be answered 202 without being asked, say so: `"asyncRequest": "long"` in `securityEvents`.',
    ],
  },
};
