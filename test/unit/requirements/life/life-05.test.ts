import { life05 } from '../../../../suites/requirements/life/life-05.js';
import { failedEffects, failedEffectsSteps } from '../../../../suites/scenarios/lifecycle/failed-effects.js';
import { plainUser } from '../../../../suites/generators/user.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { inBulk, put, shows, story } from '../../judging/history/short-stories.js';
import { proveRequirement } from '../../prove-requirement.js';
import { createdStory, searched, userName } from './created-story.js';

const refused = { outcome: 'failure', status: '400' } as const;

/** A create that fails, a search that finds so many of its name, and a create of it that is answered so. */
const again = (found: number, answered: number): HandMadeTrace => {
  const trace = createdStory({ status: '400', searches: [found] }, failedEffects);
  trace.exchange('create', 'POST /Users', {
    subject: userName,
    variant: failedEffectsSteps.afterwards,
    status: answered,
    sent: plainUser(userName),
  });
  return trace;
};

/** The name of a create that fails is that of a user who is there. */
const taken = (): HandMadeTrace => {
  const trace = createdStory({ status: '409' }, failedEffects);
  trace.exchange('create', 'POST /Users', {
    at: 0,
    took: 5,
    status: 201,
    sent: plainUser(userName),
    body: { id: '1' },
  });
  searched(trace, 1);
  return trace;
};

proveRequirement(life05, {
  right: {
    'a read after the failure shows what was there before': () =>
      story([put('Worda', 10, 20, refused)], [shows('Wordj', 30)]),
    'a name that nobody has, and that can be taken': () => again(0, 201),
  },
  wrong: {
    'failed-write-applied': {
      'at once': () => story([put('Worda', 10, 20, refused)], [shows('Worda', 30)]),
      'later than it was reported as failed': () =>
        story([put('Worda', 10, 20, refused)], [shows('Wordj', 30), shows('Worda', 60)]),
      'beside a good one in a bulk request': () =>
        story(inBulk(put('Worda', 10, 20), put('Wordb', 10, 20, refused)), [shows('Wordb', 30)]),
    },
    'failed-create-exists': () => createdStory({ status: '400', searches: [1] }, failedEffects),
    'name-stays-taken': () => again(0, 409),
  },
  legal: {
    'a create of a name that is taken fails, and the name is found (RFC 7644 §3.3)': taken,
    'of a failure of the server nobody knows what it has done (RFC 9110 §15.6)': () =>
      story([put('Worda', 10, Infinity, { outcome: 'unknown', status: '500' })], [shows('Worda', 30)]),
  },
  silent: {
    'nothing fails': () => story([put('Worda', 10, 20)], [shows('Worda', 30)]),
  },
});
