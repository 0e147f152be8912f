/** What a search by name found: the resources that bear the name, whatever else the answer says (CORE-06 judges that). */
import { isObject, responseObject } from './message.js';
import type { Answered } from './trace.js';

/** How many resources of the name that it is about an answer holds; undefined where it is no answer to a search. */
export const countFound = (search: Answered): number | undefined => {
  const resources = search.response.status === 200 ? responseObject(search)?.Resources : undefined;
  if (search.response.status !== 200) return undefined;
  const name = search.subject?.toLowerCase();
  return (Array.isArray(resources) ? resources : []).filter(
    (resource) =>
      isObject(resource) &&
      [resource.userName, resource.displayName].some(
        (value) => typeof value === 'string' && value.toLowerCase() === name,
      ),
  ).length;
};
