import t from 'tap';
import { demandOnce, givenFlags } from '../../../bin/options/given-flags.js';
import { runCli } from '../../harness/run-cli.js';

t.jobs = 4;
t.setTimeout(120_000);

const url = 'http://127.0.0.1:9/scim/v2';

void t.test('a flag is given, whichever of its spellings is used', (t) => {
  const names = (line: string): string[] => [...givenFlags(line.split(' '))];
  t.strictSame(names('--seed 1 --burst=0 --no-color --maxRps 2 --read-only'), [
    'seed',
    'burst',
    'color',
    'max-rps',
    'read-only',
  ]);
  t.strictSame(names('mock --port 0'), ['port']);
  t.strictSame(names('diff a -- --seed'), [], 'after -- there are no flags');
  t.end();
});

/** Flags of every command, and whether each is a list, as `--help` says. */
const flagsInHelp = async (): Promise<Map<string, boolean>> => {
  const { stdout } = await runCli(['--help']);
  const commands = [...stdout.matchAll(/^ {2}scim-conformance ([a-z][a-z-]*)/gm)].map(([, name = '']) => name);
  const helps = await Promise.all(commands.map((command) => runCli([command, '--help'])));
  const options = [stdout, ...helps.map((help) => help.stdout)].flatMap((help) => help.split(/^ +--/m).slice(1));
  return new Map(options.map((option) => [/^[a-z-]+/.exec(option)?.[0] ?? '', option.includes('[array]')]));
};

void t.test('a flag that is given twice is refused, unless it is a list', async (t) => {
  const flags = await flagsInHelp();
  t.equal(flags.size > 50, true, `${flags.size} flags`);
  for (const [name, isList] of flags) {
    const twice = (): void => demandOnce([`--${name}`, 'a', `--${name}=b`]);
    if (isList) t.doesNotThrow(twice, name);
    else t.throws(twice, { message: `--${name} is given twice: give it once` }, name);
  }
});

const cases: { args: string[]; says: string }[] = [
  { args: ['--target', url, '--target', url], says: '--target is given twice: give it once' },
  { args: ['--target', url, '--max-rps', '1', '--maxRps', '2'], says: '--max-rps is given twice: give it once' },
  { args: ['--target', url, '--color', '--no-color'], says: '--color is given twice: give it once' },
  { args: ['list', '--json', '--json', '--json'], says: '--json is given 3 times: give it once' },
  {
    args: ['init', url, '--target', url],
    says: '«init» takes the URL without a flag, as in «init https://host/scim/v2»: leave out --target',
  },
];

for (const { args, says } of cases) {
  void t.test(`scim-conformance ${args.join(' ')}: ${says}`, async (t) => {
    const { code, stdout, stderr } = await runCli(args);
    t.equal(code, 2);
    t.equal(stdout, '');
    t.equal(stderr, `scim-conformance: ${says}\n«scim-conformance --help» shows the options.\n`);
  });
}
