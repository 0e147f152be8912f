/**
 * A provider may redirect a client (RFC 7644 §3.12: 307 and 308). The suite follows no redirect, and a judge would take one for
 * a wrong answer: so the exercise ends, and says where the target points.
 */
import type { Purpose } from '../../../schemas/types.js';
import { header } from '../../../schemas/names.js';
import { Blocked } from '../../errors/errors.js';
import { headerValue } from '../../trace/message.js';
import type { Stage } from './stage.js';

/** Requests whose answer may be anything, or that have to go on. */
const exempt: ReadonlySet<Purpose> = new Set(['fuzz', 'hostile-id', 'cleanup']);

/** Throws Blocked if the answer is a redirect. */
export const refuseRedirects: Stage = (context, next) => async (outgoing) => {
  const sent = await next(outgoing);
  const { answer } = sent;
  if (answer.type === 'failure' || ![307, 308].includes(answer.status) || exempt.has(outgoing.plan.purpose))
    return sent;
  const to = headerValue(answer.headers, header.location);
  const asked = `${outgoing.plan.method} ${outgoing.url}`;
  throw new Blocked(
    'redirects',
    context.vault.redact(
      `${asked} was redirected (${answer.status}) to ${to ?? 'nowhere'}, and the suite follows no redirect: give a base URL under which the target answers itself.`,
    ),
  );
};
