/**
 * Deletes many resources in few requests if the target takes bulk requests (RFC 7644 §3.7), so that cleaning up costs
 * the target little. It needs a target that can be searched: a list shows afterwards whether something is left.
 */
import { urn } from '../../schemas/names.js';
import type { TargetFacts } from '../../schemas/types.js';
import { operationResults } from '../bindings/operation-result.js';
import { responseObject } from '../trace/message.js';
import { isCut } from '../trace/answers.js';
import { isGoneStatus } from './ownership.js';
import type { CleaningSession } from './cleaning-session.js';

/** Few enough that a slow provider can answer in time. */
const fewEnough = 20;

/** How many resources one request may delete; fewer than two means that bulk requests are not used. */
export const mostTogether = ({ capabilities, bulkRoom }: TargetFacts): number =>
  capabilities.bulk && capabilities.filter ? Math.min(fewEnough, bulkRoom ?? fewEnough) : 0;

/**
 * Returns the URLs that the target reports as deleted. URLs outside the base URL are left out, because the paths of
 * bulk operations are relative to it.
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
  // With fewer results than operations it is unknown which operation a result belongs to.
  if (results.length !== urls.length) return [];
  // Results may come in another order (RFC 7644 §3.7 demands none), but their locations say whose they are.
  const haveLocations = results.some(({ location }) => location !== undefined);
  const resultOf = (url: string, place: number) =>
    haveLocations
      ? results.find(({ location }) => location?.endsWith(url.slice(baseUrl.length)) === true)
      : results[place];
  return urls.filter((url, place) => isGoneStatus(Number(resultOf(url, place)?.status)));
};
