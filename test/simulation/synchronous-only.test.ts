import t from 'tap';
import { header, urn } from '../../schemas/names.js';
import { bodyOf, config, error, without } from '../../mock/faults/answers.js';
import type { Answer } from '../../mock/http/answer.js';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import type { Report } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(600_000);

/** The requirements that profile 1.1 judges on synchronous requests where nothing asynchronous is served. */
const judgedSynchronously = ['BULK-02', 'BULK-03', 'BULK-04', 'BULK-05', 'ERR-10'];

const withoutDiscovery = (answer: Answer): Answer => ({
  ...answer,
  body: without(bodyOf(answer), 'securityEvents', urn.asyncServiceProviderConfig),
});

/** Runs against a provider of synchronous SCIM alone: it ignores the mode field, and answers everything at once. */
const run = async (
  options: Omit<MockProviderOptions, 'seams'> = {},
  change: (answer: Answer) => Answer = (answer) => answer,
): Promise<Report> => {
  const { report } = await simulate({
    seed: 1,
    provider: async (world) => {
      const provider = await mockProvider({
        asyncRequest: 'none',
        maxOperations: 60,
        ...options,
        seams: {
          respond: (answer, request) => change(config(answer, request) ? withoutDiscovery(answer) : answer),
        },
      })(world);
      return {
        ...provider,
        handle: (request) => {
          const isMode = (name: string): boolean => name.toLowerCase() === header.requestMode.toLowerCase();
          return provider.handle({ ...request, headers: request.headers.filter(([name]) => !isMode(name)) });
        },
      };
    },
    run: { runs: 3, burst: 0, only: [...judgedSynchronously, 'CORE-05'] },
  });
  return report;
};

const redIn = ({ requirements }: Report): string[] =>
  requirements.filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome)).map(({ id }) => id);

void t.test('BULK and ERR-10 are judged on synchronous requests if nothing asynchronous is served', async (t) => {
  const report = await run();
  for (const { id, outcome, reason, evidence } of report.requirements)
    t.equal(outcome, 'pass', `${id}: ${reason ?? evidence?.actual ?? ''}`);
  t.equal(report.requirements.length, judgedSynchronously.length + 1);
  t.match(report, { verdict: 'conformant', exitCode: 0, leftovers: [], target: { scope: 'sync' } });
});

for (const [fault, ...ids] of [
  ['members-resolved-to-the-first', 'CORE-05', 'BULK-02'],
  ['unresolvable-disturbs-the-others', 'BULK-05'],
  ['reference-to-a-failure-kept', 'BULK-05'],
  ['reference-errors-not-counted', 'BULK-03'],
  ['synchronous-bulk-keeps-nothing', 'CORE-05'],
] as const) {
  void t.test(`${fault}: found without an asynchronous binding`, async (t) => {
    t.strictSame(redIn(await run({ faults: [fault] })), ids);
  });
}

void t.test('400 to a bulk request over the limit', async (t) => {
  const report = await run({}, (answer) => (answer.status === 413 ? error(400) : answer));
  t.strictSame(redIn(report), ['BULK-04']);
});
