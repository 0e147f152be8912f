/**
 * LIFE-04. An effect that comes late shows in the history of a resource; one that is another shows beside the same
 * write made synchronously.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Anomaly, creationsOf, storiesOf } from '../../judging/history/anomalies.js';
import { except, type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import { sameAsSynchronous } from '../../scenarios/lifecycle/same-as-synchronous.js';
import { created, effects } from '../../scenarios/scenario-sets.js';
import { alike } from './life-alike.js';
import { anomalies, creates, evidence, isAsynchronous, shown, written } from '../../judging/history/effects.js';

type Code = 'effect-comes-late' | 'found-only-later';

const lateEffect = (anomaly: Anomaly): Finding<Code> => {
  const { write, read } = anomaly;
  // Either its effect is missed, or it is seen where a later one should be.
  const isSeen = write?.word !== undefined && write.word === read.words[0];
  return {
    code: 'effect-comes-late',
    expected: `${written(write)}, ${isSeen ? 'before its completion was seen' : 'in a read after its completion was seen'}`,
    actual: isSeen ? 'it comes afterwards, over what was written since' : `${shown(anomaly)}; it came later`,
    exchanges: evidence(anomaly),
  };
};

const usual: Judge<Code> = (trace) => {
  const effects = storiesOf(trace).flatMap(({ writes, reads }) =>
    writes
      .filter((write) => isAsynchronous(write) && write.outcome === 'success')
      .filter((write) => reads.some(({ start }) => start >= write.end)),
  );
  return together(
    {
      exercised: effects.length,
      findings: anomalies(trace, ['late']).map(lateEffect),
    },
    judgeEach(
      creationsOf(trace).filter((creation) => creates(creation, 'success').some(isAsynchronous)),
      (creation): Finding<Code> | undefined => {
        const [write] = creates(creation, 'success');
        const after = creation.searches.filter(({ exchange }) => write !== undefined && exchange.at >= write.end);
        const [first] = after;
        if (write === undefined || first === undefined || first.count > 0) return undefined;
        return after.some(({ count }) => count > 0)
          ? {
              code: 'found-only-later',
              expected: `${creation.name} to be found once its creation is completed`,
              actual: 'it was found only later',
              exchanges: [write.asked, ...(write.done === undefined ? [] : [write.done]), first.exchange],
            }
          : undefined;
      },
    ),
  );
};

export const life04 = defineRequirement({
  id: 'LIFE-04',
  since: '1.0',
  level: 'MUST',
  title:
    'once completed is seen, the effect of every successful operation is readable: created, replaced, patched, deleted',
  source: cite('P-D, D6'),
  needs: { binding: 'any' },
  guide: {
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
  codes: {
    'effect-comes-late': 'a read after the completion does not show the effect, and a later one does',
    'found-only-later': 'a search after the completion does not find what was created, and a later one does',
    'attribute-differs': 'an attribute is another than after the same write made synchronously',
    'search-differs': 'a search finds another number than after the same write made synchronously',
    'name-not-set-free': 'the name of a user that was deleted asynchronously cannot be taken again',
  },
  from: [...effects, ...created, sameAsSynchronous],
  judge: except(sameAsSynchronous, alike, usual),
});
