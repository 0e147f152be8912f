import { life04 } from '../../../../suites/requirements/life/life-04.js';
import { put, shows, story } from '../../judging/history/short-stories.js';
import { proveRequirement } from '../../prove-requirement.js';
import { createdStory } from './created-story.js';
import { twinNames, twinsStory } from './twins-story.js';

proveRequirement(life04, {
  right: {
    'a read after the completion shows the effect': () => story([put('Worda', 10, 20)], [shows('Worda', 30)]),
    'a search after the completion finds what was created': () => createdStory({ status: '201', searches: [1] }),
    'twins are alike': () =>
      twinsStory({ shows: { synchronous: { title: 'Tester' }, asynchronous: { title: 'Tester' } } }),
  },
  wrong: {
    'effect-comes-late': {
      'a read after the completion misses it, and a later one does not': () =>
        story([put('Worda', 10, 20)], [shows('Wordj', 30), shows('Worda', 60)]),
      'it comes over a synchronous write that was made after the completion': () =>
        story([put('Worda', 10, 20), put('Wordb', 30, 35)], [shows('Wordb', 40), shows('Worda', 60)], ['Wordb']),
    },
    'found-only-later': () => createdStory({ status: '201', searches: [0, 1] }),
    'attribute-differs': {
      'an attribute that is kept of the synchronous twin alone': () =>
        twinsStory({ shows: { synchronous: { externalId: 'x' }, asynchronous: {} } }),
      'a twin that is not there': () => twinsStory({ shows: { synchronous: {}, asynchronous: 404 } }),
      'a twin that is still there after a DELETE': () =>
        twinsStory({ method: 'DELETE', shows: { synchronous: 404, asynchronous: {} } }),
    },
    'search-differs': () => twinsStory({ finds: { synchronous: 1, asynchronous: 0 } }),
    'name-not-set-free': () => twinsStory({ method: 'DELETE', takenAgain: { synchronous: 201, asynchronous: 409 } }),
  },
  legal: {
    'a read before the completion was seen shows what was there before (profile D6)': () =>
      story([put('Worda', 10, 40)], [shows('Wordj', 30), shows('Worda', 60)]),
    'an attribute made of the name, which differs as the names do (RFC 7643 §7)': () =>
      twinsStory({
        shows: {
          synchronous: { displayName: `User ${twinNames.synchronous}` },
          asynchronous: { displayName: `User ${twinNames.asynchronous}` },
        },
      }),
    'the name, and what is made of it, in capitals (RFC 7643 §7)': () =>
      twinsStory({
        shows: {
          synchronous: { displayName: `USER ${twinNames.synchronous.toUpperCase()}` },
          asynchronous: { displayName: `USER ${twinNames.asynchronous.toUpperCase()}` },
        },
      }),
    'a DELETE that does nothing synchronously is another requirement (profile CORE-03)': () =>
      twinsStory({ method: 'DELETE', shows: { synchronous: {}, asynchronous: 404 } }),
    'an index that shows the synchronous twin late says nothing of the other': () =>
      twinsStory({ finds: { synchronous: 0, asynchronous: 1 } }),
    'what is never found is lost, which is another requirement (profile LIFE-06)': () =>
      createdStory({ status: '201', searches: [0, 0] }),
  },
  silent: {
    'a write that failed (profile LIFE-06)': () =>
      twinsStory({ result: '400', shows: { synchronous: { title: 'Tester' }, asynchronous: {} } }),
    'no read after the completion': () => story([put('Worda', 10, 40)], [shows('Worda', 20)]),
  },
});
