/** What the answer to a search or a read of a client shows: it needs no read afterwards. */
import { isObject, responseObject, textOf, type JsonObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { membersOf } from './effects.js';
import { filledText, type Names } from './names.js';
import type { Expectation } from './shape.js';

export interface Seen {
  readonly outcome: 'works' | 'ignored' | 'wrong';
  readonly reason?: string;
}

const works: Seen = { outcome: 'works' };

const ignored = (reason: string): Seen => ({ outcome: 'ignored', reason });

const wrong = (reason: string): Seen => ({ outcome: 'wrong', reason });

const isNumberOrAbsent = (value: unknown): boolean => value === undefined || Number.isInteger(value);

/** The resources of a list; undefined if the answer is no list. */
const resourcesOf = (list: JsonObject | undefined): readonly JsonObject[] | undefined => {
  const resources = list?.Resources ?? (list?.totalResults === 0 ? [] : undefined);
  return Array.isArray(resources) && resources.every(isObject) ? resources : undefined;
};

const readFound = (answer: Answered, expects: Extract<Expectation, { kind: 'found' }>, names: Names): Seen => {
  const resources = resourcesOf(responseObject(answer));
  if (resources === undefined) return wrong('the answer is no ListResponse');
  const wanted = expects.ids.map((id) => filledText(id, names));
  const missing = wanted.filter((id) => !resources.some((resource) => resource.id === id));
  if (missing.length > 0) return wrong(`it does not find ${missing.join(', ')}, but ${resources.length} others`);
  const others = resources.length - wanted.length;
  if (others > 0) return ignored(`it also finds ${others} that ${others === 1 ? 'does' : 'do'} not match the filter`);
  if (expects.withoutMembers === true && resources.some((resource) => membersOf(resource).length > 0))
    return ignored('the members are there, although excludedAttributes names them');
  return works;
};

const readPage = (answer: Answered, { count }: Extract<Expectation, { kind: 'page' }>): Seen => {
  const list = responseObject(answer);
  const resources = resourcesOf(list);
  if (list === undefined || resources === undefined) return wrong('the answer is no ListResponse');
  const { totalResults, startIndex, itemsPerPage } = list;
  if (!Number.isInteger(totalResults)) return wrong(`totalResults is ${textOf(totalResults)}, not a number`);
  if (!isNumberOrAbsent(startIndex)) return wrong(`startIndex is ${JSON.stringify(startIndex)}, not a number`);
  if (!isNumberOrAbsent(itemsPerPage)) return wrong(`itemsPerPage is ${JSON.stringify(itemsPerPage)}, not a number`);
  return resources.length > count ? ignored(`the page holds ${resources.length} resources, not ${count}`) : works;
};

const readWithoutMembers = (answer: Answered, names: Names): Seen => {
  const resource = responseObject(answer);
  if (resource === undefined || resource.id !== names.group) return wrong('the answer does not show the group');
  return membersOf(resource).length > 0
    ? ignored('the members are there, although excludedAttributes names them')
    : works;
};

/** Undefined if the effect shows only in a read afterwards. */
export const readAnswer = (answer: Answered, expects: Expectation, names: Names): Seen | undefined => {
  switch (expects.kind) {
    case 'found':
      return readFound(answer, expects, names);
    case 'page':
      return readPage(answer, expects);
    case 'read-without-members':
      return readWithoutMembers(answer, names);
    default:
      return undefined;
  }
};
