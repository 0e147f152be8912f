/**
 * Makes the skeletons of a new requirement, so that only what is particular to it is written by hand:
 *
 *     npm run new-requirement -- STAT-16 --scenario request-mode/status-dates --fault dates-without-a-zone:status
 *
 * `--level` is MUST where absent. `--scenario AREA/NAME` names a scenario that feeds the judge: one that is there, or one
 * to be made. `--fault NAME:TOPIC` adds a fault to mock/faults/TOPIC.ts. What is not filled in fails the tests.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

const stop = (message) => {
  console.error(`new-requirement: ${message}`);
  process.exit(2);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { level: { type: 'string', default: 'MUST' }, scenario: { type: 'string' }, fault: { type: 'string' } },
});
const [id = '', ...others] = positionals;
if (!/^[A-Z]+-\d\d$/.test(id) || others.length > 0) stop('give one id, such as STAT-16');
if (!['MUST', 'SHOULD'].includes(values.level)) stop('--level is MUST or SHOULD');
if (values.scenario !== undefined && !/^[a-z-]+\/[a-z-]+$/.test(values.scenario)) stop('--scenario is AREA/NAME');
if (values.fault !== undefined && !/^[a-z0-9-]+:[a-z-]+$/.test(values.fault)) stop('--fault is NAME:TOPIC');

const group = id.slice(0, id.indexOf('-')).toLowerCase();
const variable = id.toLowerCase().replace('-', '');
const camel = (name) => name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
const made = [];

/** Writes a new file. It never overwrites an existing file. */
const write = (name, text) => {
  const file = path.join(root, name);
  if (existsSync(file)) stop(`${name} is there already`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  made.push(name);
};

/** The name under which a scenario is exported, and whether the scenario is new. */
const scenarioOf = (place) => {
  const file = path.join(root, 'suites', 'scenarios', `${place}.ts`);
  if (!existsSync(file)) return { exported: camel(place.split('/')[1]), isNew: true };
  const [, exported] = /export const (\w+) = defineScenario/.exec(readFileSync(file, 'utf8')) ?? [];
  return exported === undefined ? stop(`${place}.ts exports no scenario`) : { exported, isNew: false };
};

const scenario = values.scenario === undefined ? undefined : scenarioOf(values.scenario);
const topic = values.fault === undefined ? undefined : `mock/faults/${values.fault.split(':')[1]}.ts`;
if (topic !== undefined && !existsSync(path.join(root, topic))) stop(`there is no ${topic}`);
if (existsSync(path.join(root, `suites/requirements/${group}/${id.toLowerCase()}.ts`))) stop(`${id} is there already`);

if (scenario?.isNew) {
  const name = values.scenario.split('/')[1];
  write(
    `suites/scenarios/${values.scenario}.ts`,
    `/** … */
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';
import { createUser } from '../building-blocks/create-user.js';

export const ${scenario.exported}Steps = {
  /** … */
  first: step('…'),
};

export const ${scenario.exported} = defineScenario({
  name: '${name}',
  title: '',
  needs: {},
  exercise: async (_input, session) => {
    const { userName, url } = await createUser(session);
    const about = { purpose: 'read', subject: userName, variant: ${scenario.exported}Steps.first } as const;
    await session.attempt({ method: 'GET', url, ...about });
  },
});
`,
  );
}

const fed =
  scenario === undefined ? '' : `import { ${scenario.exported} } from '../../scenarios/${values.scenario}.js';\n`;
write(
  `suites/requirements/${group}/${id.toLowerCase()}.ts`,
  `/** ${id}. … */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
${fed}
export const ${variable} = defineRequirement({
  id: '${id}',
  since: '1.1',
  level: '${values.level}',
  title: '',
  source: cite('RFC 7643 §0'),
  needs: {},
  guide: {
    why: [''],
    tested: [''],
    fix: [''],
  },
  codes: {
    'name-the-defect': '',
  },
  from: ${scenario === undefined ? "'every'" : `[${scenario.exported}]`},
  judge: (view) =>
    judgeEach(view.answered(), (exchange) =>
      exchange.response.status === 0
        ? { code: 'name-the-defect', expected: '', actual: '', exchanges: [exchange] }
        : undefined,
    ),
});
`,
);

const sample = scenario === undefined ? { name: 'discovery', place: 'synchronous/discovery' } : undefined;
const used = scenario?.exported ?? sample.name;
write(
  `test/unit/requirements/${group}/${id.toLowerCase()}.test.ts`,
  `import { ${variable} } from '../../../../suites/requirements/${group}/${id.toLowerCase()}.js';
import { ${used} } from '../../../../suites/scenarios/${values.scenario ?? sample.place}.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const made = (): HandMadeTrace => new HandMadeTrace(${used}, 'request-mode');

proveRequirement(${variable}, {
  right: {},
  wrong: { 'name-the-defect': made },
  legal: {},
  // What exercises nothing, so that it must not count as a pass.
  silent: {},
});
`,
);

if (topic !== undefined) {
  const file = path.join(root, topic);
  const text = readFileSync(file, 'utf8');
  const end = text.lastIndexOf('\n];');
  if (end === -1) stop(`${topic} does not end with a list of faults`);
  const fault = `\n  {\n    name: '${values.fault.split(':')[0]}',\n    title: '',\n    breaks: ['${id}'],\n    seams: () => ({}),\n  },`;
  writeFileSync(file, text.slice(0, end) + fault + text.slice(end));
  made.push(topic);
}

execFileSync(process.execPath, [path.join(root, 'scripts', 'generate-requirement-index.mjs')], { stdio: 'inherit' });

const lines = [
  'Fill in, by hand:',
  ...made.map((name) => `  ${name}`),
  ...(scenario?.isNew ? ['  suites/scenarios/index.ts: give the scenario its place in the order of a run'] : []),
  '',
  'Then, one after the other:',
  `  npx tap --disable-coverage --allow-incomplete-coverage test/unit/requirements/${group}/${id.toLowerCase()}.test.ts`,
  `  npm run build && node dist/bin/scim-conformance.js self-test --seeds 5 --binding both${values.fault === undefined ? '' : ` --fault ${values.fault.split(':')[0]}`}`,
  `  node scripts/generate-examples.mjs ${id} && npm run build && node scripts/generate-requirement-docs.mjs`,
  '  npx tap --disable-coverage --allow-incomplete-coverage test/unit/catalogue/*.test.ts',
  '  node dist/bin/scim-conformance.js self-test    # other faults that turn it red list it, or are made narrower',
  '  npm test    # and a line in CHANGELOG.md',
];
console.log(lines.join('\n'));
