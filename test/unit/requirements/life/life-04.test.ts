import { urn } from '../../../../schemas/names.js';
import { life04 } from '../../../../suites/requirements/life/life-04.js';
import { put, shows, story } from '../../judging/history/short-stories.js';
import { proveRequirement } from '../../prove-requirement.js';
import { createdStory } from './created-story.js';
import { deletedStory, membersStory } from './first-look-story.js';
import { twinNames, twinsStory } from './twins-story.js';

type Json = Record<string, unknown>;

const mobile = { type: 'mobile', value: 'tel:+49-171-7654321' };
const fax = { type: 'fax', value: 'tel:+49-30-7654321' };

/** Twins of which the synchronous one keeps what was written, and the asynchronous one shows something else. */
const loses = (sends: Json, asynchronous: Json) => twinsStory({ sends, shows: { synchronous: sends, asynchronous } });

/** Twins that keep a title, and another one, written in a bulk request, that shows this. */
const alsoInBulk = (shows: Json, result = '200') =>
  twinsStory({
    sends: { title: 'T' },
    shows: { synchronous: { title: 'T' }, asynchronous: { title: 'T' } },
    inBulk: { shows, result },
  });

proveRequirement(life04, {
  right: {
    'a read after the completion shows the effect': () => story([put('Worda', 10, 20)], [shows('Worda', 30)]),
    'a search after the completion finds what was created': () => createdStory({ status: '201', searches: [1] }),
    'a search after the completion of a DELETE finds nobody': () => deletedStory([0]),
    'a read after the completion shows the new member': () => membersStory('PUT', [['b']]),
    'twins are alike': () =>
      twinsStory({ sends: { title: 'T' }, shows: { synchronous: { title: 'T' }, asynchronous: { title: 'T' } } }),
    'a twin that was written in a bulk request is alike, too': () => alsoInBulk({ title: 'T' }),
    'a twin that was deleted is not found': () =>
      twinsStory({ method: 'DELETE', finds: { synchronous: 0, asynchronous: 0 } }),
  },
  wrong: {
    'effect-comes-late': {
      'a read after the completion misses it, and a later one does not': () =>
        story([put('Worda', 10, 20)], [shows('Wordj', 30), shows('Worda', 60)]),
      'it comes over a synchronous write that was made after the completion': () =>
        story([put('Worda', 10, 20), put('Wordb', 30, 35)], [shows('Wordb', 40), shows('Worda', 60)], ['Wordb']),
      'a member that a PUT writes is missing first': () => membersStory('PUT', [['a'], ['b']]),
      'a member that a PATCH adds is missing first': () => membersStory('PATCH', [['a'], ['a', 'b']]),
      'a member that a bulk request writes is missing first': () =>
        membersStory('PATCH', [['a'], ['a', 'b']], { isBulk: true }),
    },
    'found-after-delete': () => deletedStory([1, 1, 0]),
    'found-only-later': () => createdStory({ status: '201', searches: [0, 1] }),
    'attribute-differs': {
      'an attribute that both synchronous ones keep': () =>
        twinsStory({
          sends: { title: 'T' },
          shows: { synchronous: { title: 'T' }, asynchronous: { title: 'Owl' } },
          again: { title: 'T' },
        }),
      'an attribute that is kept of the synchronous twin alone': () => loses({ externalId: 'x' }, {}),
      'an attribute of an extension': () => loses({ [urn.enterpriseUser]: { department: 'x' } }, {}),
      'one value of a list': () => loses({ phoneNumbers: [mobile, fax] }, { phoneNumbers: [mobile] }),
      'a sub-attribute of a value of a list': () =>
        loses({ phoneNumbers: [{ ...mobile, primary: true }] }, { phoneNumbers: [mobile] }),
      'text that is not ASCII': () => loses({ title: 'Žoë 李' }, { title: 'Å½oÃ« æ\u009d\u008e' }),
      'the end of a long text': () => loses({ title: 'x'.repeat(255) }, { title: 'x'.repeat(200) }),
      'of a twin that was written in a bulk request': () => alsoInBulk({}),
      'a twin that is not there': () => twinsStory({ shows: { synchronous: {}, asynchronous: 404 } }),
      'a twin that is still there after a DELETE': () =>
        twinsStory({ method: 'DELETE', shows: { synchronous: 404, asynchronous: {} } }),
    },
    'search-differs': {
      'a twin that is not found': () => twinsStory({ finds: { synchronous: 1, asynchronous: 0 } }),
      'a twin that is found after a DELETE': () =>
        twinsStory({ method: 'DELETE', finds: { synchronous: 0, asynchronous: 1 } }),
    },
    'name-not-set-free': () => twinsStory({ method: 'DELETE', takenAgain: { synchronous: 201, asynchronous: 409 } }),
  },
  legal: {
    'a read before the completion was seen shows what was there before (profile D6)': () =>
      story([put('Worda', 10, 40)], [shows('Wordj', 30), shows('Worda', 60)]),
    'a user who is found for ever is no late effect (profile LIFE-06)': () => deletedStory([1, 1]),
    'a group that another request writes, too, may show either state': () =>
      membersStory('PUT', [['a'], ['b']], { alsoSynchronously: true }),
    'a group that never shows its members (RFC 7643 §7, `returned`)': () => membersStory('PUT', [[], []]),
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
    'a nickName that the provider makes up for each user (RFC 7644 §3.3)': () =>
      twinsStory({ shows: { synchronous: { nickName: 'red-fox' }, asynchronous: { nickName: 'blue-owl' } } }),
    'a title that the provider makes up for each user, whatever was written (RFC 7644 §3.5.1)': () =>
      twinsStory({
        sends: { title: 'T' },
        shows: { synchronous: { title: 'Fox' }, asynchronous: { title: 'Owl' } },
        again: { title: 'Elk' },
      }),
    'values of a list in another order, and a false primary that is left out (RFC 7643 §2.4)': () =>
      loses({ phoneNumbers: [{ ...mobile, primary: false }, fax] }, { phoneNumbers: [fax, mobile] }),
    'a DELETE that does nothing synchronously is another requirement (profile CORE-03)': () =>
      twinsStory({ method: 'DELETE', shows: { synchronous: {}, asynchronous: 404 } }),
    'an operation of a bulk request that failed (profile LIFE-06)': () => alsoInBulk({}, '501'),
    'an index that shows the deleted synchronous twin says nothing of the other': () =>
      twinsStory({ method: 'DELETE', finds: { synchronous: 1, asynchronous: 0 } }),
    'an index that shows the synchronous twin late says nothing of the other': () =>
      twinsStory({ finds: { synchronous: 0, asynchronous: 1 } }),
    'what is never found is lost, which is another requirement (profile LIFE-06)': () =>
      createdStory({ status: '201', searches: [0, 0] }),
  },
  silent: {
    'a write that failed (profile LIFE-06)': () =>
      twinsStory({ result: '400', sends: { title: 'T' }, shows: { synchronous: { title: 'T' }, asynchronous: {} } }),
    'a provider that answers long requests 202 unasked (RFC 9967 §4, `long`): there is no synchronous twin': () =>
      twinsStory({
        answered: 202,
        shows: { synchronous: { title: 'Tester' }, asynchronous: {} },
        finds: { synchronous: 0, asynchronous: 1 },
      }),
    'searches of a name that another user has got': () => deletedStory([1, 0], { another: true }),
    'no read after the completion': () => story([put('Worda', 10, 40)], [shows('Worda', 20)]),
  },
});
