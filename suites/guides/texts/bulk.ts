/** Guides of BULK: asynchronous bulk requests. */
import type { Drafts } from '../guide.js';

export const bulkTexts: Drafts = {
  'BULK-01': {
    why: [
      'In a thousand users there is always a bad one.',
      'Where it takes the good ones with it, or the counts say otherwise than the results, the client has to find out by hand who exists.',
    ],
    tested: [
      'Bulk requests mix creates, replaces, patches and deletes that can succeed with such as cannot: without `userName`, with a name that is taken, of users that do not exist.',
      'When they are completed, each good operation has to have a result of 2xx and each bad one a result of 400 or more; `operationsCount.success` and `failed` have to be the numbers of those results.',
      'Requests that mean nothing (no operations, `failOnErrors` 0, one `bulkId` twice) have to be refused, or to fail.',
      'A wrong number of results is left to BULK-06, a wrong `total` to STAT-04.',
    ],
    fix: [
      'Give each operation a transaction of its own: one around all of them rolls the good ones back with the bad one.',
      'Compute the counts from the stored results, and not beside them.',
      'Check the envelope before the 202: `Operations` not empty, `failOnErrors` 1 or more, each `bulkId` once.',
    ],
  },
  'BULK-02': {
    why: [
      'By `bulkId` a client puts a group and its new members into one request, and knows which result is whose.',
      'Where a reference leads to the wrong user, somebody gets the rights of somebody else.',
    ],
    tested: [
      'Bulk requests hold users, groups whose `members` are `bulkId:…` of other operations, and PATCH of `/Users/bulkId:…`, in any order, so that references point backwards and forwards; the bulkIds are `n`, `nn`, `nnn` and so on. Four requests with the same bulkIds run at a time.',
      'An operation that refers to one that succeeded has to succeed; the group has to have exactly the members that its references mean, and the patch has to have written the user that it means.',
      'Every result of a create has to carry its `bulkId`.',
      'Members that the provider does not return are not compared, and references to nothing are BULK-05’s.',
    ],
    fix: [
      'Copy `bulkId` from the operation into its result.',
      'Keep one table from bulkId to id for each request, not one for all; let an operation wait until those that it refers to are done, also where several run in parallel.',
      'Replace whole values in `data` and in `path`: a replacement in the text takes `bulkId:n` for the beginning of `bulkId:nn`.',
    ],
  },
  'BULK-03': {
    why: [
      'With `failOnErrors` a client stops a bulk request that goes wrong before it does more harm.',
      'Where it is ignored, the harm is done; where the rest stays pending, the client waits for ever.',
    ],
    tested: [
      'Requests of about 40 operations with `failOnErrors` 1 or 2 have so many bad ones at their beginning; one has a reference that leads to nothing, which is an error as well; one has fewer errors than the limit.',
      'Once the limit is reached, some valid operation has to be not run; operations that were in work already may finish. Below the limit all have to run. Errors of another request beside it do not count.',
      'What is not run has to count as failed and to have no effect, and the request has to complete.',
      '`"status": "424"` for what is not run is recommended: another one is a warning.',
    ],
    fix: [
      'Count the errors of the request where the next operation is taken up, and check the limit there; count failed references, too.',
      'When the limit is reached, write a result with `"status": "424"` for every operation that has not begun, and add those to `failed`, so that `pending` reaches 0.',
      'Stop at exactly n errors: look for `>` in the place of `>=`, and for a counter that requests share.',
    ],
  },
  'BULK-04': {
    why: [
      'A client splits its work by the limits that are advertised.',
      'Where a request that keeps them is refused, or one that breaks them is done in part, it does not know what exists.',
    ],
    tested: [
      'Asynchronous bulk requests of exactly `bulk.maxOperations` operations and of one more are sent, and bodies of exactly `bulk.maxPayloadSize` bytes and of one more, filled up with spaces and with letters of two bytes.',
      'What keeps the limit may not be answered 413; what is over it has to be.',
      'A user in the refused request may not exist when a later request is completed.',
      'Limits of more than 5000 operations or 8 MiB are not tried, nor a number of operations that does not fit into `maxPayloadSize`: inconclusive.',
    ],
    fix: [
      'Compare before anything is put in the queue and before the 202.',
      'Measure the body in bytes as it was received, not in characters and not after parsing.',
      'Check the limits of the proxy and of the framework’s body parser: they are often lower than what is advertised, or answer 413 in HTML. Advertise what is enforced.',
    ],
  },
  'BULK-05': {
    why: [
      'One broken reference in a large request is a mistake of one line.',
      'Where it fails the other operations, or is stored as the text `bulkId:…`, the client has damaged data and no error to find it by.',
    ],
    tested: [
      'Bulk requests hold operations that refer to a `bulkId` that no operation has, to a create that fails, and to one another in a circle, beside users that refer to nothing.',
      'What refers to nothing, or to a failed create, has to have a result of 4xx; a circle may be resolved, or its operations fail with 409.',
      'The users beside them have to succeed.',
    ],
    fix: [
      'Resolve references per operation, and turn one that cannot be resolved into the result of that operation: 400 or 409 with a SCIM error, not an exception that ends the request or a 500.',
      'When a create fails, mark its `bulkId` as failed, so that what waits for it fails as well instead of waiting.',
      'Never store a value that begins with `bulkId:`.',
    ],
  },
  'BULK-06': {
    why: [
      'Operations without a `bulkId` can be matched with their results only by their place.',
      'Where one is missing or the order is another, the client files results under the wrong user.',
    ],
    tested: [
      'In every completed bulk request of the request-mode binding, stopped and cancelled ones included, `Operations` has to have one result for each operation.',
      'At each place `bulkId` and `method` have to be those of the operation; for PUT, PATCH and DELETE `location` has to be the path that was asked for. Members that the result does not have are not compared.',
      'Operations that were not run need a result, too.',
    ],
    fix: [
      'Write each result into the place of its operation, in a list that was made when the request was accepted; adding results as workers finish gives them in the order of finishing.',
      'Fill the places of operations that were stopped with a result of `"status": "424"`.',
    ],
  },
  'BULK-07': {
    why: [
      'A client that changes a user twice in one request means the last change to stand.',
      'Where the order is lost, an old value wins, or an account that was deleted at the end is left.',
    ],
    tested: [
      'Bulk requests hold up to 24 PUTs and PATCHes of one user, each with a value of its own, or a PUT and then a DELETE.',
      'When the request is completed, the user has to show what the last successful operation wrote, or to be gone.',
      'Requests that write several users in random interleavings are judged in the same way; operations of different requests may come in any order.',
    ],
    fix: [
      'Run operations in parallel only where they are on different resources: let those with one `path`, or one `bulkId` reference, stand in one lane and keep their order.',
      'Look for a limit beyond which the lanes are split (a batch size, a partition), and for DELETEs that take a faster way.',
    ],
  },
};
