/**
 * Makes suites/requirements/examples.ts: for each requirement with a judge, exchanges with a mock that breaks it and
 * the same exchanges with a mock without a fault. It runs the build in dist/. With ids as arguments it makes only the
 * examples of these requirements.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { defaultProfile, groupOf, judgedBy } from '../dist/suites/index.js';
import { createNormaliser, exampleText } from './example-text.mjs';
import { picks } from './example-picks.mjs';
import { faultFor, findFailure, runFor } from './example-trials.mjs';

const output = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'suites', 'requirements', 'examples.ts');
const seed = 1;

/** The exchanges of a finding that are shown, by index. Default: the last two. */
const places = {
  'BULK-02': [0, -1],
  'BULK-07': [0, -1],
  'LIFE-05': [0, 1, 2],
  'LIFE-07': [0, -2, -1],
};

const shownOf = (id, exchanges) => {
  const unique = [...new Set(exchanges)];
  const wanted = places[id]?.map((place) => unique.at(place)) ?? unique.slice(-2);
  return unique.filter((exchange) => wanted.includes(exchange));
};

/** A report cuts long bodies, so that they are taken from the trace. Polls for events keep the chosen part. */
const wholeOf = (trace, exchange) => {
  const entry = trace.entries[exchange.n];
  return entry?.type === 'exchange' && exchange.purpose !== 'event-poll' ? entry : exchange;
};

const pathOf = ({ request }) => new URL(request.url).pathname;

/** Descriptions of the role of an exchange in its exercise, from exact to rough. */
const rolesOf = (trace, exchange) => {
  const submissions = trace.entries.filter(({ type }) => type === 'submission');
  const subjects = [...new Set(trace.entries.flatMap(({ subject }) => subject ?? []))];
  const submission = submissions.findIndex((each) => each.exchange === exchange.n || each.n === exchange.submission);
  const role = [
    exchange.purpose,
    exchange.request.method,
    // The endpoint.
    pathOf(exchange).split('/')[3],
    exchange.credential,
    exchange.variant,
    submission,
    subjects.indexOf(exchange.subject),
  ];
  // The purpose must always be the same.
  return role.slice(1).map((_, cut) => JSON.stringify(role.slice(0, role.length - cut)));
};

const exchangesOf = ({ entries }) => entries.filter(({ type }) => type === 'exchange');

/** The exchange with the same role in another exercise with the same input. */
const byPlace = (trace, exchange, honest) => {
  for (const [exactness, role] of rolesOf(trace, exchange).entries()) {
    const alike = (of) => exchangesOf(of).filter((each) => rolesOf(of, each)[exactness] === role);
    const [own, theirs] = [alike(trace), alike(honest)];
    const place = own.findIndex(({ n }) => n === exchange.n);
    const found = place === own.length - 1 ? theirs.at(-1) : (theirs[place] ?? theirs.at(-1));
    if (found !== undefined) return found;
  }
  return undefined;
};

const tellOf = ({ response }) => `${JSON.stringify(response?.headers ?? [])} ${response?.body ?? ''}`;

/**
 * For each exchange the corresponding one. If a response names the URL of the next request, so does the corresponding
 * response.
 */
const counterparts = (trace, exchanges, honest) => {
  const found = [];
  for (const [index, exchange] of exchanges.entries()) {
    const leading = exchanges.slice(0, index).findIndex((earlier) => tellOf(earlier).includes(pathOf(exchange)));
    const from = leading === -1 ? undefined : found[leading];
    const led =
      from === undefined
        ? []
        : exchangesOf(honest).filter(
            (each) =>
              each.purpose === exchange.purpose &&
              each.request.method === exchange.request.method &&
              each.n > from.n &&
              tellOf(from).includes(pathOf(each)),
          );
    const usual = byPlace(trace, exchange, honest);
    found.push(
      led.length === 0 || led.includes(usual)
        ? usual
        : (led.find(({ variant }) => variant === exchange.variant) ?? led.at(-1)),
    );
  }
  return found;
};

