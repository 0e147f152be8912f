/** Guides of STAT: the status resource. */
import type { Drafts } from '../guide.js';

export const statTexts: Drafts = {
  'STAT-01': {
    why: [
      'The status resource is all that a client sees of its request.',
      'Where a count is missing or a string, the client computes nonsense, fails to parse it, or polls for ever.',
    ],
    tested: [
      'Every GET of a status resource with the client’s own credential, while it is pending and afterwards, has to answer 200.',
      'The body has to hold `schemas` with `urn:ietf:params:scim:schemas:extension:2.0:Provision:Status`, an `id` that is not empty, `operationsCount` with `total`, `success`, `failed` and `pending` as whole numbers of 0 or more, and `status` with the booleans `completed` and `success`.',
      'A member that is null counts as absent, and unknown members are ignored; that the very first GET is not answered 200 is left to ACC-01.',
    ],
    fix: [
      'Send all four counts and both booleans from the first answer on: 0 and false, not null, and not left out.',
      'Convert what the database gives: a big integer or an enumeration is often serialised as a string.',
      'If the answer is not 200, see whether the status is kept long enough: it has to be readable after the request is completed.',
    ],
  },
  'STAT-02': {
    why: [
      'A client files what it has asked for under the `id`.',
      'Where the `id` changes, the next answer seems to be about another request, and the client loses its own.',
    ],
    tested: [
      'The `id` in the body of the 202 and in every later read of the same `Location` are compared: they have to be the same string.',
    ],
    fix: [
      'Usually the 202 shows the id of the job in the queue, and the read that of a database row, or of an attempt that changes with each retry.',
      'Make one id when the request is accepted, store it with the request, and show it everywhere.',
    ],
  },
  'STAT-03': {
    why: [
      'Clients compute progress from the counts, and stop waiting when nothing is pending.',
      'Where they do not add up, an operation is in none of them, and nobody knows what became of it.',
    ],
    tested: [
      'In every status resource that is seen, in a 202 or by a read, `total` has to be `success` + `failed` + `pending`.',
      'Requests of one operation and of many are watched while they are processed, also several at a time; each answer is judged by itself.',
    ],
    fix: [
      'Usually the counters are updated one after the other, and the read falls between; or an operation in work is counted nowhere.',
      'Read all four from one snapshot: one row, one transaction, one immutable object.',
      'Or keep only `total`, `success` and `failed`, and compute `pending` from them; what is in work or tried again is pending.',
    ],
  },
  'STAT-04': {
    why: [
      'By `total` a client sees that all it sent has arrived.',
      'Where it differs or grows, the client cannot tell whether operations were dropped or done twice.',
    ],
    tested: [
      'In every status resource that is seen, `total` has to be the number of operations in the request: 1 for a single POST, PUT, PATCH or DELETE, the length of `Operations` for a bulk request.',
      'Operations that fail, or that `failOnErrors` or a cancel stops, count as well.',
    ],
    fix: [
      'Set `total` when the request is accepted, from the number of its operations, and never touch it again.',
      'Usual causes: operations are counted as workers take them up, a retry counts as a new one, or those that do not validate are left out.',
    ],
  },
  'STAT-05': {
    why: [
      '`completed` is what a client waits for.',
      'Where it is true too early, the client reads results that are not there yet; where it stays false, it polls until its own deadline.',
    ],
    tested: [
      'In every status resource that is seen, `status.completed` has to be true exactly when `operationsCount.pending` is 0.',
      'Each answer is judged by itself, in all requests that are followed to their end.',
    ],
    fix: [
      'Derive it: `completed` is `pending === 0`, computed from the same snapshot as the counts.',
      'A flag of its own, which the queue sets when a job is taken or when the last operation begins, is early or late by a moment, and pollers see it.',
    ],
  },
  'STAT-06': {
    why: [
      'Many clients look at `success` alone.',
      'Where it is true beside a failure, the failed users are never reported; where it is false though all went well, somebody is alarmed for nothing.',
    ],
    tested: [
      'In every status resource that is seen, `status.success` has to be true exactly when `status.completed` is true and `operationsCount.failed` is 0.',
      'While the request is pending it is false.',
    ],
    fix: [
      'Derive it from the counts, in the same place as `completed`: `completed && failed === 0`.',
      'Usual causes: it means that the job ran without an exception, or that some operation succeeded, or it is set once and never again.',
    ],
  },
  'STAT-07': {
    why: [
      'Clients and tools send different `Accept` fields, and some send none.',
      'A provider that answers 406, or another type, cannot be polled by half of them.',
    ],
    tested: [
      'A completed status resource is read with `Accept: application/scim+json`, `application/json`, `*/*` and without the field; each has to answer 200.',
      '`Content-Type` has to be `application/scim+json`; for `application/json` alone, that type is right as well.',
      'The polls of ordinary asynchronous requests are looked at in the same way.',
    ],
    fix: [
      'Register `application/scim+json` as a type that the handler produces, or take the status resource out of content negotiation and always send that type.',
      'A framework that knows JSON only as `application/json` answers 406, or sends that type; a missing `Accept` means that anything is welcome.',
    ],
  },
  'STAT-08': {
    why: [
      'Clients follow `Location`; people and tools that have kept only the `id` build the URL from it.',
      'With one path for all providers they need no knowledge of each.',
    ],
    tested: [
      'When an asynchronous create is completed, the `id` of its status resource is put into `/provision/{id}/status` under the SCIM base URL.',
      'A GET of that should answer 200 and show the same `id`.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Add the route `/provision/{id}/status` under the base URL, for the same handler and with the same access rules as the place where `Location` leads.',
      'The paper also has `/provisions/{id}/status`: it may be served beside it.',
    ],
  },
  'STAT-09': {
    why: [
      'By a 404 a client knows that the status is gone or the id wrong, and stops.',
      'A 200, a 400 or a 500 keeps it polling, or makes it report an outage.',
    ],
    tested: [
      'The suite asks for the status of an id that was never issued: one of the same form as a real one, in the place of that in `Location`, and in `/provision/{id}/status` where that leads to status resources.',
      'Where `Location` does not show the id, and that path is not served, it is inconclusive.',
      'The answer has to be 404 with a valid SCIM error in the body.',
    ],
    fix: [
      'Look the id up, and answer 404 where there is none, whatever its form: a 400 mostly comes from a validator in the route that demands a UUID.',
      'Make the body yourself: `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": "…"}`; the router’s own 404 is HTML or empty.',
    ],
  },
  'STAT-10': {
    why: [
      'The status is the record of what was done.',
      'Where a client can write or delete it, failures can be hidden, and nobody can rely on it any more.',
    ],
    tested: [
      'POST, PUT and PATCH with a forged body, and DELETE where `cancel` is not advertised, are sent to a completed status resource.',
      'Each has to be answered 4xx, and a read afterwards has to show the same `id`, counts, booleans, `state` and `Operations` as before.',
      '405 with an `Allow` field is recommended: another 4xx, or a 405 without `Allow`, is a warning.',
    ],
    fix: [
      'Register GET and HEAD for the route and nothing else; a generic resource controller gives every path all methods.',
      'Answer 405 with `Allow: GET, HEAD` (and DELETE where requests can be cancelled), before the body or its content type is looked at.',
    ],
  },
  'STAT-11': {
    why: [
      'The provider knows best when the next look is worth it.',
      'Without `Retry-After` clients poll too often or too rarely, and a burst of polls may cost them their quota.',
    ],
    tested: [
      'Every read that shows `completed` false should carry `Retry-After`: a whole number of seconds, 0 included, or an HTTP date.',
      'It is a recommendation, at most a warning; where every request is done at the first look, it is inconclusive.',
    ],
    fix: [
      'Set `Retry-After` on each GET of a status that is not completed, and not on the 202 alone.',
      'Only whole seconds without a unit, or a date such as `Sun, 06 Nov 1994 08:49:37 GMT`.',
    ],
  },
  'STAT-12': {
    why: [
      'Status resources and errors end up in logs, tickets and dashboards.',
      'A password in one of them is known to everybody who reads those.',
    ],
    tested: [
      'Users with a random `password` are submitted: in creates that succeed, in creates that fail because the name is taken (both ways), and in a bulk operation that lacks `userName`.',
      'The value is searched for, as text, in every 202, every status resource and every answer of 400 or more.',
    ],
    fix: [
      'Do not put the request, or the value that was refused, into `response`, `detail` or a validation message.',
      'Store what is to be done and what came of it apart, and take `password` out before anything is stored as a result or logged.',
      'Look at the messages of the validator and of the database: they like to quote the whole record.',
    ],
  },
  'STAT-13': {
    why: [
      'A client that polls with `If-None-Match` and is told 304 believes that nothing has happened.',
      'Where the tag does not change with the state, it waits for ever.',
    ],
    tested: [
      'Only where the status resource carries an `ETag`; otherwise it is skipped.',
      'Two consecutive reads of one request with the same tag have to show the same `id`, counts, booleans, `state` and `Operations`.',
      'A GET of a completed status resource with its current tag in `If-None-Match` has to answer 304.',
    ],
    fix: [
      'Make the tag of what is sent, such as a hash of the body, or of a version that grows with every change of the counts.',
      'A tag made of `lastModified` in whole seconds, or of the `id`, misses changes.',
      'Compare `If-None-Match` as a list of tags, weak or not (`W/"1"`); or send no `ETag` at all.',
    ],
  },
  'STAT-14': {
    why: [
      'By `lastModified` a client sees whether a slow request still moves, and by `created` how long it has waited.',
      'Where times go back, it takes an old answer for the newest one.',
    ],
    tested: [
      'Every status resource that is seen should have `meta` with the strings `resourceType` and `location` and the date-times `created` and `lastModified`.',
      '`lastModified` should not be earlier than in an answer that was read before; answers that were in flight together are not compared.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Fill `meta` in the body of the 202, too, with `"resourceType": "ProvisionStatus"` and the URL that is in `Location`.',
      'Set `lastModified` where a count changes, from one clock and never to an earlier value: the clocks of several workers differ by milliseconds.',
    ],
  },
  'STAT-15': {
    why: [
      'People read `state`, and programs the booleans.',
      'Where they contradict each other, support sees another story than the client does.',
    ],
    tested: [
      'Where `state` is present, it has to be `initiated`, `queued`, `processing`, `retrying`, `completed` or `failed`.',
      '`completed` and `failed` have to go with `status.completed` true, `completed` with `status.success` true and `failed` with false.',
      'Between answers that followed one another, it may skip states forward, and go back only from `retrying` to `processing` or the other way round.',
      'Without `state` it is skipped.',
    ],
    fix: [
      'Derive `state` from the same snapshot as the counts; a request of which any operation has failed ends as `failed`.',
      'Translate the names of your queue (`running`, `done`, `error`) into the six of the profile.',
      'A job that is put back into the queue is `retrying`, not `queued` again; or leave `state` out.',
    ],
  },
};
