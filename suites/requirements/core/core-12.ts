/** CORE-12. A resource is read before and after each write, so that only writes with an effect are judged. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { notApplicable, together } from '../../judging/judge.js';
import { resourceVersions } from '../../scenarios/synchronous/resource-versions.js';
import { tagIn } from '../../trace/entity-tags.js';
import { conditionCodes, judgeConditions, type ConditionCode } from './versions/conditional-requests.js';
import { judgeTags, statesIn, tagCodes, type TagCode } from './versions/tags-changed.js';

export const core12 = defineRequirement({
  id: 'CORE-12',
  since: '1.1',
  level: 'MUST',
  title:
    'where ETags are sent: each effective write changes the tag, whichever way it was made; a stale `If-Match` answers 412 without effect; only the current tag answers 304',
  source: cite('RFC 7644 §3.14, RFC 9110 §13'),
  needs: {},
  guide: {
    why: [
      'A client that sends `If-Match` relies on it that nobody has changed the user since it read it.',
      'If some kind of write leaves the tag as it was, or an old tag is accepted, the change of somebody else is overwritten without a word; if an old tag is answered 304, the client keeps old data for ever.',
    ],
    tested: [
      'Judged only if reads of users and groups have an `ETag` or a `meta.version`; otherwise skipped.',
      'A user and a group are changed by PUT and PATCH, alone and in bulk requests, a group also by a new member, and both in asynchronous requests, if these are supported. More than a second lies between the writes. If a read shows another state than the one before, its tag has to be another one, too; weak or not makes no difference.',
      'If the answer to a PUT or PATCH has a tag, it must not be the one from before the write.',
      'A second write that follows at once should change the tag, too; if it is a strong one, it has to.',
      'A PUT, PATCH and DELETE with an old tag in `If-Match`, and a synchronous bulk operation with an old `version`, have to be refused, and a read afterwards must not show them; another status than 412 is a warning. This is judged if `etag.supported` is true, or if some write with an old tag is answered 412; if the target sends an ETag without either, that is ambiguous.',
      'A write with the current strong tag must not be answered 412; for a weak tag that is ambiguous. 428 to a write without `If-Match` is permitted.',
      'A GET with an old tag in `If-None-Match`, or with one that was never sent, must not be answered 304. With the current ETag, alone or in a list, it has to be, if `etag.supported` is true.',
    ],
    fix: [
      'Keep a version number with each resource, and increase it in the transaction of every write: PUT, PATCH, bulk operations and background work, and of changes of members, which often are in another table.',
      'A tag made from `lastModified` in whole seconds misses changes.',
      'Compare `If-Match` with the version in the transaction that writes, for every method, and read the `version` of bulk operations in the same way.',
      'Answer with the version after the write: an object that was loaded before it still has the old one.',
      'Compare `If-None-Match` as a list of whole tags. If you do not support this, send no ETag at all, and switch off the one that your framework makes.',
    ],
  },
  codes: { ...tagCodes, ...conditionCodes },
  from: [resourceVersions],
  judge: (trace) => {
    const states = statesIn(trace).filter(({ response }) => response.status === 200);
    return states.length > 0 && states.every((read) => tagIn(read) === undefined)
      ? notApplicable('Users and groups have neither an ETag nor a meta.version.')
      : together<TagCode | ConditionCode>(judgeTags(trace), judgeConditions(trace));
  },
});
