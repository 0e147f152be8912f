/**
 * Deletes many resources in few requests, where the target takes bulk requests (RFC 7644 §3.7): cleaning up is to be no
 * burden. What an answer says is gone is only used where a list shows afterwards what is left all the same.
 */
import { urn } from '../../schemas/names.js';
import type { TargetFacts } from '../../schemas/types.js';
import { operationResults } from '../bindings/operation-result.js';
import { responseObject } from '../trace/message.js';
import { isCut } from '../trace/answers.js';
import { isGoneStatus } from './ownership.js';
import type { CleaningSession } from './cleaning-session.js';

/** So few that a slow provider answers in time. */
const fewEnough = 20;

/** How many resources may be deleted in one request; fewer than two where that is not to be tried. */
export const mostTogether = ({ capabilities, bulkRoom }: TargetFacts): number =>
  capabilities.bulk && capabilities.filter ? Math.min(fewEnough, bulkRoom ?? fewEnough) : 0;

/**
 * Returns the URLs of those that are said to be gone. What does not lie under the base URL, which is where a bulk path
 * begins, is left out.
 */
export const deleteTogether = async (session: CleaningSession, all: readonly string[]): Promise<readonly string[]> => {
  const { baseUrl } = session.facts;
  const urls = all.filter((url) => url.startsWith(`${baseUrl}/`) && !/[?#]/.test(url));
  if (urls.length < 2) return [];
  const body = {
    schemas: [urn.bulkRequest],
    Operations: urls.map((url) => ({ method: 'DELETE', path: url.slice(baseUrl.length) })),
  };
  const answer = await session.attempt({ method: 'POST', url: '/Bulk', purpose: 'cleanup', body });
  const results =
    answer.response?.status === 200 && !isCut(answer) ? operationResults(responseObject(answer) ?? {}) : [];
  // Which of them fewer results are about is not known.
  return results.length === urls.length ? urls.filter((_, place) => isGoneStatus(Number(results[place]?.status))) : [];
};
