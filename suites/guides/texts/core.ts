/** Guides of CORE: the synchronous SCIM that all else stands on. */
import type { Drafts } from '../guide.js';

export const coreTexts: Drafts = {
  'CORE-01': {
    why: [
      'A client reads ServiceProviderConfig first, to learn whether it may patch, filter or send bulk requests.',
      'Where it is missing or lacks a member, the client has to guess, and finds out by requests that fail.',
    ],
    tested: [
      'The suite sends `GET /ServiceProviderConfig`.',
      'The answer has to be 200, and its body has to hold `schemas` with the URN of ServiceProviderConfig, an object with a boolean `supported` for each of `patch`, `bulk`, `filter`, `changePassword`, `sort` and `etag`, and the list `authenticationSchemes`, whose items have `type`, `name` and `description`.',
      'Where `bulk` is supported, `maxOperations` and `maxPayloadSize` have to be whole numbers; where `filter` is supported, `maxResults`.',
      'Other members are ignored.',
    ],
    fix: [
      'Most often a member was left out because the feature is not there: list it all the same, with `"supported": false`.',
      'Send numbers as numbers and booleans as booleans, not as strings.',
      'Send `authenticationSchemes` as a list, `[]` where there is nothing to say.',
      'Serve the resource under the SCIM base URL, beside `/Users`.',
    ],
  },
  'CORE-02': {
    why: [
      'A client keeps the `id` or the `Location` of what it creates.',
      'Without them it cannot change or delete the user later, and at its next synchronisation it creates the user again.',
    ],
    tested: [
      'Random users are created with `POST /Users`, without a mode header and without `Prefer`.',
      'The answer has to be 201 with a `Location` that is a URI reference, an `id` that is a string and not empty, and an object `meta`.',
      'The `Location` is resolved against the URL of the request and fetched: it has to show the resource with the same `id`.',
      'A 202 is left to MODE-02 and PREF-09 where the target serves an asynchronous binding.',
    ],
    fix: [
      'Look at `Location` first: many frameworks send it only where they are told the route of the new resource.',
      'Send an absolute URL; a relative one such as `/Users/42` leads to the root of the host and not to the SCIM base URL.',
      'Send the whole resource as the body, with `id` and with `meta` (`resourceType`, `created`, `lastModified`, `location`), and the status 201, not 200.',
    ],
  },
  'CORE-03': {
    why: [
      'Where a write is answered with success and does something else, the client believes that an account is changed, locked or gone, and does not try again.',
      'A person who has left keeps the access.',
    ],
    tested: [
      'One user is created, replaced, patched and deleted synchronously, with random values, and read after each step.',
      'PUT and PATCH have to answer 200 or 204, DELETE 204, and the read after it 404.',
      'A read has to show what was written to `userName`, `name`, `displayName`, `externalId` and `active`; a representation in the answer to PUT or PATCH is compared as well; and a PATCH may change nothing that it does not name.',
      'Let pass are: other letter case, white space or Unicode form; an attribute (other than `userName`) that the provider does not keep at all, though not one that it kept after the create and that PUT wrote again; a `displayName` that is made of the name; a refusal to patch `active`.',
      'A synchronous answer to an asynchronous PUT, PATCH or DELETE is judged by the same rules, 501 apart.',
    ],
    fix: [
      'Follow the attribute of the finding from the request to the store: mostly it is mapped for a create and forgotten for PUT or PATCH.',
      'Apply a PATCH to the stored resource and save the result, so that what it does not name stays.',
      'Read from where you write, or renew caches and indexes before you answer.',
      'Answer 404 to reads of a deleted resource, also where the record is only marked as deleted.',
    ],
  },
  'CORE-04': {
    why: [
      'SCIM libraries choose their parser by the content type.',
      'Given `application/json` or `text/html`, some of them refuse a good answer, and others do not find the error in a bad one.',
    ],
    tested: [
      'Every answer with a body in the whole run is looked at: `Content-Type` has to be `application/scim+json`; parameters such as `charset` are allowed, and so is `application/json` where the request asks for that alone (RFC 7644 §3.8).',
      'Answers without a body pass.',
      'Left to other requirements, or out of it altogether: 202, status resources, results and events of RFC 9967, throttled answers, and answers to hostile ids and fuzzed requests, which may come from below the application.',
    ],
    fix: [
      'The good answers are rarely wrong: look at the errors.',
      'The 404 of an unknown path, the 401 of an authentication filter and the 400 of a JSON parser are made by the framework, as `application/json` or HTML.',
      'Register one error handler for all of them, and set `Content-Type: application/scim+json` in one place for every answer with a body.',
    ],
  },
  'CORE-05': {
    why: [
      'The answer to a bulk request is all that a client learns of its operations.',
      'Where a result is missing, it does not know whether that user exists, and loses it or creates it twice.',
    ],
    tested: [
      'Synchronous bulk requests of one to five creates are sent, some of which lack `userName`, and one with `X-SCIM-Request-Mode: synchronous`.',
      'The answer has to be 200 with a valid BulkResponse: in each result `method` and, as a string, `status`; in a failed one `response` with a SCIM error.',
      'There has to be one result for each operation, and their `bulkId`s have to be those that were sent, in any order.',
      'A 202 is left to MODE-02; where `bulk.supported` is not true, it is skipped.',
    ],
    fix: [
      'Collect the results of failed operations, too: the usual cause is a loop that ends at the first exception, or a list that only successes are added to.',
      'Copy `method` and `bulkId` of each operation into its result, and write its status as a string, such as `"201"`.',
      'Answer the request itself with 200 even where every operation failed.',
    ],
  },
  'CORE-06': {
    why: [
      'Clients look for a `userName` before they create a user.',
      'A filter that finds too little makes them create duplicates; one that finds too much makes them change the account of somebody else.',
    ],
    tested: [
      'Users whose names begin alike are created, and `GET /Users?filter=userName eq "…"` asks for the first of them, for the same name in capitals, and for a name that nobody has.',
      'Each answer has to be 200 with a valid ListResponse that holds exactly the matching user, or nobody, and `totalResults` has to be 1 or 0.',
      'Users that were there before do no harm, because the names are new; where `filter.supported` is not true, it is skipped.',
    ],
    fix: [
      'Compare the whole value and without regard to letter case, because `userName` is not case-exact: a `LIKE` query or a full-text index finds prefixes and words.',
      'Set `totalResults` to the number of matches: not of all users, and not of the page.',
      'Answer a filter that matches nobody with 200 and `"totalResults": 0`, not with 404.',
      'Let a new user be findable before you answer 201, also where a search index is behind the filter.',
    ],
  },
};
