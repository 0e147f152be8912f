/** A draft profile can be tested without changing the source: it has three requirements and one scenario of its own. */
import t from 'tap';
import { jsonReport } from '../../reports/json.js';
import { traceLines } from '../../reports/trace.js';
import { mockProvider, simulate } from '../../simulation/index.js';
import {
  defineRequirement,
  defineScenario,
  judgeEach,
  judgeRecording,
  readRecording,
  SelectionError,
  step,
  type Profile,
} from '../../suites/index.js';
import { demandReport } from '../harness/valid.js';

const draftField = 'Scim-Draft';

const steps = { again: step('read again') };

const readTwice = defineScenario({
  name: 'read-twice',
  title: 'creates a user and reads it twice',
  inputs: () => [{ attributes: '' }, { attributes: '?attributes=userName' }],
  exercise: async ({ attributes }, session) => {
    const userName = session.userName();
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName };
    const created = await session.send({ method: 'POST', url: '/Users', purpose: 'create', body });
    const url = created.response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '';
    const read = { method: 'GET', url: `${url}${attributes}`, purpose: 'read' as const };
    await session.send(read);
    await session.send({ ...read, variant: steps.again });
  },
});

const guide = { why: ['It is a draft.'], tested: ['By reading a user twice.'], fix: ['Read the draft.'] };

const draft = (label: string) => [{ label: `draft-example-scim §${label}` }];

const readsAlike = defineRequirement({
  id: 'DRAFT-01',
  since: '1.1',
  level: 'MUST',
  title: 'a user that nobody changed reads the same again',
  source: draft('2'),
  needs: {},
  guide,
  codes: { 'another-body': 'the second read shows something else' },
  from: [readTwice],
  judge: (trace) => {
    const [first] = trace.answered('read');
    return judgeEach(trace.variant(steps.again), (again) =>
      again.response.body === first?.response.body
        ? undefined
        : {
            code: 'another-body',
            expected: 'the same body again',
            actual: 'it is another',
            exchanges: first === undefined ? [again] : [first, again],
          },
    );
  },
});

const saysWhichDraft = defineRequirement({
  id: 'DRAFT-02',
  since: '1.1',
  level: 'MUST',
  title: 'an answer says which version of the draft it keeps',
  source: draft('3'),
  needs: {},
  guide,
  codes: { 'no-draft': 'an answer without Scim-Draft', 'unknown-draft': 'a version that does not exist' },
  from: [readTwice],
  judge: (trace) =>
    judgeEach(trace.answered('read'), (read) => {
      const value = read.response.headers.find(([name]) => name.toLowerCase() === draftField.toLowerCase())?.[1];
      if (value === '7') return undefined;
      return {
        code: value === undefined ? 'no-draft' : 'unknown-draft',
        expected: `${draftField}: 7`,
        actual: value === undefined ? 'there is none' : `it is ${value}`,
        exchanges: [read],
      };
    }),
});

const ofWebhooks = defineRequirement({
  id: 'HOOKS-01',
  since: '1.1',
  level: 'SHOULD',
  title: 'a webhook is told of a read',
  source: draft('4'),
  needs: { feature: 'checkpoint' },
  guide,
  from: [readTwice],
  judge: () => ({ exercised: 0, findings: [] }),
});

const profile: Profile = {
  version: 'draft-7',
  requirements: [readsAlike, saysWhichDraft, ofWebhooks],
  scenarios: [readTwice],
};

/** A run of this profile against the mock, whose answers say this version of the draft. */
const run = async (version: string | undefined) => {
  const lines: string[] = [];
  const { report, provider } = await simulate({
    seed: 3,
    provider: mockProvider({
      seams: {
        respond: (answer) =>
          version === undefined ? answer : { ...answer, headers: { ...answer.headers, [draftField]: version } },
      },
    }),
    run: { profile, onEvent: (event) => lines.push(traceLines(event)) },
  });
  t.match(await provider.snapshot(), { users: 0, pending: 0 });
  return { report: demandReport(report), recording: lines.join('') };
};

void t.test('a provider that keeps it conforms; what it has not is skipped', async (t) => {
  const { report } = await run('7');
  t.strictSame(
    report.requirements.map(({ id, outcome, exercised }) => [id, outcome, exercised]),
    [
      ['DRAFT-01', 'pass', 2],
      ['DRAFT-02', 'pass', 4],
      ['HOOKS-01', 'skip', 0],
    ],
  );
  t.equal(report.profile, 'draft-7');
  t.equal(report.verdict, 'conformant');
});

void t.test('a finding has the code of the draft, is confirmed, and is found again in the recording', async (t) => {
  const { report, recording } = await run('6');
  const [, found] = report.requirements;
  t.match(found, { id: 'DRAFT-02', outcome: 'fail', evidence: { code: 'unknown-draft', scenario: 'read-twice' } });
  t.equal(report.verdict, 'non-conformant');
  t.ok(report.traffic.exchanges > 6, 'it was tried again');
  t.equal(jsonReport(await judgeRecording(readRecording(recording), { profile })), jsonReport(report));
  t.match((await run(undefined)).report.requirements[1], { evidence: { code: 'no-draft' } });
});

void t.test('a recording is judged by another profile, too, and names nothing that that one has not', async (t) => {
  const { recording } = await run('6');
  const mild: Profile = { ...profile, version: 'draft-mild', requirements: [readsAlike] };
  const judged = await judgeRecording(readRecording(recording), { profile: mild });
  t.strictSame(
    judged.requirements.map(({ id, outcome }) => [id, outcome]),
    [['DRAFT-01', 'pass']],
  );
  t.equal(judged.profile, 'draft-mild');
  await t.rejects(simulate({ seed: 1, provider: mockProvider(), run: { profile, only: ['CORE-01'] } }), SelectionError);
});
