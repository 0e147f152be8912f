/** An asynchronous create of one name, what came of it, and what searches for the name found. */
import { urn } from '../../../../schemas/names.js';
import type { Submission } from '../../../../schemas/types.js';
import { wordedUser } from '../../../../suites/generators/worded.js';
import { manyAtOnce } from '../../../../suites/scenarios/lifecycle/many-at-once.js';
import { baseUrl, HandMadeTrace } from '../../hand-made-trace.js';
import { statusResource } from '../../status-resource.js';

export const userName = 'somebody@example.com';

const resultOf = (status: string): Record<string, unknown> =>
  Number(status) < 300
    ? { method: 'POST', status, location: `${baseUrl}/Users/1` }
    : { method: 'POST', status, response: { schemas: [urn.error], status } };

/** A search for the name that finds so many users of it. */
export const searched = (trace: HandMadeTrace, count: number): void => {
  const Resources = Array.from({ length: count }, (_, index) => ({ id: String(index), userName }));
  const body = { schemas: [urn.listResponse], totalResults: count, Resources };
  trace.exchange('search', 'GET /Users?filter=userName', { subject: userName, status: 200, body });
};

/** `status`: what is reported of the create; undefined if nothing is. */
export const createdStory = (
  { status, searches = [] }: { readonly status?: string; readonly searches?: readonly number[] },
  scenario: { readonly name: string } = manyAtOnce,
): HandMadeTrace => {
  const trace = new HandMadeTrace(scenario, 'request-mode');
  const operations: Submission['operations'] = [{ method: 'POST', path: '/Users', expected: 'success', userName }];
  const submission = trace.submitted(
    'POST /Users',
    {
      status: 202,
      headers: { Location: '/scim/v2/provision/1/status' },
      sent: wordedUser(userName, 'Worda'),
    },
    { operations },
  );
  if (status !== undefined) {
    const counts = Number(status) < 300 ? { success: 1 } : { failed: 1 };
    trace.looked(submission, { status: 200, body: statusResource(counts, { Operations: [resultOf(status)] }) });
    trace.settled(submission, 'completed');
  }
  for (const count of searches) searched(trace, count);
  return trace;
};
