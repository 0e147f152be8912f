/** LIFE-08. Each write puts one word into all names of a user: a read that shows two words shows half of a write. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { isGoneForAMoment, storiesOf } from '../../judging/history/anomalies.js';
import { historyOf } from '../../judging/history/history.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import { closeLooks } from '../../scenarios/lifecycle/close-looks.js';
import { interleaving } from '../../scenarios/lifecycle/interleaving.js';
import { readWhileProcessing } from '../../scenarios/lifecycle/read-while-processing.js';
import { judgeMembersDuring } from './members-while-processing.js';

type Code = 'gone-while-processing' | 'half-of-a-write' | 'members-of-no-write';

export const life08 = defineRequirement({
  id: 'LIFE-08',
  since: '1.0',
  level: 'SHOULD',
  title: 'a read while processing sees the resource before or after the operation, never half of it',
  source: cite('P-D'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'A client that reads half of a write sees a person who never existed: the new first name with the old last name.',
      'A client that gets 404 in the middle of a PUT creates the user a second time.',
    ],
    tested: [
      'A user is written up to 16 times in one asynchronous bulk request (once if bulk is not served), and once on its own, and read continuously during that time; other reads happen during random interleavings.',
      'Each write puts one random word into `displayName`, `name.givenName` and `name.familyName`: a read must not show two different ones.',
      'A GET of a user that is replaced or patched must not answer 404 and then 200 again.',
      'A group is replaced up to 16 times in the same way: each read has to show the members that one of the writes gave it.',
      'The outcome is at most a warning; it is inconclusive if no read happened during the processing.',
    ],
    fix: [
      'Write the resource in one statement or one transaction, and read it in one as well.',
      'Usual causes: attributes that are saved one by one, a PUT that deletes the record and inserts it again, an object in memory that is changed in place while others read it.',
    ],
  },
  codes: {
    'gone-while-processing': 'a GET of a user that is replaced or patched is answered 404 for a moment',
    'members-of-no-write': 'a read of a group shows members that no write gave it',
    'half-of-a-write': 'a read shows values of two different writes',
  },
  from: [readWhileProcessing, closeLooks, interleaving],
  judge: (trace) => {
    const { writes, reads } = historyOf(trace);
    const during = reads.filter(
      ({ resource, start, end, words, present }) =>
        (words.length > 0 || !present) &&
        writes.some((write) => write.resource === resource && write.start <= end && write.end >= start),
    );
    const ofUsers = judgeEach(during, (read): Finding<Code> | undefined => {
      const { words, exchange, resource, start, end } = read;
      const isGone = isGoneForAMoment(storiesOf(trace), read);
      if (words.length <= 1 && !isGone) return undefined;
      const writing = writes.find(
        (write) =>
          write.resource === resource &&
          (isGone || words.includes(write.word ?? '')) &&
          write.start <= end &&
          write.end >= start,
      );
      if (isGone) {
        return {
          code: 'gone-while-processing',
          expected: 'a user that is replaced or patched to be readable all the time',
          actual: 'a GET is answered 404 for a moment',
          exchanges: [...(writing === undefined ? [] : [writing.asked]), exchange],
        };
      }
      return {
        code: 'half-of-a-write',
        expected: 'the user as it was before a write or as it is after it',
        actual: `its names come from different writes: ${words.join(', ')}`,
        exchanges: [...(writing === undefined ? [] : [writing.asked]), exchange],
      };
    });
    return together<Code>(ofUsers, judgeMembersDuring(trace));
  },
});