/** A note about the signature of a token, which its claims do not show; undefined if there is no token. */
const signatureOf = (trace, { n }) => {
  const token = trace.entries.find(({ type, exchange }) => type === 'token' && exchange === n);
  if (token === undefined) return undefined;
  return token.signature === 'verified' ? '(its signature verifies)' : '(its signature does not verify)';
};

/** The trace from which the evidence was taken. */
const traceOf = ({ traces, result: { evidence } }) =>
  traces.findLast(({ entries }) => evidence.exchanges.some((exchange) => entries.includes(exchange))) ?? traces.at(-1);

const exampleOf = async (id) => {
  const fault = faultFor(id);
  if (fault === undefined) throw new Error(`no fault breaks ${id}`);
  const failed = await findFailure(id, fault, seed);
  if (failed === undefined) throw new Error(`${fault.name} does not show under ${id}`);
  const passed = await runFor(id, undefined, { path: failed.path, like: fault, seed });
  const { evidence } = failed.result;
  const [bad, good] = [traceOf(failed), passed.traces[0]];
  const pick = picks[id];
  const exchanges = pick?.(bad) ?? shownOf(id, evidence.exchanges).map((exchange) => wholeOf(bad, exchange));
  const others = pick?.(good) ?? counterparts(bad, exchanges, good);
  const options = { id, keep: id === 'BULK-02' ? 12 : groupOf(id) === 'BULK' ? 4 : 1 };
  const text = ({ report, origin }, trace, list) => {
    const normalise = createNormaliser({ origin, run: report.run });
    const noted = (exchange) => ({ ...options, note: id === 'EVT-09' ? signatureOf(trace, exchange) : undefined });
    return { normalise, texts: list.map((exchange) => exampleText(exchange, normalise, noted(exchange))) };
  };
  const fail = text(failed, bad, exchanges);
  const pass = text(
    passed,
    good,
    [...new Set(others)].filter((each) => each !== undefined),
  );
  if (passed.result.outcome !== 'pass') console.error(`${id}: the honest mock came to ${passed.result.outcome}`);
  const asked = (each) => each.slice(0, each.indexOf('\n<'));
  const isSame = pass.texts.map(asked).join('\n') === fail.texts.map(asked).join('\n');
  return {
    fault: fault.name,
    path: failed.path,
    expected: fail.normalise(evidence.expected),
    // The user that was found may be another one in each run.
    actual: fail.normalise(evidence.actual).replace(/^user-\d+/, 'user-1'),
    fail: fail.texts,
    // If the requests are the same, only the responses are shown.
    pass: isSame ? pass.texts.map((each) => each.slice(asked(each).length + 1)) : pass.texts,
  };
};

const write = async (examples) => {
  const source = `/** Generated by «node scripts/generate-examples.mjs»; do not edit. */
import type { Example } from '../definitions/guide.js';

export const examples: Readonly<Record<string, Example>> = ${JSON.stringify(examples, null, 2)};
`;
  const config = await prettier.resolveConfig(output);
  writeFileSync(output, await prettier.format(source, { ...config, filepath: output }));
};

const wanted = process.argv.slice(2);
const known = {};
if (wanted.length > 0) {
  const current = readFileSync(output, 'utf8');
  const literal = current.slice(current.indexOf('= {') + 2).replace(/;\s*$/, '');
  Object.assign(known, Function(`return (${literal})`)());
}
const made = {};
for (const id of judgedBy(defaultProfile).keys()) {
  const begun = performance.now();
  if (wanted.length > 0 && !wanted.includes(id)) {
    if (known[id] !== undefined) made[id] = known[id];
    continue;
  }
  try {
    made[id] = await exampleOf(id);
    const { fault, path: at, fail, pass } = made[id];
    console.log(`${id} ${fault} ${at} ${fail.length}/${pass.length} ${Math.round(performance.now() - begun)} ms`);
  } catch (error) {
    console.error(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
await write(made);
