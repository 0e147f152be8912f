#!/usr/bin/env node
/** The command line: argv → a library call → an exit code. Only bin/ touches the process. */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { version } from '../suites/index.js';
import { cleanCommand } from './commands/clean.js';
import { demoCommand } from './commands/demo.js';
import { diffCommand } from './commands/diff.js';
import { explainCommand } from './commands/explain.js';
import { initCommand } from './commands/init.js';
import { judgeCommand } from './commands/judge.js';
import { listCommand } from './commands/list.js';
import { mergeCommand } from './commands/merge.js';
import { mockCommand } from './commands/mock.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { selfTestCommand } from './commands/self-test.js';
import { UsageError } from './usage-error.js';

/** Usage, configuration or our own bug. */
const failed = (message: string): void => {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
};

// A reader that went away (`… | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const parser = yargs(hideBin(process.argv))
  .scriptName('scim-conformance')
  .usage('$0 --target URL [options]\n\nTests whether a SCIM provider keeps the asynchronous SCIM profile.')
  .command(runCommand)
  .command(initCommand)
  .command(demoCommand)
  .command(judgeCommand)
  .command(reportCommand)
  .command(diffCommand)
  .command(mergeCommand)
  .command(cleanCommand)
  .command(mockCommand)
  .command(listCommand)
  .command(explainCommand)
  .command(selfTestCommand)
  .version(version)
  .strict()
  .recommendCommands()
  .wrap(Math.min(110, process.stdout.columns || 100))
  .epilogue(
    'Exit codes: 0 conformant, 1 a MUST failed, 2 usage or an error of this tool, 3 nothing could be judged, 130 interrupted.',
  )
  .exitProcess(false)
  .fail((message: string | null, error: Error | undefined) => {
    // yargs throws errors of its own for some mistakes of usage.
    if (error !== undefined && error.name !== 'YError') throw error;
    throw new UsageError(error?.message ?? message ?? 'the command line could not be understood');
  });

try {
  await parser.parseAsync();
} catch (error) {
  if (error instanceof UsageError)
    failed(`scim-conformance: ${error.message}\n«scim-conformance --help» shows the options.`);
  else
    failed(
      `scim-conformance failed, and it is its own fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
}
