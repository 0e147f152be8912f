import { life08 } from '../../../../suites/requirements/life/life-08.js';
import {
  readWhileProcessing,
  readWhileProcessingSteps,
} from '../../../../suites/scenarios/lifecycle/read-while-processing.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { inBulk, put, shows, story } from '../../judging/history/short-stories.js';
import { proveRequirement } from '../../prove-requirement.js';

const deleted = { method: 'DELETE', word: undefined, status: '204' };

/** A group with the members a and b that is replaced by a and c in a bulk request, and reads meanwhile. */
const regrouped = (...reads: (readonly string[] | undefined)[]): HandMadeTrace => {
  const trace = new HandMadeTrace(readWhileProcessing, 'request-mode');
  const group = (...ids: string[]) => ({ displayName: 'g', members: ids.map((value) => ({ value })) });
  trace.exchange('create', 'POST /Groups', { status: 201, sent: group('a', 'b'), subject: 'g' });
  const Operations = [{ method: 'PUT', path: '/Groups/g', data: group('a', 'c') }];
  trace.exchange('submit', 'POST /Bulk', { status: 202, sent: { Operations }, subject: 'g' });
  for (const members of reads) {
    const body = members === undefined ? { displayName: 'g' } : group(...members);
    trace.exchange('read', 'GET /Groups/g', { status: 200, body, variant: readWhileProcessingSteps.during });
  }
  return trace;
};

proveRequirement(life08, {
  right: {
    'the user as it was before the write': () => story([put('Worda', 10, 40)], [shows('Wordj', 20)]),
    'the user as it is after it': () => story([put('Worda', 10, 40)], [shows('Worda', 20)]),
  },
  wrong: {
    'half-of-a-write': {
      'as it was written': () => story([put('Worda', 10, 40)], [shows(['Worda', 'Wordj'], 20)]),
      'in capitals': () => story([put('Worda', 10, 40)], [shows(['WORDA', 'WORDJ'], 20)]),
    },
    'members-of-no-write': {
      'none for a moment': () => regrouped(['a', 'b'], undefined, ['a', 'c']),
      'those of two writes': () => regrouped(['a', 'b', 'c']),
    },
    'gone-while-processing': () =>
      story(inBulk(put('Worda', 10, 40), put('Wordb', 10, 40)), [
        shows('Worda', 15),
        shows('gone', 20),
        shows('Wordb', 50),
      ]),
  },
  legal: {
    'members that are lost for good, which LIFE-04 judges': () => {
      const trace = regrouped(['a', 'b'], undefined);
      trace.exchange('read', 'GET /Groups/g', { status: 200, body: { displayName: 'g' } });
      return trace;
    },
    'members in another order (RFC 7643 §2.4)': () => regrouped(['b', 'a'], ['c', 'a']),
    'the same word in different letter cases (RFC 7643 §7)': () =>
      story([put('Worda', 10, 40)], [shows(['Worda', 'WORDA'], 20)]),
    'a user that is deleted is answered 404 meanwhile (RFC 7644 §3.6)': () =>
      story([put('', 10, 40, deleted)], [shows('gone', 20)]),
    'a user that is gone for good is lost, which is another requirement (profile LIFE-06)': () =>
      story([put('Worda', 10, 40)], [shows('gone', 20), shows('gone', 50)]),
  },
  silent: {
    'members that are not returned (RFC 7643 §7, returned)': () => regrouped(undefined, undefined),
    'no read falls into the processing': () => story([put('Worda', 10, 40)], [shows('Worda', 50)]),
  },
});
