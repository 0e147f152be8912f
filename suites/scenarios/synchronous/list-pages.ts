/** Reads a list in pages by index, with usual and unusual values of `startIndex` and `count`, and with invalid filters. */
import { defineScenario } from '../../definitions/scenario.js';
import type { Endpoint } from '../../leftovers/cleanup.js';
import type { Session } from '../../session/session.js';
import { step, stepFamily } from '../../trace/step.js';
import { createOwnList, lookAt, ownListSize, resourcesIn, type OwnList } from '../building-blocks/own-list.js';

export const listPagesSteps = {
  /** A page of two; each begins where the one before ended. */
  page: step('page'),
  /** The list without startIndex and count. */
  whole: step('without startIndex and count'),
  /** A startIndex without count. */
  rest: step('startIndex without count'),
  zero: step('count=0'),
  negative: step('negative count'),
  belowOne: step('startIndex below 1'),
  beyond: step('startIndex beyond the end'),
  /** A filter that no grammar allows, by what is wrong. */
  invalidFilter: stepFamily('invalid filter: '),
};

/** Resources on a page. */
const count = 2;

/** How many of a list that has resources of others, too, are read in pages. */
const bound = 4;

/** By what is wrong with them. A provider may have operators of its own, but hardly this one. */
const invalidFilters = (attribute: string): Readonly<Record<string, string>> => ({
  'an unknown operator': `${attribute} scimconformance "a"`,
  'no value': `${attribute} eq`,
  'nothing after «and»': `${attribute} eq "a" and`,
});

/** Returns whether the first page was as short as was asked for. */
const pageThrough = async (session: Session, list: OwnList): Promise<boolean> => {
  const { page } = listPagesSteps;
  // If pages by index are denied, a startIndex has no meaning.
  if (session.facts.capabilities.index === false)
    return resourcesIn(await lookAt(session, list, `count=${count}`, page)).length <= count;
  const end = list.filter === undefined ? bound : ownListSize;
  const lengths: number[] = [];
  let next = 1;
  while (next <= end) {
    const { length } = resourcesIn(await lookAt(session, list, `startIndex=${next}&count=${count}`, page));
    lengths.push(length);
    if (length === 0) break;
    next += length;
  }
  return (lengths[0] ?? 0) <= count;
};

const tryInvalidFilters = async (session: Session, { endpoint }: OwnList): Promise<void> => {
  if (!session.facts.capabilities.filter) return;
  const filters = invalidFilters(endpoint === 'Users' ? 'userName' : 'displayName');
  for (const [about, filter] of Object.entries(filters))
    await lookAt(session, { endpoint, filter }, `count=${count}`, listPagesSteps.invalidFilter.of(about));
};

const kinds: Record<'users' | 'groups', Endpoint> = { users: 'Users', groups: 'Groups' };

export const listPages = defineScenario<keyof typeof kinds>({
  name: 'list-pages',
  title: 'reads lists in pages by index, and with invalid filters',
  inputs: ({ capabilities }) => (capabilities.groups ? ['users', 'groups'] : ['users']),
  exercise: async (kind, session) => {
    const list = await createOwnList(session, kinds[kind]);
    const isFiltered = list.filter !== undefined;
    const hasIndex = session.facts.capabilities.index !== false;
    const { whole, rest, zero, negative, belowOne, beyond } = listPagesSteps;
    if (isFiltered) await lookAt(session, list, '', whole);
    const isPaged = await pageThrough(session, list);
    // The list of everybody may be long.
    if (isFiltered || isPaged) {
      await lookAt(session, list, 'count=0', zero);
      await lookAt(session, list, 'count=-1', negative);
      if (hasIndex) await lookAt(session, list, `startIndex=0&count=${count}`, belowOne);
    }
    if (isFiltered && hasIndex) {
      await lookAt(session, list, `startIndex=${ownListSize - 1}`, rest);
      await lookAt(session, list, `startIndex=${ownListSize + 1}&count=${count}`, beyond);
    }
    await tryInvalidFilters(session, list);
  },
});
