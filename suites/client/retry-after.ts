/** `Retry-After` (RFC 9110 §10.2.3): a whole number of seconds, or an HTTP date. */

// IMF-fixdate, the only form of HTTP-date that a sender may generate (RFC 9110 §5.6.7).
const httpDate =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds from `now` until the time in the field, 0 or more; undefined if the value has neither form. */
export const retryAfterMs = (value: string, now: Date): number | undefined => {
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (!httpDate.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now.getTime());
};
