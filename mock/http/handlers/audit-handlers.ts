/** Handler for reads of the audit trail (profile AUD-01). A client sees the entries of its own requests. */
import { header, urn } from '../../../schemas/names.js';
import { viewEntry } from '../../audit/trail.js';
import { scimAnswer, type Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';

/** Largest number of entries in an answer: the newest. */
const most = 1000;

/** `request`: id of a status resource; undefined: all. */
export const answerAudit = async (
  request: string | undefined,
  client: string,
  { ports }: HandlerContext,
): Promise<Answer> => {
  const entries = (await ports.audit.entries(client, request)).slice(-most);
  const body = {
    schemas: [urn.listResponse],
    totalResults: entries.length,
    startIndex: 1,
    itemsPerPage: entries.length,
    Resources: entries.map(viewEntry),
  };
  return scimAnswer(200, body, { [header.cacheControl]: 'no-store' });
};
