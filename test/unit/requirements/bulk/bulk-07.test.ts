import { bulk07 } from '../../../../suites/requirements/bulk/bulk-07.js';
import { inBulk, put, shows, story } from '../../judging/history/short-stories.js';
import { proveRequirement } from '../../prove-requirement.js';

proveRequirement(bulk07, {
  right: {
    'the last operation stands': () => story(inBulk(put('Worda', 10, 20), put('Wordb', 10, 20)), [shows('Wordb', 30)]),
    'what is read meanwhile is in their order': () =>
      story(inBulk(put('Worda', 10, 40), put('Wordb', 10, 40)), [
        shows('Worda', 20),
        shows('Wordb', 30),
        shows('Wordb', 50),
      ]),
  },
  wrong: {
    'out-of-order': {
      'an operation before the last one stands': () =>
        story(inBulk(put('Worda', 10, 20), put('Wordb', 10, 20)), [shows('Worda', 30)]),
      'the second is seen before the first': () =>
        story(inBulk(put('Worda', 10, 40), put('Wordb', 10, 40)), [shows('Wordb', 20), shows('Worda', 30)]),
      'a DELETE at the end overtakes, so that what stands before it finds nothing': () =>
        story(
          inBulk(
            put('Worda', 10, 20, { outcome: 'failure', status: '404' }),
            put('', 10, 20, { method: 'DELETE', word: undefined, status: '204' }),
          ),
          [shows('gone', 30)],
        ),
    },
  },
  legal: {
    'an operation that failed does not stand (RFC 7644 §3.7.3)': () =>
      story(inBulk(put('Worda', 10, 20), put('Wordb', 10, 20, { outcome: 'failure', status: '400' })), [
        shows('Worda', 30),
      ]),
    'a write beside the bulk request comes anywhere between its operations (RFC 7644 §3.7)': () =>
      story(
        [...inBulk(put('Worda', 10, 20), put('Wordb', 10, 20)), put('Wordc', 10, 20)],
        [shows('Worda', 12), shows('Wordc', 15), shows('Wordb', 30)],
      ),
  },
  silent: {
    'one write each in two requests': () => story([put('Worda', 10, 20), put('Wordb', 10, 20)], [shows('Worda', 30)]),
  },
});
