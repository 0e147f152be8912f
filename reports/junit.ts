/**
 * JUnit XML, as Jenkins, GitLab, Azure DevOps and GitHub Actions read it: a test suite for each group, a test case for
 * each requirement. No standard defines the format, so that only elements and attributes are written that all of these
 * systems know.
 */
import type { Report, RequirementResult } from '../schemas/types.js';
import { limits } from '../suites/events.js';
import { evidenceText, summaryOf } from './evidence-text.js';
import { outOfScopeLine } from './facts/scope.js';
import { groupsOf, idOf, isUnjudged, levelOf, standingOf } from './facts/standing.js';
import { inOneLine } from './text/visible-text.js';
import { element, withText } from './text/xml-text.js';

/** One test case, and how it is counted. */
interface Case {
  readonly xml: string;
  readonly kind: 'passed' | 'failures' | 'errors' | 'skipped';
}

/** The time is 0: one exercise serves many requirements, so that no requirement has a time of its own. */
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
      // With --fail-on, more than a failed MUST can fail. The type says what failed.
      const type = result.outcome === 'inconclusive' ? 'inconclusive' : levelOf(result);
      return testcase(group, name, 'failures', [withText('failure', { type, message }, text())]);
    }
    case 'known':
      return testcase(group, name, 'skipped', [
        element('skipped', { message: `known failure: ${message}` }),
        withText('system-out', {}, text()),
      ]);
    case 'warned':
      // An unmet SHOULD does not fail a pipeline, so it is not a failure. `skipped` would mean that it was not tested.
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
      // The readers expect ISO 8601 without a time zone.
      timestamp: report.startedAt.slice(0, 19),
    },
    [...more, ...cases.map((one) => one.xml)],
  );

/**
 * Without this case, the file of a run that judged nothing would contain only skipped cases, and would look successful.
 */
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

/**
 * An entry of the baseline that no longer fails has to be removed. An entry that this run did not test may still be
 * valid.
 */
const baselineCases = ({ gate, requirements }: Report): Case[] => {
  const name = (id: string): string => {
    const title = requirements.find((result) => result.id === idOf(id))?.title;
    return title === undefined ? inOneLine(id) : `${inOneLine(id)} ${inOneLine(title)}`;
  };
  return [
    ...(gate?.stale ?? []).map((id) => {
      const message = `${inOneLine(id)} is in the baseline and no longer fails: remove it`;
      return testcase('baseline', name(id), 'failures', [withText('failure', { type: 'stale', message }, message)]);
    }),
    ...(gate?.unchecked ?? []).map((id) =>
      testcase('baseline', name(id), 'skipped', [element('skipped', { message: 'this run did not test it' })]),
    ),
  ];
};

/** The whole file. It has to be written in UTF-8. */
export const junitReport = (report: Report): string => {
  const beyond = outOfScopeLine(report);
  const ofRun = [
    runCase(report),
    ...(beyond === undefined
      ? []
      : [testcase('run', beyond, 'skipped', [element('skipped', { message: 'not in the scope of this run' })])]),
  ];
  const groups = [...groupsOf(report.requirements)].map(
    ([group, results]) => [group, results.map((result) => caseOf(report, group, result))] as const,
  );
  const baseline = baselineCases(report);
  const all = [...ofRun, ...groups.flatMap(([, cases]) => cases), ...baseline];
  const suites = [
    suite(report, 'run', ofRun, [properties(report)]),
    ...groups.map(([group, cases]) => suite(report, group, cases)),
    ...(baseline.length === 0 ? [] : [suite(report, 'baseline', baseline)]),
  ];
  const head = { name: 'scim-conformance', ...counted(all), time: (report.time.total / 1000).toFixed(3) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', head, suites)}\n`;
};
