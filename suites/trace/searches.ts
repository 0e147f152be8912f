/** What a search by name found: the resources that bear the name, whatever else the answer says (CORE-06 judges that). */
import { isObject, responseObject } from './message.js';
import type { Answered } from './trace.js';

/** How many resources of the name that it is about an answer holds; undefined where it is no answer to a search. */
export const countFound = (search: Answered): number | undefined => {
  const resources = search.response.status === 200 ? responseObject(search)?.Resources : undefined;
  if (search.response.status !== 200 || search.response.truncated) return undefined;
  const name = search.subject?.toLowerCase();
  const list: unknown[] = Array.isArray(resources) ? resources : [];
  const total = responseObject(search)?.totalResults;
  const found = list.filter(
    (resource) =>
      isObject(resource) &&
      [resource.userName, resource.displayName].some(
        (value) => typeof value === 'string' && value.toLowerCase() === name,
      ),
  ).length;
  // A part of a list that was not filtered says nothing of what is not on it.
  const isPart = !search.request.url.includes('filter=') && typeof total === 'number' && total > list.length;
  return found === 0 && isPart ? undefined : found;
};
