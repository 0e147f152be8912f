/** A clock in which no work ends before the gate is open, and no wait at all. */
export const gated = () => {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), clock: { now: () => Date.now(), sleep: () => gate } };
};
