/** Guides of LIFE: from the 202 to the end, and what is left of it. */
import type { Drafts } from '../guide.js';

export const lifeTexts: Drafts = {
  'LIFE-01': {
    why: [
      'A request that was accepted and never ends is lost work: the user cannot sign in, and no error says so.',
      'The client cannot safely send it again either, because the first may still come.',
    ],
    tested: [
      'Every accepted request of the run is polled as its `Retry-After` asks, or its completion events are awaited, until it is done or the deadline has passed: 60 seconds, or what `--deadline` says.',
      'It fails where a request is still pending then, or where a status that was pending is answered 404.',
      'After two overdue requests the suite waits less for the next ones (a sixth of the deadline, at least 5 seconds).',
      'Left to others: requests of the burst (RATE-05), operations left pending by `failOnErrors` (BULK-03) or a cancel (CNCL-01), and events of which only some came (EVT-04).',
    ],
    fix: [
      'Look at how a job leaves the queue: it is acknowledged before it is done, or its worker dies with an exception that nobody turns into a result.',
      'Catch everything that an operation throws and store it as a failed result, such as `"status": "500"`.',
      'Store the job in the same transaction as its status, before the 202, and deliver it again when its worker is gone.',
      'If the provider is only slow, give `--deadline` more seconds.',
    ],
  },
  'LIFE-02': {
    why: [
      'A client acts on what it has seen: it goes on when `completed` is true, and reports a failure once.',
      'Where counts go back, it does things twice or on the ground of something that is not so.',
    ],
    tested: [
      'All status resources that are seen of one request are compared in their order: `success` and `failed` may not fall, `pending` may not rise, and `completed` may not turn from true to false.',
      'Answers are compared only where the first had ended before the second was asked for.',
      'The respond-async binding shows no counts and is not judged.',
    ],
    fix: [
      'Usual causes: polls that are answered by replicas or caches of different age, counters that each worker keeps for itself, and a retry that takes back the count of the failed attempt.',
      'Count an operation once, when its result is final, by one atomic write; and answer polls from the place where that is written.',
    ],
  },
  'LIFE-03': {
    why: [
      'Clients store the results when they see `completed`, and may read them again after a crash.',
      'Where they change afterwards, two readers of one request know different things.',
    ],
    tested: [
      'The first read that shows a request completed, with nothing pending, is compared with every later GET that is answered 200, some of them a little later or after a cancel that came too late.',
      'Compared are `id`, counts, booleans and `state`, and of each result `method`, `bulkId`, `status`, `location`, `version` and, of its `response`, `status`, `scimType` and `id`.',
      'Not compared are `meta`, texts and members that the profile does not know; a 404 or 410 afterwards is no finding, because a status need not be kept for ever.',
    ],
    fix: [
      'Store the results when the last operation ends, and never write them again.',
      'Usual causes: results that are rendered from the live resources at each read (so that `version` or `location` changes when the user does), a clean-up that drops details, and a cancel or a timeout that arrives late.',
    ],
  },
  'LIFE-04': {
    why: [
      'A client goes on as soon as it sees `completed`: it adds the user to a group, or lets the person sign in.',
      'Where the effect is not there yet, or not all of it, the next step fails or works on old values.',
    ],
    tested: [
      'Users are created, replaced, patched and deleted asynchronously, alone and many at a time; every write has values of its own, so that a read tells which write it shows.',
      'A read or search that begins after the completion was seen has to show the effect; where it does not, and later ones do, the effect is late.',
      'Besides, the same write is made to two alike users, of one synchronously and of the other asynchronously: reads and searches afterwards have to agree in `active`, `displayName`, `externalId`, `name`, `nickName`, `title`, `emails`, the number of members, and in whether a deleted name is free again; searches only where they show the synchronous write.',
      'An effect that never comes is LIFE-06; what a provider does not keep synchronously either is no finding.',
    ],
    fix: [
      'Count the operation as done only when reads can see it: after the commit, and after the replica, search index or cache that reads come from has it.',
      'Where the value differs from that of the synchronous write, the worker has code of its own: call the same service for both.',
      'Look at what the queue message drops or changes (`false`, null, `externalId`, several e-mails), and at a PUT that merges where it should replace.',
    ],
  },
  'LIFE-05': {
    why: [
      'When an operation has failed, the client corrects it and tries again, or leaves everything as it was.',
      'Where half of it was done all the same, the account has values that nobody wanted, or its name is taken for good.',
    ],
    tested: [
      'Asynchronous writes are made that cannot succeed: a `userName` that is taken, `emails` and `active` of the wrong type, a PUT of a user that does not exist, a PATCH whose last operation cannot be applied, a group whose member leads to nothing; and bad operations beside good ones in a bulk request.',
      'Where such a write is refused, at once or in its result, reads and searches afterwards may show nothing of it.',
      'The name of a failed create has to be free: a create of it may not be answered 409 while nobody has it.',
      'A write that succeeds all the same is not judged here.',
    ],
    fix: [
      'Check everything before the first write, and make all writes of one operation in one transaction that an error rolls back.',
      'Apply a PATCH to a copy, and store the copy only when all its operations have succeeded.',
      'Give back what was reserved for the operation, such as the `userName`, when it fails.',
    ],
  },
  'LIFE-06': {
    why: [
      'A create that is done twice leaves two accounts, one that is lost leaves none, and a lost update brings old rights back.',
      'The status says success in each case, so that nobody looks.',
    ],
    tested: [
      'Random writes, reads and polls of several clients run beside each other, as well as 48 creates at a time; every write has values of its own.',
      'The suite looks for any order of all writes, each applied once between its request and the sight of its completion, that explains every read; where there is none, something was lost, done twice or out of order.',
      'A create that is reported as done has to be found exactly once by its name.',
      'Two PATCHes of different attributes of one user at the same time, one of them asynchronous, both have to stand; and a valid write that works synchronously may not fail asynchronously.',
    ],
    fix: [
      'Twice: a job that is delivered again (a visibility timeout, a retry after a lost answer) has to be recognised; store its id in the transaction that makes the effect.',
      'Lost: acknowledge the job only after that transaction is committed, and report success only then.',
      'Undone by a neighbour: read, change and write in one transaction or with a version check, when the operation runs and not when it was accepted.',
      'Fails only asynchronously: the worker lacks something that the request had, often the body, the tenant or the client.',
    ],
  },
  'LIFE-07': {
    why: [
      'A client files the `location` that it is given under the person it has created.',
      'Where results of two requests are mixed up, it later changes or deletes somebody else’s account.',
    ],
    tested: [
      'Many creates, random interleavings and bulk requests of different sizes are in flight at a time.',
      'For each completed request, beside those that overlapped it: no result may bear a `bulkId` of another one, no `location` may lead to a user that another one created, and the counts may not be those of another one.',
      'No resource may show a value that was written to another one.',
      'Two requests with one status resource are left to ACC-04.',
    ],
    fix: [
      'Look for state that requests share: a field of a singleton, a variable that a callback captures, a buffer of a worker, a map whose key is the client, the `bulkId` or the place in the request.',
      'Keep results under the id of the request and the place of the operation.',
      'It may show only under load: repeat the run with the same seed.',
    ],
  },
  'LIFE-08': {
    why: [
      'A client that reads half of a write sees a person who never existed: the new first name with the old last name.',
      'One that is answered 404 in the middle of a PUT creates the user a second time.',
    ],
    tested: [
      'A user is written up to 16 times in one asynchronous bulk request (once, where bulk is not served) and read all the while; other reads fall into random interleavings.',
      'Each write puts one random word into `displayName`, `name.givenName` and `name.familyName`: a read may not show two different ones.',
      'A user that is replaced or patched may not be answered 404 in between and be there again afterwards.',
      'A warning at most; inconclusive where no read fell into the processing.',
    ],
    fix: [
      'Write the resource in one statement or one transaction, and read it in one as well.',
      'Usual causes: attributes that are saved one by one, a PUT that deletes the record and inserts it anew, an object in memory that is changed in place while others read it.',
    ],
  },
  'LIFE-09': {
    why: [
      'While a nightly import of thousands of users runs, somebody has to be locked at once.',
      'Where all other requests wait for it, or fail, the asynchronous mode has made things worse.',
    ],
    tested: [
      'A bulk request of 100 creates (fewer where the limits are lower; one create where bulk is not served) is submitted, and while its status says pending, a user is read, replaced and another one created synchronously.',
      'None of these may fail or get no answer.',
      'Where the large request was completed by then, one of them may not have taken 100 ms more than five times what the same took before: it was held up.',
      'Throttled answers are not judged, and a provider whose `asyncRequest` is `long` may let writes wait; inconclusive where the large request is done at the first look.',
    ],
    fix: [
      'Look for what the worker and the requests share: one lock, one thread, one transaction around the whole bulk request, or a connection pool that the worker drains.',
      'Commit after each operation or small batch, and give workers a pool of their own.',
    ],
  },
  'LIFE-10': {
    why: [
      'The client needs the `location` of what it has created, and the reason why the rest failed.',
      'Without them it has to search for every user, or to send everything again.',
    ],
    tested: [
      'Request-mode: a completed status resource has to hold `Operations`, not empty, each with a `status` that is a string.',
      'A result of 400 or more has to have a valid SCIM error as `response`, whose `status` is that of the result; a create that succeeded has to have a `location`.',
      'Respond-async: a create that succeeded has to have its `location` in the payload of the completion event, or its path in `sub_id.uri`; the errors there are EVT-05’s.',
    ],
    fix: [
      'Store, for each operation, `method`, `bulkId`, `status` as a string such as `"201"`, `location` and, where it failed, `response`; show them as `Operations` in the status resource, for single requests as well.',
      'Use the error that a synchronous request would have been answered as `response`: `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "409", …}`.',
    ],
  },
};
