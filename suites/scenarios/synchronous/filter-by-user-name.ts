/** Searches for one user among others whose names begin with the same letters, and for one that does not exist. */
import { plainUser } from '../../generators/user.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const filterByUserNameSteps = {
  /** The search for the existing name, in capitals. */
  inCapitals: step('in capitals'),
};

/** A name of the e-mail form that many people have: a form decoder reads its plus sign as a blank. */
const withPlus = (userName: string): string => userName.replace('@', '+scim@');

export const filterByUserName = defineScenario({
  name: 'filter-by-user-name',
  title: 'filters users by userName',
  needs: { capability: 'filter' },
  exercise: async (_input, session) => {
    const wanted = await createUser(session);
    await createUser(session);
    // Its name begins with the searched name: a filter that compares only the beginning finds both.
    const longer = `${wanted.userName}.au`;
    const tagged = withPlus(session.userName());
    for (const subject of [longer, tagged])
      await session.attempt({ method: 'POST', url: '/Users', purpose: 'create', subject, body: plainUser(subject) });
    await session.find(wanted.userName);
    await session.find(tagged);
    // userName is compared without regard to case (RFC 7643 §4.1.1).
    const filter = encodeURIComponent(`userName eq "${wanted.userName.toUpperCase()}"`);
    const about = { purpose: 'search', subject: wanted.userName, variant: filterByUserNameSteps.inCapitals } as const;
    await session.attempt({ method: 'GET', url: `/Users?filter=${filter}`, ...about });
    await session.find(session.userName());
  },
});
