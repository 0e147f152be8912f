/** Guides of ACC: the answer that accepts an asynchronous request. */
import type { Drafts } from '../guide.js';

export const accTexts: Drafts = {
  'ACC-01': {
    why: [
      '`Location` is the only way from the 202 to the result.',
      'Where it is missing, or leads to nothing for the first moments, a client takes its request for lost and sends it again.',
    ],
    tested: [
      'Every 202 of the request-mode binding is looked at, whatever the request was.',
      '`Location` has to be there and to be a URI reference; it is resolved against the URL of the request, and fetched at once with the same credential.',
      'That first GET has to answer 200; where it is throttled, it is made again.',
      'No answer within `--timeout` fails, too.',
      'A `Location` on another host is not followed, because the credential is for the target alone: it says nothing, and a run in which no request can be followed to its end is not testable.',
    ],
    fix: [
      'Store the status resource before you send the 202, and where every node reads it: a 404 that goes away after a moment comes from a cache, a replica or a queue that lags behind.',
      'Send an absolute URL, or a path with the whole base path in it: `/provision/7/status` leads to the root of the host.',
      'Behind a proxy, make it of the public host name and scheme.',
    ],
  },
  'ACC-02': {
    why: [
      'A client that reads the body of the 202 learns the `id` and the counts without a poll.',
      'Where the body is not a status resource, the client stops at a parse error although its request was accepted, and sends it again.',
    ],
    tested: [
      'The body of the 202 to a create, a bulk request, PUT, PATCH and DELETE, where there is one.',
      '`Content-Type` has to be `application/scim+json`.',
      'The body has to hold `schemas` with `urn:ietf:params:scim:schemas:extension:2.0:Provision:Status`, an `id` that is not empty, `operationsCount` with `total`, `success`, `failed` and `pending` as whole numbers of 0 or more, and `status` with the booleans `completed` and `success`.',
      'A member that is null counts as absent, and unknown members are ignored; an empty body is left to ACC-03.',
    ],
    fix: [
      'Render the 202 with the code that renders the GET of the status resource, so that both are the same.',
      'Look at the counts: they are JSON numbers and no strings, and 0 where nothing has happened yet.',
      'Set the content type yourself; the default of most frameworks is `application/json`.',
    ],
  },
  'ACC-03': {
    why: [
      'With the body a client has the `id` and the size of its request at once.',
      'Without it, every request costs one more poll, at the moment when the provider is busiest.',
    ],
    tested: [
      'The 202 to an asynchronous create, bulk request, PUT, PATCH and DELETE should have a body.',
      'What is in it is judged by ACC-02; it is a recommendation, so that the outcome is at most a warning.',
    ],
    fix: [
      'Send the status resource as the body of the 202, as a GET of its `Location` would show it at that moment.',
      'Helpers such as `Accepted()` or `sendStatus(202)` send none: use the one that takes a body.',
    ],
  },
  'ACC-04': {
    why: [
      'Where two requests share one status, a client takes the end of the one for the end of the other.',
      'It reports users as created that are not, or reads the results of somebody else.',
    ],
    tested: [
      'Two to six creates are submitted at the same moment.',
      'No two of the 202s may have the same `Location`, or the same `id` in their bodies.',
    ],
    fix: [
      'Make the `id` anew for each request, from a secure random source.',
      'Made of the time, the client, the endpoint or a hash of the body, it is the same for requests that come at the same moment.',
      'Look also for a status object that is kept in a shared field and filled anew by each request.',
    ],
  },
  'ACC-05': {
    why: [
      'By this id a client finds its own request again: in its logs, in a support case, after a lost connection.',
      'Where it comes back changed, the two do not match any more.',
    ],
    tested: [
      'Creates are submitted with a UUID, with random ids of every visible ASCII character, and with ids of 128 characters.',
      'The 202 has to bring `X-Request-ID` back unchanged, character by character; a 400 to such an id fails, too.',
      'Where the client sent none, the 202 should have one that the provider made; that is only a warning.',
    ],
    fix: [
      'Copy the value as it came: not in lower case, not cut to the length of a column (1 to 128 characters are legal), not parsed as a UUID and not URL-decoded.',
      'A gateway that overwrites `X-Request-ID` with an id of its own is a common cause; give its id another name.',
      'Where the client sent none, make one, such as a UUID.',
    ],
  },
  'ACC-06': {
    why: [
      'Without `Retry-After` each client guesses how often to poll.',
      'Some hammer the provider, and others learn of the result minutes late.',
    ],
    tested: [
      'The 202 to an asynchronous create, bulk request, PUT, PATCH and DELETE should carry `Retry-After`: a whole number of seconds, 0 included, or an HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT`.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Set `Retry-After` on the 202 to the seconds after which a poll is worth it, such as `Retry-After: 1`.',
      'Only whole seconds without a unit, or a date in that one form: `1s`, `0.5` and `2024-11-06T08:49:37Z` are neither.',
    ],
  },
  'ACC-07': {
    why: [
      'The client asked for an asynchronous answer so that it need not wait.',
      'Where the work is done before the 202 is sent, large requests run into the same timeouts as before.',
    ],
    tested: [
      'A bulk request of 50 creates (fewer, where `bulk.maxOperations` is less) is submitted while nothing else is in flight, and its status is read at once; then as many are sent in a synchronous bulk request.',
      'It passes if the first status that is seen, in the 202 or by the read, has something pending, or if the 202 came sooner than the synchronous answer.',
      'It needs bulk, and is at most a warning.',
    ],
    fix: [
      'Check the envelope of the request, store it, put it in the queue and answer; the work belongs to a worker.',
      'Usual causes: an `await` on the work, a queue that runs jobs inline in this configuration, or a 202 that is sent only when the transaction of the work is committed.',
    ],
  },
};
