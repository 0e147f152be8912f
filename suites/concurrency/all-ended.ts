/** Work that runs at the same time has to be over before an error of a part of it is handled. */

/** Resolves when all have ended. If some failed, throws the error of the first one in the list. */
export const allEnded = async (work: readonly Promise<unknown>[]): Promise<void> => {
  const ends = await Promise.allSettled(work);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};
