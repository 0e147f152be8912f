/**
 * JUnit XML, as Jenkins, GitLab, Azure and the actions of GitHub read it: a suite for each group, a case for each
 * requirement. There is no standard; only elements and attributes that all of them know are written.
 */
import type { Report, RequirementResult } from '../schemas/types.js';
import { limits } from '../suites/events.js';
import { evidenceText, summaryOf } from './text/evidence-text.js';
import { groupsOf, idOf, isUnjudged, levelOf, standingOf } from './facts/standing.js';
import { inOneLine, visible } from './text/visible-text.js';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** `>` is escaped too, so that no `]]>` can stand in content (XML 1.0 §2.4). */
const content = (text: string): string => visible(text).replaceAll(/[&<>]/g, (character) => escapes[character] ?? '');

const quoted = (text: string): string => content(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;');

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${quoted(String(value))}"`)
    .join('');

const element = (
  name: string,
  values: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
): string =>
  children.length === 0
    ? `<${name}${attributes(values)}/>`
    : `<${name}${attributes(values)}>\n${children.join('\n')}\n</${name}>`;

/** Content is set close to its tags: blanks around it would be part of it. */
const withText = (name: string, values: Readonly<Record<string, string | number>>, text: string): string =>
  `<${name}${attributes(values)}>${content(text)}</${name}>`;

/** One case, and whether it counts as failed, in error or skipped. */
interface Case {
  readonly xml: string;
  readonly kind: 'passed' | 'failures' | 'errors' | 'skipped';
}

/** An exercise feeds many requirements, so that none has a time of its own: 0. */
const testcase = (group: string, name: string, kind: Case['kind'], children: readonly string[] = []): Case => ({
  xml: element('testcase', { classname: `scim-conformance.${group}`, name, time: 0 }, children),
  kind,
});

const caseOf = (report: Report, group: string, result: RequirementResult): Case => {
  const name = `${result.id} ${inOneLine(result.title)}`;
  const message = summaryOf(result);
  const text = (): string => evidenceText(report, result);
  switch (standingOf(result, report.gate)) {
    case 'harness-error':
      return testcase(group, name, 'errors', [withText('error', { type: 'harness-error', message }, text())]);
    case 'failed': {
      // A gate may ask for more than MUST: then the type says what was not met.
      const type = result.outcome === 'inconclusive' ? 'inconclusive' : levelOf(result);
      return testcase(group, name, 'failures', [withText('failure', { type, message }, text())]);
    }
    case 'known':
      return testcase(group, name, 'skipped', [
        element('skipped', { message: `known failure: ${message}` }),
        withText('system-out', {}, text()),
      ]);
    case 'warned':
      // A pipeline gates on MUST, so that a SHOULD not met is no failure; `skipped` would say that nobody looked.
      return testcase(group, name, 'passed', [withText('system-out', {}, `warning: ${message}\n\n${text()}`)]);
    case 'not-judged': {
      const why = result.outcome === 'skip' ? '' : `${result.outcome}: `;
      return testcase(group, name, 'skipped', [element('skipped', { message: `${why}${message}` })]);
    }
    case 'passed':
      return testcase(group, name, 'passed');
  }
};

const counted = (cases: readonly Case[]): { tests: number; failures: number; errors: number } => ({
  tests: cases.length,
  failures: cases.filter(({ kind }) => kind === 'failures').length,
  errors: cases.filter(({ kind }) => kind === 'errors').length,
});

const suite = (report: Report, name: string, cases: readonly Case[], more: readonly string[] = []): string =>
  element(
    'testsuite',
    {
      name,
      ...counted(cases),
      skipped: cases.filter(({ kind }) => kind === 'skipped').length,
      time: 0,
      // The readers take local ISO 8601 without a zone for granted.
      timestamp: report.startedAt.slice(0, 19),
    },
    [...more, ...cases.map((one) => one.xml)],
  );

/** Without this case, a run that judged nothing would be a file of skips, and green. */
const runCase = (report: Report): Case => {
  const name = 'the run judged the target';
  const message = `${report.verdict}: ${inOneLine(report.gate?.reason ?? report.reason, limits.paragraph)}`;
  return isUnjudged(report)
    ? testcase('run', name, 'errors', [withText('error', { type: report.verdict, message }, message)])
    : testcase('run', name, 'passed', [
        withText(
          'system-out',
          {},
          [message, ...report.leftovers.slice(0, 100).map((left) => `left behind: ${inOneLine(left)}`)].join('\n'),
        ),
      ]);
};

const properties = ({ run, tool, profile, settings }: Report): string =>
  element(
    'properties',
    {},
    Object.entries({ target: settings.target, run, tool, profile, seed: settings.seed }).map(([name, value]) =>
      element('property', { name, value: inOneLine(String(value), limits.url) }),
    ),
  );

/** The baseline has to be mended where what it excuses fails no more; of what was not looked at it may be right. */
const baselineCases = ({ gate, requirements }: Report): Case[] => {
  const name = (id: string): string => {
    const title = requirements.find((result) => result.id === idOf(id))?.title;
    return title === undefined ? inOneLine(id) : `${inOneLine(id)} ${inOneLine(title)}`;
  };
  return [
    ...(gate?.stale ?? []).map((id) => {
      const message = `${inOneLine(id)} is in the baseline and fails no more: take it out`;
      return testcase('baseline', name(id), 'failures', [withText('failure', { type: 'stale', message }, message)]);
    }),
    ...(gate?.unchecked ?? []).map((id) =>
      testcase('baseline', name(id), 'skipped', [element('skipped', { message: 'this run learnt nothing of it' })]),
    ),
  ];
};

/** The whole file, to be written in UTF-8. */
export const junitReport = (report: Report): string => {
  const judged = runCase(report);
  const groups = [...groupsOf(report.requirements)].map(
    ([group, results]) => [group, results.map((result) => caseOf(report, group, result))] as const,
  );
  const baseline = baselineCases(report);
  const all = [judged, ...groups.flatMap(([, cases]) => cases), ...baseline];
  const suites = [
    suite(report, 'run', [judged], [properties(report)]),
    ...groups.map(([group, cases]) => suite(report, group, cases)),
    ...(baseline.length === 0 ? [] : [suite(report, 'baseline', baseline)]),
  ];
  const head = { name: 'scim-conformance', ...counted(all), time: (report.time.total / 1000).toFixed(3) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', head, suites)}\n`;
};
