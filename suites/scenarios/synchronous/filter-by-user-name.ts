/** Looks for one user among others whose names begin alike, and for one that is not there. */
import { createUser } from '../create-user.js';
import { defineScenario } from '../scenario.js';

export const filterByUserName = defineScenario({
  name: 'filter-by-user-name',
  title: 'filters users by userName',
  needs: { capability: 'filter' },
  exercise: async (_input, session) => {
    const wanted = await createUser(session);
    await createUser(session);
    await session.find(wanted.userName);
    await session.find(session.userName());
  },
});
