/**
 * Runs the steps of action.yml as the runner of GitHub does, as far as that is possible without it: scripts by bash
 * with its switches, outputs by files, and conditions and expressions of the few kinds that the action has.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';

export interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly env?: Record<string, string>;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Record<string, string>;
}

export interface Action {
  readonly inputs: Record<string, { description: string; required: boolean; default: string }>;
  readonly outputs: Record<string, { value: string }>;
  readonly runs: { using: string; steps: Step[] };
}

export const actionText = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
export const action = parse(actionText) as Action;

export interface ActionRun {
  /** The exit code of each step, in order; `undefined` if it did not run. */
  readonly codes: Record<string, number | undefined>;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Record<string, string>;
  /** The folder that the scripts were run in. */
  readonly workspace: string;
  /** What was asked of other actions, with its expressions filled in. */
  readonly uses: { action: string; with: Record<string, string> }[];
}

interface ActionOptions {
  /** The checkout of the action. The action runs the file `dist/bin/scim-conformance.js` in it. */
  readonly actionPath: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const bash = (script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<{ code: number; log: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], { cwd, env });
    let log = '';
    const gather = (text: string): void => void (log += text);
    child.stdout.setEncoding('utf8').on('data', gather);
    child.stderr.setEncoding('utf8').on('data', gather);
    child.on('error', reject).on('close', (code) => resolve({ code: code ?? -1, log }));
  });

export const runAction = async ({ actionPath, inputs, env = {} }: ActionOptions): Promise<ActionRun> => {
  const home = mkdtempSync(path.join(tmpdir(), 'action-'));
  const [workspace, temporary] = [path.join(home, 'workspace'), path.join(home, 'temp')];
  mkdirSync(workspace);
  mkdirSync(temporary);
  const summaryFile = path.join(home, 'summary.md');
  writeFileSync(summaryFile, '');
  const outputs = new Map<string, string>();
  const valueOf = (expression: string): string => {
    const [, input] = /^inputs\.([\w-]+)$/.exec(expression) ?? [];
    if (input !== undefined) return inputs[input] ?? action.inputs[input]?.default ?? '';
    const [, output] = /^steps\.([\w-]+\.outputs\.[\w-]+)$/.exec(expression) ?? [];
    if (output === undefined) throw new Error(`an expression that this runner does not know: ${expression}`);
    return outputs.get(output) ?? '';
  };
  const filled = (values: Record<string, string> = {}): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).map(([name, text]) => [
        name,
        text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => valueOf(expression)),
      ]),
    );
  let failed = false;
  const isRun = ({ if: condition }: Step): boolean => {
    if (condition === undefined) return !failed;
    const [, expression] = /^always\(\)(?: && (\S+) != '')?$/.exec(condition) ?? [];
    return expression === undefined || valueOf(expression) !== '';
  };
  // The environment of the developer, with credentials and settings, must not influence the tests.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(SCIM_|GITHUB_|TAP)|^NODE_OPTIONS$/.test(name));
  const codes: Record<string, number | undefined> = {};
  const uses: ActionRun['uses'] = [];
  let log = '';
  for (const [index, step] of action.runs.steps.entries()) {
    codes[step.name] = undefined;
    if (!isRun(step)) continue;
    if (step.run === undefined) {
      uses.push({ action: step.uses ?? '', with: filled(step.with) });
      continue;
    }
    const script = path.join(home, `step-${index}.sh`);
    const outputFile = path.join(home, `output-${index}`);
    writeFileSync(script, step.run);
    writeFileSync(outputFile, '');
    const { code, log: said } = await bash(script, workspace, {
      ...Object.fromEntries(inherited),
      GITHUB_ACTION_PATH: actionPath,
      GITHUB_OUTPUT: outputFile,
      GITHUB_STEP_SUMMARY: summaryFile,
      RUNNER_TEMP: temporary,
      ...env,
      ...filled(step.env),
    });
    codes[step.name] = code;
    log += said;
    if (code !== 0) failed = true;
    for (const line of readFileSync(outputFile, 'utf8').split('\n')) {
      const [, name, value] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) outputs.set(`${step.id ?? ''}.outputs.${name}`, value);
    }
  }
  return {
    codes,
    log,
    summary: readFileSync(summaryFile, 'utf8'),
    outputs: filled(Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, value]))),
    workspace,
    uses,
  };
};
