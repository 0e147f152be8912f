/** Whether the members of a group after writes at the same time are those that some order of the writes leaves. */
import type { MemberSet } from '../member-sets.js';

export interface MemberEvent {
  /** It takes effect between these times. */
  readonly start: number;
  readonly end: number;
  /** Whether it is unknown if it took effect. */
  readonly optional: boolean;
  readonly after: (members: MemberSet) => MemberSet;
}

/** The most events for which all orders are tried. */
const most = 12;

const keyOf = (members: MemberSet): string => JSON.stringify([...members].sort());

/** True also if there are more events than can be tried. */
export const isReachable = (before: MemberSet, events: readonly MemberEvent[], wanted: MemberSet): boolean => {
  if (events.length > most) return true;
  const goal = keyOf(wanted);
  const seen = new Set<string>();
  /** `open`: the events that are left, as bits. */
  const search = (open: number, members: MemberSet): boolean => {
    const key = `${open} ${keyOf(members)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const left = events.flatMap((event, place) =>
      (open & (1 << place)) === 0 ? [] : [{ event, rest: open & ~(1 << place) }],
    );
    if (left.every(({ event }) => event.optional) && keyOf(members) === goal) return true;
    return left.some(({ event, rest }) => {
      if (event.optional && search(rest, members)) return true;
      // What ended before this one began has to come before it.
      const isNext = left.every(({ event: other }) => other.optional || other.end >= event.start);
      return isNext && search(rest, event.after(members));
    });
  };
  return search((1 << events.length) - 1, before);
};
