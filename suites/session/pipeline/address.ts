/** Sets the URL and the body of a request, and makes sure that a credential is only sent to the target. */
import type { RunContext } from '../run-context.js';
import { withTemplate } from './resource-templates.js';
import type { Stage } from './stage.js';

const textOf = (body: unknown): string | undefined =>
  body === undefined || typeof body === 'string' ? body : JSON.stringify(body);

export const address: Stage = (context, next) => (outgoing) => {
  const { plan } = outgoing;
  const url = plan.url.startsWith('/') ? `${context.facts.baseUrl}${plan.url}` : plan.url;
  const body = textOf(withTemplate(context.target.resources, { method: plan.method, path: url }, plan.body));
  return next({ ...outgoing, url, body });
};

const originOf = (url: string): string => /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase() ?? '';

/** Whether a URL belongs to the target or to the user's poll URL; a Location may point to any other server. */
const isAllowedOrigin = (url: string, { facts, events }: RunContext): boolean =>
  url.startsWith(`${facts.baseUrl}/`) ||
  [facts.baseUrl, events.pollUrl].some((home) => home !== undefined && originOf(home) === originOf(url));

/** Does not send a request to a foreign origin, and returns a failure instead. */
export const refuseForeignOrigins: Stage = (context, next) => async (outgoing) => {
  if (isAllowedOrigin(outgoing.url, context)) return next(outgoing);
  const { clock, startedAt, tally } = context;
  if (outgoing.plan.purpose !== 'cleanup') tally.exchanges += 1;
  const message = `${originOf(outgoing.url)} is not the target, so the suite sends it no credential; a provider behind a proxy has to build its URLs from its public URL`;
  const answer = { type: 'failure', code: 'foreign-origin', message } as const;
  return { outgoing, answer, at: clock.now() - startedAt, took: 0 };
};
