/** Suggests ids if the user names one that does not exist. */

/** The number of letters to insert, remove or change to turn one text into the other (Levenshtein distance). */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let place = 0; place < other.length; place += 1) {
      const changed = (row[place] ?? 0) + (other[place] === letter ? 0 : 1);
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
};

/** `stat3` → `STAT-03`, if it looks like an id. */
const normalised = (id: string): string => {
  const parts = /^([A-Z]+)\W*(\d+)$/.exec(id.toUpperCase());
  return parts === null ? id.toUpperCase() : `${parts[1] ?? ''}-${(parts[2] ?? '').padStart(2, '0')}`;
};

/** The largest number of wrong letters, and of suggested ids. */
const most = { letters: 2, ids: 3 };

/** The known ids that are nearest; none if no id is near. */
export const nearIds = (id: string, known: readonly string[]): string[] => {
  const wanted = normalised(id);
  const near = known
    .map((each) => ({ each, far: distance(wanted, each) }))
    .filter(({ far }) => far <= most.letters)
    .sort((a, b) => a.far - b.far);
  return near
    .filter(({ far }) => far === near[0]?.far)
    .slice(0, most.ids)
    .map(({ each }) => each);
};
