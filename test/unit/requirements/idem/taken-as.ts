/** An answer of 202 or 200 that leads to the status resource of this id. */
export const takenAs = (
  id: string,
  status: 202 | 200 = 202,
): { status: number; headers: Record<string, string>; body: unknown } => ({
  status,
  headers: { Location: `/provision/${id}/status` },
  body: { id },
});
