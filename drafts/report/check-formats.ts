/** The formats of `draft check`. Each is a function from the file's name and its check to text. */
import { inert } from '../../reports/text/markdown-text.js';
import { harmlessJson, oneLine } from '../../reports/text/visible-text.js';
import { workflowCommand } from '../../reports/text/workflow-command.js';
import { element, withText } from '../../reports/text/xml-text.js';
import type { DraftCheck } from '../check/check-draft.js';
import { countOf, placeOf, readingOf, sentenceOf } from './finding-text.js';
import { checkHtml } from './check-html.js';
import { sarif } from './sarif.js';

export interface CheckedDraft extends DraftCheck {
  readonly file: string;
  readonly checkedAt: Date;
}

type Write = (draft: CheckedDraft) => string;

const linesOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

const pretty: Write = (draft) => {
  const { file, findings } = draft;
  return linesOf([
    ...findings.flatMap((finding) => [
      oneLine(`${file}:${finding.line}  ${placeOf(finding)}  ${finding.code}`),
      `    ${sentenceOf(finding)}`,
    ]),
    ...(findings.length === 0 ? [] : ['']),
    `${countOf(findings)} in ${readingOf(draft)}.`,
  ]);
};

const json: Write = ({ file, format, examples, findings }) =>
  `${harmlessJson({ file, format, examples, findings }, 2)}\n`;

/** One test point for each finding, or one for the whole file if there is none. */
const tap: Write = (draft) => {
  const { findings } = draft;
  const points = findings.map((finding, place) =>
    oneLine(`not ok ${place + 1} - ${finding.code} line ${finding.line}, ${placeOf(finding)}: ${sentenceOf(finding)}`)
      .replaceAll('\\', '\\\\')
      .replaceAll('#', '\\#'),
  );
  return linesOf([
    'TAP version 14',
    ...(points.length === 0 ? [`ok 1 - ${readingOf(draft)}`] : points),
    `1..${Math.max(1, points.length)}`,
  ]);
};

const junit: Write = (draft) => {
  const { file, findings, checkedAt } = draft;
  const cases = findings.map((finding) =>
    element('testcase', { classname: file, name: `line ${finding.line} ${finding.code}`, time: 0 }, [
      withText(
        'failure',
        { type: finding.code, message: sentenceOf(finding) },
        `${placeOf(finding)}\n${sentenceOf(finding)}`,
      ),
    ]),
  );
  const all = cases.length === 0 ? [element('testcase', { classname: file, name: readingOf(draft), time: 0 })] : cases;
  const counts = { tests: all.length, failures: findings.length, errors: 0, time: 0 };
  const timestamp = checkedAt.toISOString().replace(/\.\d+Z$/, '');
  const suite = element('testsuite', { name: file, ...counts, skipped: 0, timestamp }, all);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'scim-conformance draft check', ...counts }, [suite])}\n`;
};

const markdown: Write = (draft) => {
  const { file, findings } = draft;
  const rows = findings.map(
    (finding) =>
      `| ${finding.line} | ${inert(placeOf(finding))} | ${finding.code} | ${inert(finding.expected)} | ${inert(finding.actual)} | ${inert(finding.source)} |`,
  );
  const table =
    rows.length === 0
      ? []
      : ['| line | place | code | expected | actual | source |', '| --- | --- | --- | --- | --- | --- |', ...rows, ''];
  return linesOf([`## ${inert(file)}`, '', ...table, `${countOf(findings)} in ${readingOf(draft)}.`]);
};

const annotations: Write = ({ file, findings }) =>
  linesOf(
    findings.map((finding) =>
      workflowCommand(
        'error',
        { file, line: finding.line, title: finding.code },
        `${placeOf(finding)}: ${sentenceOf(finding)}`,
      ),
    ),
  );

export const draftFormats = {
  pretty,
  json,
  tap,
  junit,
  markdown,
  html: checkHtml,
  sarif,
  annotations,
} satisfies Record<string, Write>;

export type DraftFormatName = keyof typeof draftFormats;
