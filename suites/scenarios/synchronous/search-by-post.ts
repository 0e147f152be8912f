/** Queries with `POST /.search`, and compares them with queries by GET; and reads `/Me`. */
import { urn } from '../../../schemas/names.js';
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { createUser } from '../building-blocks/create-user.js';

export const searchByPostSteps = {
  /** A filter that finds one user, by GET. */
  filterByGet: step('filter by GET'),
  /** The same filter in the body of a POST to `/Users/.search`. */
  filterByPost: step('filter by POST'),
  /** The same filter in the body of a POST to `/.search`. */
  filterAtRoot: step('filter by POST at the root'),
  /** A page of one, by GET. */
  pageByGet: step('page of one by GET'),
  /** A page of one, asked for in the body of a POST to `/Users/.search`. */
  pageByPost: step('page of one by POST'),
  me: step('/Me'),
};

const search = async (
  session: Session,
  url: string,
  query: Readonly<Record<string, unknown>>,
  variant: (typeof searchByPostSteps)[keyof typeof searchByPostSteps],
): Promise<void> => {
  const body = { schemas: [urn.searchRequest], ...query };
  await session.attempt({ method: 'POST', url, purpose: 'search', variant, body });
};

export const searchByPost = defineScenario({
  name: 'search-by-post',
  title: 'queries by POST, and reads /Me',
  exercise: async (_input, session) => {
    const { filterByGet, filterByPost, filterAtRoot, pageByGet, pageByPost, me } = searchByPostSteps;
    const look = (url: string, variant: typeof me): Promise<unknown> =>
      session.attempt({ method: 'GET', url, purpose: 'search', variant });
    const { userName } = await createUser(session);
    await createUser(session);
    if (session.facts.capabilities.filter) {
      const filter = `userName eq "${userName}"`;
      await look(`/Users?filter=${encodeURIComponent(filter)}`, filterByGet);
      await search(session, '/Users/.search', { filter }, filterByPost);
      await search(session, '/.search', { filter }, filterAtRoot);
    }
    await look('/Users?count=1', pageByGet);
    await search(session, '/Users/.search', { count: 1 }, pageByPost);
    // It is last, because the exercise ends if it is redirected.
    await look('/Me', me);
  },
});
