/**
 * Creates users that differ, and asks for them with filters. Each filter is joined by `and` with one that only these users
 * match, so that others on the target do not matter. Each part of a filter is also asked for by itself. An answer that does
 * not look right is asked for once more, because a search may lag behind the writes for a moment.
 */
import { defineScenario } from '../../definitions/scenario.js';
import { Blocked } from '../../errors/errors.js';
import { partsOf, printed, type Capitals, type Filter } from '../../filters/filter.js';
import {
  differenceOf,
  isRight,
  shownIn,
  wholeList,
  type CreatedUser,
  type Oracle,
  type ShownUser,
} from '../../filters/shown-users.js';
import { filterLists, type FilterDraft } from '../../generators/filter-lists.js';
import { filteredUsers, type UserBody } from '../../generators/filtered-users.js';
import { schemaDefinitions } from '../../provider/schema-definitions.js';
import { createdUrl } from '../../session/lookup.js';
import type { Session } from '../../session/session.js';
import { isObject, requestJson, responseObject } from '../../trace/message.js';
import { step, type Step } from '../../trace/step.js';
import { isAnswered, type Answered } from '../../trace/trace.js';
import { boundFilter } from '../building-blocks/bind-filter.js';

export const filterSteps = {
  schemas: step('schemas'),
  /** The filter that only the users of this exercise match. */
  onlyOurs: step('only ours'),
  /** The same and another filter. */
  amongOurs: step('among ours'),
  /** As before, with names or operators in capitals. */
  inCapitals: step('among ours, in capitals'),
  /** A filter without the one that only our users match: whether the provider supports it. */
  alone: step('alone'),
};

/** Milliseconds before a question is repeated. */
const secondLook = 500;

/** The most questions that are repeated. */
const mostSecondLooks = 10;

const createOne = async (session: Session, userName: string, bodies: readonly UserBody[]): Promise<CreatedUser> => {
  for (const body of bodies) {
    const answer = await session.send({
      method: 'POST',
      url: '/Users',
      purpose: 'create',
      subject: userName,
      body: body(userName),
    });
    const sent = requestJson(answer);
    if (createdUrl(answer) !== undefined && isObject(sent)) return { userName, sent };
  }
  throw new Blocked('not-created', 'The scenario needs users, but POST /Users was not answered 201.');
};

const listAt = async (session: Session, filter: string, variant: Step, more = ''): Promise<Answered | undefined> => {
  const url = `/Users?filter=${encodeURIComponent(filter)}${more}`;
  const exchange = await session.attempt({ method: 'GET', url, purpose: 'search', variant, isUnusual: true });
  return isAnswered(exchange) ? exchange : undefined;
};

interface Ours {
  /** The text of the filter that only these users match. */
  readonly filter: string;
  readonly users: readonly ShownUser[];
}

const findOurs = async (session: Session, prefix: string, created: readonly CreatedUser[]): Promise<Ours> => {
  const named = created.map(({ userName }) => `userName eq ${JSON.stringify(userName)}`).join(' or ');
  for (const filter of [`userName sw ${JSON.stringify(prefix)}`, `(${named})`]) {
    const answer = await listAt(session, filter, filterSteps.onlyOurs);
    const users = shownIn(answer, created);
    const found = answer === undefined ? undefined : wholeList(answer);
    if (users !== undefined && users.length === found?.length) return { filter, users };
    await session.pause(secondLook);
    const later = shownIn(await listAt(session, filter, filterSteps.onlyOurs), created);
    if (later !== undefined) return { filter, users: later };
  }
  throw new Blocked('not-created', 'No filter finds exactly the users that the scenario created.');
};

interface Question {
  readonly filter: Filter;
  /** With what only our users match. */
  readonly text: string;
  readonly variant: Step;
}

/** Each filter once, and before it the filters that it consists of. */
const questionsOf = (drafts: readonly FilterDraft[], { filter: ours, users }: Ours, now: Date): Question[] => {
  const resources = users.map(({ resource }) => resource);
  const questions = drafts.flatMap(({ filter: draft, capitals }): Question[] => {
    const filter = boundFilter(draft, resources, now);
    const ask = (each: Filter, spelling: Capitals): Question => ({
      filter: each,
      text: `${ours} and ${each.kind === 'or' ? `(${printed(each, spelling)})` : printed(each, spelling)}`,
      variant: spelling === 'none' ? filterSteps.amongOurs : filterSteps.inCapitals,
    });
    const usual = [...partsOf(filter), filter].map((each) => ask(each, 'none'));
    return capitals === 'none' ? usual : [...usual, ask(filter, capitals)];
  });
  return questions.filter(({ text }, place) => questions.findIndex((other) => other.text === text) === place);
};

const looksRight = (filter: Filter, answer: Answered | undefined, oracle: Oracle): boolean => {
  if (answer === undefined) return true;
  const found = wholeList(answer);
  return found === undefined ? answer.response.status < 500 : isRight(differenceOf(filter, found, oracle));
};

const askAll = async (session: Session, questions: readonly Question[], oracle: Oracle): Promise<void> => {
  const odd: Question[] = [];
  for (const question of questions) {
    const answer = await listAt(session, question.text, question.variant);
    if (!looksRight(question.filter, answer, oracle)) odd.push(question);
  }
  if (odd.length === 0) return;
  await session.pause(secondLook);
  for (const { text, variant } of odd.slice(0, mostSecondLooks)) await listAt(session, text, variant);
  // Others may match it, too: one of them is enough to see whether it is refused.
  for (const { filter } of odd.slice(0, mostSecondLooks))
    await listAt(session, printed(filter), filterSteps.alone, '&count=1');
};

export const filters = defineScenario({
  name: 'filters',
  title: 'asks for users with filters of every kind',
  needs: { capability: 'filter' },
  inputs: () => filterLists,
  exercise: async (drafts, session) => {
    const answer = await session.attempt({
      method: 'GET',
      url: '/Schemas',
      purpose: 'discover',
      variant: filterSteps.schemas,
    });
    const schemas = answer.response?.status === 200 ? schemaDefinitions(responseObject(answer)) : [];
    const [local = '', domain = ''] = session.userName().split('@');
    const created: CreatedUser[] = [];
    for (const [place, bodies] of filteredUsers.entries())
      created.push(await createOne(session, `${local}-${'abcdefgh'.charAt(place)}@${domain}`, bodies));
    const ours = await findOurs(session, `${local}-`, created);
    await askAll(session, questionsOf(drafts, ours, session.date), { users: ours.users, schemas });
  },
});
