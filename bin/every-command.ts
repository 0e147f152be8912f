/** All commands, in the order in which --help lists them. */
import type { Argv } from 'yargs';
import { cleanCommand } from './commands/clean.js';
import { demoCommand } from './commands/demo.js';
import { diffCommand } from './commands/diff.js';
import { draftCommand } from './commands/draft/draft.js';
import { explainCommand } from './commands/explain.js';
import { initCommand } from './commands/init.js';
import { interopCommand } from './commands/interop.js';
import { judgeCommand } from './commands/judge.js';
import { listCommand } from './commands/list.js';
import { mergeCommand } from './commands/merge.js';
import { mockCommand } from './commands/mock.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { selfTestCommand } from './commands/self-test.js';
import { verifyCommand } from './commands/verify.js';

export const withEveryCommand = (parser: Argv): Argv =>
  parser
    .command(runCommand)
    .command(initCommand)
    .command(demoCommand)
    .command(judgeCommand)
    .command(reportCommand)
    .command(diffCommand)
    .command(interopCommand)
    .command(verifyCommand)
    .command(mergeCommand)
    .command(cleanCommand)
    .command(mockCommand)
    .command(listCommand)
    .command(explainCommand)
    .command(draftCommand)
    .command(selfTestCommand);
