/** Several judges have to know whether an answer to a search shows a user. */
import { isAlike } from '../trace/alike.js';
import { isObject } from '../trace/message.js';

/** Whether a ListResponse holds a user of this name. */
export const findsUser = (list: unknown, userName: string | undefined): boolean =>
  isObject(list) &&
  Array.isArray(list.Resources) &&
  list.Resources.some(
    (user: unknown) => isObject(user) && typeof user.userName === 'string' && isAlike(userName, user.userName),
  );
