import t from 'tap';
import { mediaType, urn } from '../../../schemas/names.js';
import { withExtension, without } from '../../../mock/faults/answers.js';
import type { MockProviderOptions } from '../../../simulation/index.js';
import { legalRun, outcomeOf, redIn } from '../../harness/legal-run.js';

t.setTimeout(600_000);

/** It does not say how long a status can be read. */
const withoutPromise = withExtension((extension) => without(extension, 'statusRetentionSeconds'));

/** Forgets the status of a completed request when it was read once (profile §7, clarification 7). */
const readOnce = (status: 404 | 410) => (): MockProviderOptions => {
  const read = new Set<string>();
  const gone = {
    status,
    headers: { 'Content-Type': mediaType.scim },
    body: { schemas: [urn.error], status: String(status) },
  };
  return {
    seams: {
      respond: (answer, { method, path }) => {
        if (path === '/ServiceProviderConfig') return withoutPromise(answer);
        const [, id] = /^\/provisions?\/([^/]+)\/status$/.exec(path) ?? [];
        if (id === undefined || answer.status !== 200 || method !== 'GET') return answer;
        if (read.has(id)) return gone;
        if (JSON.stringify(answer.body).includes('"completed":true')) read.add(id);
        return answer;
      },
    },
  };
};

for (const status of [404, 410] as const) {
  void t.test(`a status that is answered ${status} after its completion was read is no failure`, async (t) => {
    const report = await legalRun({ options: readOnce(status), run: { burst: 0, binding: 'request-mode' } });
    t.strictSame(redIn(report), []);
    for (const id of ['STAT-01', 'STAT-07', 'SEC-04', 'TOK-01', 'LIFE-01']) t.equal(outcomeOf(report, id), 'pass', id);
  });
}
