/** What a run may leave on the target, in the words of its report. */
import type { Cleanup } from './cleanup.js';

/** What is not deleted yet, and stays if the time ends now or something fails. */
export const remainder = (cleanup: Cleanup): string[] => {
  const { own, candidates } = cleanup.remaining();
  return [
    ...own,
    ...cleanup.unfound().map(([name, endpoint]) => `${endpoint}: ${name} may exist`),
    ...candidates.map((url) => `${url} (said to be of this run; it was not looked at, and so not deleted)`),
  ];
};
