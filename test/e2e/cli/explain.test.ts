import t from 'tap';
import { explanationText } from '../../../bin/explain/explanation-text.js';
import { explanationOf } from '../../../bin/explain/explanation.js';
import { nearIds } from '../../../bin/explain/near-ids.js';
import { defaultProfile, findRequirement } from '../../../suites/index.js';
import { runCli } from '../../harness/run-cli.js';

const { requirements } = defaultProfile;

const plain = { width: 80, strong: String, good: String, bad: String, dim: String };

void t.test('explain tells why, how, what it looks like and what to do', async (t) => {
  const { code, stdout } = await runCli(['explain', 'stat-03']);
  t.equal(code, 0);
  const headings = stdout.split('\n').filter((line) => /^[^\s-]/.test(line));
  t.strictSame(headings, [
    'STAT-03 (MUST)',
    'Source',
    'Needs',
    'Why it matters',
    'How it is tested',
    'Tested by',
    'Possible findings',
    '✗ Not met',
    '✓ Met',
    'How to meet it',
    'Faults of the mock that break it',
    'See it fail',
    'Run it alone',
  ]);
  t.match(
    stdout,
    /\n {2}expected total = success \+ failed \+ pending,\n {2}but total 1, success 0, failed 0, pending 2\n/,
  );
  t.match(stdout, /\n {2}> POST https:\/\/host\/scim\/v2\/Users\n/);
  t.match(stdout, /\n {2}scim-conformance mock --token secret --fault counts-that-do-not-add-up-for-a-moment\n/);
  t.match(stdout, /\n {2}scim-conformance --target URL --only STAT-03\n$/);
  t.notOk(stdout.includes('\u001b'), 'no colours in a pipe');
});

void t.test('explain shows the options that a run needs', async (t) => {
  t.match((await runCli(['explain', 'SEC-03'])).stdout, /--only SEC-03 --second-token TOKEN\n$/);
  const { stdout } = await runCli(['explain', 'EVT-08']);
  t.match(stdout, /a port to receive security event tokens on \(`--set-push PORT`\)/);
  t.match(stdout, /--only EVT-08 --set-push PORT\n$/);
});

void t.test('every requirement of the profile has a judge', (t) => {
  t.strictSame(
    requirements.flatMap(({ id, judging }) => (judging === undefined ? [id] : [])),
    [],
  );
  t.end();
});

void t.test('an id that does not exist is a mistake of usage, and near ones are named', async (t) => {
  const { code, stderr } = await runCli(['explain', 'STAT-3']);
  t.equal(code, 2);
  t.match(stderr, /there is no requirement «STAT-3»; did you mean STAT-03\?/);
  const ids = requirements.map(({ id }) => id);
  t.strictSame(nearIds('stat3', ids), ['STAT-03']);
  t.strictSame(nearIds('LIVE-06', ids), ['LIFE-06']);
  t.strictSame(nearIds('STAT-99', ids), ['STAT-09']);
  t.strictSame(nearIds('nothing like it', ids), []);
});

void t.test('every explanation fits the width, addresses and what may be copied apart', async (t) => {
  for (const requirement of requirements) {
    const text = explanationText(await explanationOf(requirement, defaultProfile), plain);
    const long = text
      .split('\n')
      .filter((line) => line.length > plain.width)
      .filter((line) => !/^ {2}([<>]|scim-conformance |\S.* {2}https:)/.test(line) && line.trim().includes(' '));
    // A word that is longer than a line has a line of its own.
    t.strictSame(
      long.filter((line) => !/^ *(- )?\S{60,}( \S+)?$/.test(line)),
      [],
      requirement.id,
    );
  }
});

void t.test('headings and verdicts are coloured if colours are supported', async (t) => {
  const requirement = findRequirement('CORE-02');
  if (requirement === undefined) throw new Error('there is no CORE-02');
  const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
  const style = { width: 80, strong: mark('b'), good: mark('g'), bad: mark('r'), dim: mark('d') };
  const text = explanationText(await explanationOf(requirement, defaultProfile), style);
  t.match(text, '<b>CORE-02 (MUST)</b>\n');
  t.match(text, '<r>✗</r> <b>Not met</b>\n');
  t.match(text, '<g>✓</g> <b>Met</b>\n  <d>to the same request:</d>\n');
});
