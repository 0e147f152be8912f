/** Scenarios that compare reads of a user or group change its names, or the members of a group: that is its state. */
import { responseObject, textOf } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { wordsOf } from './history/history.js';
import { memberIds } from './members.js';

/** What a read shows of the writes: whether the user or group is there, its names and its members. */
export const stateIn = (read: Answered): string => {
  if (read.response.status !== 200) return String(read.response.status);
  const shown = responseObject(read) ?? {};
  return [...wordsOf(shown), textOf(shown.displayName), ...memberIds(shown).sort()].join(' ');
};
