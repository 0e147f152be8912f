/** Processes a list with `width` workers at a time, until the signal (if there is one) aborts. */
export const inParallel = async <T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> => {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && signal?.aborted !== true; item = queue.shift())
      await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
};
