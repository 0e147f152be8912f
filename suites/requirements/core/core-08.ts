/**
 * CORE-08. Left to others: an id, a `meta` or a host that is missing or wrong in the answer to a create (CORE-02), status
 * resources (STAT-16) and the results of asynchronous requests (LIFE-11).
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { resourcesIn } from '../../judging/resources-in.js';
import { metaLocations } from '../../scenarios/synchronous/meta-locations.js';
import { modificationTimes } from '../../scenarios/synchronous/modification-times.js';
import { findShared, judgeFollowed, locationCodes, type LocationCode } from './metadata/followed-locations.js';
import { judgeModificationTimes, modificationCodes } from './metadata/modification-times.js';
import { findWrongMetadata, metadataCodes, type MetadataCode } from './metadata/resource-metadata.js';

export const core08 = defineRequirement({
  id: 'CORE-08',
  since: '1.1',
  level: 'MUST',
  title:
    'every resource, also in a list, has `schemas` and, where `meta` is there, a `resourceType`, a `location` that leads to it, xsd:dateTime dates, `created` ≤ `lastModified`, which moves with each change, and a `version` equal to its ETag',
  source: cite('RFC 7643 §3, §3.1, §2.3.5'),
  needs: {},
  guide: {
    why: [
      'Clients read `schemas` to know what a resource is, store `meta.location`, synchronise by `meta.lastModified`, and send `meta.version` in the next `If-Match`.',
      'If the `location` is wrong, a client changes another account or none; with a date in another form it stops with a parse error; with a wrong `version` its next write is refused.',
    ],
    tested: [
      'Every user and group in the run is looked at: in answers to reads and writes, in lists, and in results of bulk requests; not with `attributes` or `excludedAttributes`.',
      '`schemas` has to be a list that is not empty, holds no URI twice, and holds the URI of users at `/Users`, that of groups at `/Groups`, and that of the enterprise extension if its attributes are there.',
      '`meta` may be missing. If it is there, `resourceType` and `location` have to be there, too; a user must not say that it is a Group, or a group that it is a User.',
      '`created`, `lastModified` and `version` may be missing. Dates have to be xsd:dateTime with a `T`; the time zone may be missing, and if one has no fraction of a second, they are compared in whole seconds.',
      '`version` has to be the ETag of the same answer, weak or not; if only its quotes are missing, that is a warning. What a server adds for compression, such as `-gzip`, is ignored.',
      'Two resources must not have the same `meta.location`.',
      'Each `meta.location` of a new user and a new group, in answers to a create, read, search, PUT and PATCH, is fetched and has to show the same `id`; so have the locations in the results of a synchronous bulk request, whose `version` has to be that of the user or group.',
      'A user and a group are changed 1.5 seconds after the last change: `lastModified`, if present, has to be another one then, and must not go back by a second or more.',
      'A location may be relative to the request or to the base URL. One on another host is not fetched.',
    ],
    fix: [
      'Make `schemas` and `meta` in the one function that writes a resource as JSON, and use it for lists and for results, too.',
      'Build `meta.location` of the public base URL, the endpoint and the `id`: usual mistakes are a path without the tenant or the prefix of a gateway, and the URL of the collection.',
      'Write dates with the ISO 8601 function of your platform, such as `2026-01-31T10:00:00Z`, and set `created` and `lastModified` from one clock reading when a resource is created.',
      'Set `lastModified` in the code that stores a change, whichever request made it, also of members.',
      'Set the ETag field from `meta.version`, with its quotes: many frameworks send a hash of the body as ETag if you set none.',
    ],
  },
  codes: { ...metadataCodes, ...locationCodes, ...modificationCodes },
  from: 'every',
  first: metaLocations,
  judge: (trace) =>
    together<MetadataCode | LocationCode | keyof typeof modificationCodes>(
      judgeEach(
        trace
          .answered()
          .map((answer) => ({ answer, resources: resourcesIn(trace, answer) }))
          .filter(({ resources }) => resources.length > 0),
        ({ answer, resources }) => findWrongMetadata(answer, resources),
      ),
      { exercised: 0, findings: findShared(trace) },
      judgeFollowed(trace),
      trace.isOf(modificationTimes) ? judgeModificationTimes(trace) : together(),
    ),
});
