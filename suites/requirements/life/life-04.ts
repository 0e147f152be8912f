/**
 * LIFE-04. A late effect is found in the history of a resource; a wrong effect is found by comparison with the same write
 * made synchronously.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Anomaly, creationsOf, storiesOf } from '../../judging/history/anomalies.js';
import { except, type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import { sameAsSynchronous } from '../../scenarios/lifecycle/same-as-synchronous.js';
import { created, effects } from '../../scenarios/scenario-sets.js';
import { judgeGoneFromSearches, judgeMembersInTime } from './late-looks.js';
import { judgeTwins } from './life-alike.js';
import { anomalies, creates, evidence, isAsynchronous, shown, written } from '../../judging/history/effects.js';

type Code = 'effect-comes-late' | 'found-only-later' | 'found-after-delete';

const lateEffect = (anomaly: Anomaly): Finding<Code> => {
  const { write, read } = anomaly;
  // The read shows either no effect of the write, or its effect in place of the effect of a later write.
  const isSeen = write?.word !== undefined && write.word === read.words[0];
  return {
    code: 'effect-comes-late',
    expected: `${written(write)}, ${isSeen ? 'before its completion was seen' : 'in a read after its completion was seen'}`,
    actual: isSeen ? 'it comes afterwards, and overwrites a later write' : `${shown(anomaly)}; it came later`,
    exchanges: evidence(anomaly),
  };
};

const judgeHistory: Judge<Code> = (trace) => {
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
              expected: `a search to find ${creation.name} as soon as its creation is completed`,
              actual: 'a search found it only later',
              exchanges: [write.asked, ...(write.done === undefined ? [] : [write.done]), first.exchange],
            }
          : undefined;
      },
    ),
    judgeMembersInTime(trace),
    judgeGoneFromSearches(trace),
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
      'A client continues as soon as it sees `completed`: it adds the user to a group, or lets the person sign in.',
      'If the effect is not there yet, or only a part of it, the next step fails or uses old values.',
    ],
    tested: [
      'Users are created, replaced, patched and deleted asynchronously, alone and many at a time, each with values of its own.',
      'A read or search that begins after the completion was seen has to show the effect; if only later ones do, it is late. For each method, also in random bulk requests, the look is the first request after the answer that shows the completion.',
      'In addition, the same write is made to two equal users or groups, to one synchronously and to the other asynchronously. Reads afterwards have to agree in everything that was written: all attributes of the core user and the enterprise extension that `/Schemas` names (all, if it cannot be read), lists of two and of many values, text of several scripts, with blanks, quotes and line breaks, and of up to 255 characters, PATCHes of many kinds, and few and many members of groups.',
      'Where bulk requests are served, creates, PUTs and PATCHes are also operations of asynchronous bulk requests, one of which is long, and compared in the same way.',
      'Searches have to agree, too (if they show the synchronous write): a renamed user has the new name, a deleted one is not found, and its name is free again if it is so after a synchronous DELETE.',
      'An effect that never comes is left to LIFE-06; an attribute that the provider does not keep after the synchronous write either is not a finding, nor one that was not written, nor one that differs between two resources that both got the write synchronously: the provider chooses such a value itself.',
    ],
    fix: [
      'Count the operation as done only when reads can see it: after the commit, and after the update of the replica, search index or cache that serves the reads.',
      'If the value differs from that of the synchronous write, the worker uses different code: call the same service for both, and for the operations of bulk requests.',
      'Check what the queue message loses or changes (`false`, null, `externalId`, extensions, several e-mails, `primary`, text that is not ASCII, long text), and whether a PUT merges instead of replacing.',
    ],
  },
  codes: {
    'effect-comes-late': 'a read after the completion does not show the effect, but a later one does',
    'found-only-later': 'a search after the completion does not find the created user, but a later one does',
    'found-after-delete': 'a search after the completion still finds the deleted user, but a later one does not',
    'attribute-differs': 'the value of an attribute differs from the value after the same write made synchronously',
    'search-differs':
      'the number of users that a search finds differs from the number after the same write made synchronously',
    'name-not-set-free': 'the name of a user that was deleted asynchronously cannot be used again',
  },
  from: [...effects, ...created, sameAsSynchronous],
  judge: except(sameAsSynchronous, judgeTwins, judgeHistory),
});
