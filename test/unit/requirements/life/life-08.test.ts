import { life08 } from '../../../../suites/requirements/life/life-08.js';
import { inBulk, put, shows, story } from '../../judging/history/short-stories.js';
import { proveRequirement } from '../../prove-requirement.js';

const deleted = { method: 'DELETE', word: undefined, status: '204' };

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
    'gone-while-processing': () =>
      story(inBulk(put('Worda', 10, 40), put('Wordb', 10, 40)), [
        shows('Worda', 15),
        shows('gone', 20),
        shows('Wordb', 50),
      ]),
  },
  legal: {
    'the same word in different letter cases (RFC 7643 §7)': () =>
      story([put('Worda', 10, 40)], [shows(['Worda', 'WORDA'], 20)]),
    'a user that is deleted is answered 404 meanwhile (RFC 7644 §3.6)': () =>
      story([put('', 10, 40, deleted)], [shows('gone', 20)]),
    'a user that is gone for good is lost, which is another requirement (profile LIFE-06)': () =>
      story([put('Worda', 10, 40)], [shows('gone', 20), shows('gone', 50)]),
  },
  silent: {
    'no read falls into the processing': () => story([put('Worda', 10, 40)], [shows('Worda', 50)]),
  },
});
