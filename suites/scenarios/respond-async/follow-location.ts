/** RFC 9967 lets the Location of a 202 be the URL of the result or of the resource: each needs another read. */
import { header } from '../../../schemas/names.js';
import { resolveLocation } from '../../bindings/locations.js';
import type { Session, Submitted } from '../../session/session.js';
import { responseHeader } from '../../trace/message.js';
import { step } from '../../trace/step.js';

export const followLocationSteps = {
  /** The result, read once more when the request is done. */
  result: step('at the end'),
  /** The resource itself. */
  resource: step('at the Location of the 202'),
};

/** Reads the Location of a 202: the result or, if it is the URL of the resource, the resource (RFC 9967 §2.5.1.1). */
export const followLocation = async (session: Session, { submission, exchange }: Submitted): Promise<void> => {
  if (submission.location !== undefined) {
    await session.readStatus(submission, { variant: followLocationSteps.result });
    return;
  }
  const location = responseHeader(exchange, header.location);
  const url = location === undefined ? undefined : resolveLocation(location, exchange.request.url);
  if (url !== undefined && submission.shape === 'single') {
    await session.attempt({ method: 'GET', url, purpose: 'read', variant: followLocationSteps.resource });
  }
};
