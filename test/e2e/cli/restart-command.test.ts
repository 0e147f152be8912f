import t from 'tap';
import { runRestartCommand } from '../../../bin/process/restart-command.js';
import { runCli } from '../../harness/run-cli.js';

void t.test('the exit code 0 means that the provider is restarted or will be', async (t) => {
  await t.resolves(runRestartCommand('true && exit 0'));
});

void t.test('every other end is an error that says what happened', async (t) => {
  const restart = 'the command of --restart-command';
  await t.rejects(runRestartCommand('exit 3'), { message: `${restart} has ended with exit code 3` });
  await t.rejects(runRestartCommand('kill -9 $$'), { message: `${restart} was ended by SIGKILL` });
  await t.rejects(runRestartCommand('no-such-command-here'), { message: `${restart} has ended with exit code 127` });
  await t.rejects(runRestartCommand('sleep 300', 100), { message: `${restart} takes more than 0.1 seconds` });
});

void t.test('what the command leaves running goes on', async (t) => {
  await t.resolves(runRestartCommand('sleep 2 &', 1500), 'its end is not awaited');
});

void t.test('an empty command is refused', async (t) => {
  const { code, stderr } = await runCli(['--target', 'http://127.0.0.1:9/scim/v2', '--restart-command', ' ']);
  t.equal(code, 2);
  t.match(stderr, /--restart-command takes a command; it is empty/);
});
