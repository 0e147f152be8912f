/** STAT-13. Where it carries an ETag, the tag changes when the state changes, and If-None-Match answers 304. */
import { isDeepStrictEqual } from 'node:util';
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable, together } from '../../judging/judge.js';
import { statusRepresentations } from '../../scenarios/request-mode/status-representations.js';
import { responseHeader } from '../../trace/message.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { profileMembers } from '../../judging/status-members.js';

export const stat13 = defineRequirement({
  id: 'STAT-13',
  since: '1.0',
  level: 'MUST',
  title: 'where it carries an `ETag`, the tag changes when the state changes, and `If-None-Match` answers 304',
  source: cite('RFC 7644 §3.14'),
  needs: { binding: 'request-mode' },
  guide: {
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
  from: [...settling, statusRepresentations],
  judge: (trace) => {
    const tagged = trace
      .sightings()
      .filter(({ seen }) => seen === 'read')
      .map((sighting) => ({ ...sighting, etag: responseHeader(sighting.exchange, header.etag) }));
    if (tagged.length > 0 && tagged.every(({ etag }) => etag === undefined)) {
      return notApplicable('The status resource carries no ETag.');
    }
    const pairs = tagged.flatMap((sighting, index) => {
      const previous = tagged.slice(0, index).findLast(({ submission }) => submission.n === sighting.submission.n);
      return previous?.etag === undefined || sighting.etag === undefined ? [] : [{ previous, sighting }];
    });
    return together(
      judgeEach(pairs, ({ previous, sighting }) =>
        previous.etag !== sighting.etag ||
        isDeepStrictEqual(profileMembers(previous.status), profileMembers(sighting.status))
          ? undefined
          : {
              expected: 'another ETag when the state has changed',
              actual: `the ETag is ${sighting.etag ?? ''} before and after`,
              exchanges: [previous.exchange, sighting.exchange],
            },
      ),
      judgeEach(trace.answered('status-conditional'), (exchange) =>
        exchange.response.status === 304
          ? undefined
          : {
              expected: '304 to If-None-Match with the current ETag',
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            },
      ),
    );
  },
});
