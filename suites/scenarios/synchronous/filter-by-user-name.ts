/** Searches for one user among others whose names begin with the same letters, and for one that does not exist. */
import { plainUser } from '../../generators/user.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const filterByUserNameSteps = {
  /** The search for the existing name, in capitals. */
  inCapitals: step('in capitals'),
};

export const filterByUserName = defineScenario({
  name: 'filter-by-user-name',
  title: 'filters users by userName',
  needs: { capability: 'filter' },
  exercise: async (_input, session) => {
    const wanted = await createUser(session);
    await createUser(session);
    // Its name begins with the searched name: a filter that compares only the beginning finds both.
    const longer = `${wanted.userName}.au`;
    const body = plainUser(longer);
    await session.attempt({ method: 'POST', url: '/Users', purpose: 'create', subject: longer, body });
    await session.find(wanted.userName);
    // userName is compared without regard to case (RFC 7643 §4.1.1).
    const filter = encodeURIComponent(`userName eq "${wanted.userName.toUpperCase()}"`);
    const about = { purpose: 'search', subject: wanted.userName, variant: filterByUserNameSteps.inCapitals } as const;
    await session.attempt({ method: 'GET', url: `/Users?filter=${filter}`, ...about });
    await session.find(session.userName());
  },
});
