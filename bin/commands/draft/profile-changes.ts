/** What one profile demands otherwise than another, as clauses. */
import type { Profile } from '../../../suites/index.js';

/** How a profile calls what the profiles of this tool name. */
const namesOn = ({ wire = {} }: Profile): ReadonlyMap<string, string> =>
  new Map(Object.values(wire).flatMap((names: Readonly<Record<string, string>>) => Object.entries(names)));

/** The names that the profiles do not share. */
const renamed = (before: Profile, after: Profile): string[] => {
  const [was, is] = [namesOn(before), namesOn(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const [old, recent] = [was.get(name) ?? name, is.get(name) ?? name];
    return old === recent ? [] : [`${old} is called ${recent}`];
  });
};

/** In the order of the older profile; what is new comes last. */
export const profileChanges = (before: Profile, after: Profile): string[] => {
  const [was, is] = [before, after].map(
    ({ requirements }) => new Map(requirements.map((requirement) => [requirement.id, requirement])),
  );
  const levels = before.requirements.flatMap(({ id, level }) => {
    const now = is?.get(id);
    if (now === undefined) {
      const reason = after.overlay?.retired[id];
      return [`${id} is retired${reason === undefined ? '' : `: ${reason}`}`];
    }
    return now.level === level ? [] : [`${id}: ${level} → ${now.level}`];
  });
  const fresh = after.requirements.filter(({ id }) => was?.has(id) !== true);
  return [
    ...renamed(before, after),
    ...levels,
    ...fresh.map(({ id, level, title }) => `${id} (${level}) is new: ${title}`),
  ];
};
