/** Counts the resources with the searched name in an answer; CORE-06 judges the rest of the answer. */
import { normal } from './alike.js';
import { isObject, responseObject } from './message.js';
import type { Answered } from './trace.js';

/** The number of resources with the searched name in an answer; undefined if the answer does not show it. */
export const countFound = (search: Answered): number | undefined => {
  const resources = search.response.status === 200 ? responseObject(search)?.Resources : undefined;
  if (search.response.status !== 200 || search.response.truncated) return undefined;
  const name = normal(search.subject ?? '');
  const list: unknown[] = Array.isArray(resources) ? resources : [];
  const total = responseObject(search)?.totalResults;
  const found = list.filter(
    (resource) =>
      isObject(resource) &&
      [resource.userName, resource.displayName].some((value) => typeof value === 'string' && normal(value) === name),
  ).length;
  // The resource may be on another page of an unfiltered list.
  const isPart = !search.request.url.includes('filter=') && typeof total === 'number' && total > list.length;
  return found === 0 && isPart ? undefined : found;
};

/** The number of resources in an answer, whatever their names; undefined if the answer does not show it. */
export const countListed = ({ response, ...search }: Answered): number | undefined => {
  const list = response.status === 200 && !response.truncated ? responseObject({ response, ...search }) : undefined;
  const { Resources = [] } = list ?? {};
  return list !== undefined && Array.isArray(Resources) ? Resources.length : undefined;
};
