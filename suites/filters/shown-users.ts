/** Compares the answer to a filter with what RFC 7644 §3.4.2.2 says about the users that the provider shows. */
import type { SchemaDefinition } from '../provider/schema-definitions.js';
import { isAlike } from '../trace/alike.js';
import { isObject, responseObject, type JsonObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { LetterCase } from './attribute-paths.js';
import { evaluateFilter } from './evaluate-filter.js';
import type { Filter } from './filter.js';

/** A user that the suite created. */
export interface CreatedUser {
  readonly userName: string;
  readonly sent: JsonObject;
}

export interface ShownUser extends CreatedUser {
  readonly id: string;
  /** As a list showed it. */
  readonly resource: JsonObject;
}

export interface Oracle {
  readonly users: readonly ShownUser[];
  readonly schemas: readonly SchemaDefinition[];
}

/** The resources in a list that shows everything that it found; undefined for any other answer. */
export const wholeList = (answer: Answered): readonly JsonObject[] | undefined => {
  const list = answer.response.status === 200 ? responseObject(answer) : undefined;
  if (list === undefined || answer.response.truncated) return undefined;
  const { Resources = [], totalResults } = list;
  if (!Array.isArray(Resources) || typeof totalResults !== 'number') return undefined;
  const resources = (Resources as unknown[]).filter(isObject);
  return totalResults > resources.length || resources.length < Resources.length ? undefined : resources;
};

/** The users as a list shows them; undefined unless it shows all of them and nobody else. */
export const shownIn = (answer: Answered | undefined, created: readonly CreatedUser[]): ShownUser[] | undefined => {
  const list = (answer === undefined ? undefined : wholeList(answer)) ?? [];
  const users = created.flatMap(({ userName, sent }): ShownUser[] => {
    const resource = list.find((each) => isAlike(userName, each.userName));
    return typeof resource?.id === 'string' ? [{ userName, id: resource.id, resource, sent }] : [];
  });
  const ids = new Set(list.map(({ id }) => id));
  return users.length === created.length && ids.size === created.length ? users : undefined;
};

export interface Difference {
  /** userNames of those that should have been found. */
  readonly missing: readonly string[];
  /** userNames or ids of those that should not. */
  readonly surplus: readonly string[];
  /** userNames or ids of those that are in the list more than once. */
  readonly repeated: readonly string[];
  /** For how many users the answer is known. */
  readonly known: number;
}

const nameOf = ({ userName, id }: JsonObject): string => (typeof userName === 'string' ? userName : String(id));

/** `letterCase`: how values are compared, in place of what the schemas say. */
export const differenceOf = (
  filter: Filter,
  found: readonly JsonObject[],
  { users, schemas }: Oracle,
  letterCase?: LetterCase,
): Difference => {
  const ids = found.map(({ id }) => id);
  const judged = users.map((user) => ({
    ...user,
    truth: evaluateFilter(filter, { ...user, schemas, ...(letterCase === undefined ? {} : { letterCase }) }),
    isFound: ids.includes(user.id),
  }));
  const strangers = found.filter(({ id }) => !users.some((user) => user.id === id));
  return {
    missing: judged.filter(({ truth, isFound }) => truth === 'yes' && !isFound).map(({ userName }) => userName),
    surplus: [
      ...judged.filter(({ truth, isFound }) => truth === 'no' && isFound).map(({ userName }) => userName),
      ...strangers.map(nameOf),
    ],
    repeated: found.filter(({ id }, place) => ids.indexOf(id) !== place).map(nameOf),
    known: judged.filter(({ truth }) => truth !== 'open').length,
  };
};

export const isRight = ({ missing, surplus, repeated }: Difference): boolean =>
  missing.length + surplus.length + repeated.length === 0;
