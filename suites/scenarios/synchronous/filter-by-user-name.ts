/**
 * Searches for one user among others whose names begin with the same letters, for one that does not exist, for one whose
 * e-mail address is another word than the userName, and for one who gets another userName.
 */
import { plainUser } from '../../generators/user.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { countListed } from '../../trace/searches.js';
import { step, type Step } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';

export const filterByUserNameSteps = {
  /** The search for the existing name, in capitals. */
  inCapitals: step('in capitals'),
  /** The read of a user whom a PUT gave another userName. */
  renamed: step('renamed'),
  /** A search for the userName that a user got, or had before. */
  afterRename: step('after a rename'),
};

/** Milliseconds before a search that may lag behind a PUT is repeated. */
const secondLook = 500;

/** A name of the e-mail form that many people have: a form decoder reads its plus sign as a blank. */
const withPlus = (userName: string): string => userName.replace('@', '+scim@');

const search = (session: Session, userName: string, variant: Step, subject = userName) => {
  const filter = encodeURIComponent(`userName eq "${userName}"`);
  return session.attempt({ method: 'GET', url: `/Users?filter=${filter}`, purpose: 'search', subject, variant });
};

/** The address is no userName: a provider that looks for users by their address finds the wrong ones. */
const besideAnAddress = async (session: Session): Promise<void> => {
  const [subject, address] = [session.userName(), session.userName()];
  const body = { ...plainUser(subject), emails: [{ value: address, type: 'work', primary: true }] };
  await session.attempt({ method: 'POST', url: '/Users', purpose: 'create', subject, body });
  await session.find(subject);
  await session.find(address);
};

/** Each name is searched for once more if it is not found as it should be: a search may lag behind. */
const afterRename = async (session: Session): Promise<void> => {
  const { userName: former, path: url } = await createUser(session);
  const name = session.userName();
  const { afterRename: variant, renamed } = filterByUserNameSteps;
  await session.attempt({ method: 'PUT', url, purpose: 'replace', subject: former, body: plainUser(name) });
  await session.attempt({ method: 'GET', url, purpose: 'read', subject: former, variant: renamed });
  for (const [userName, count] of [[name, 1] as const, [former, 0] as const]) {
    const answer = await search(session, userName, variant);
    if (!isAnswered(answer) || countListed(answer) === count) continue;
    await session.pause(secondLook);
    await search(session, userName, variant);
  }
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
    const tagged = withPlus(session.userName());
    for (const subject of [longer, tagged])
      await session.attempt({ method: 'POST', url: '/Users', purpose: 'create', subject, body: plainUser(subject) });
    await session.find(wanted.userName);
    await session.find(tagged);
    // userName is compared without regard to case (RFC 7643 §4.1.1).
    await search(session, wanted.userName.toUpperCase(), filterByUserNameSteps.inCapitals, wanted.userName);
    await session.find(session.userName());
    await besideAnAddress(session);
    await afterRename(session);
  },
});
