/** SARIF 2.1.0, the format in which code hosts and editors read what checkers of text find. */
import { harmlessJson } from '../../reports/text/visible-text.js';
import type { DraftCheck } from '../check/check-draft.js';
import { draftCodes } from '../check/finding.js';
import { placeOf, sentenceOf } from './finding-text.js';

const rules = Object.entries(draftCodes).map(([id, text]) => ({ id, shortDescription: { text } }));

export const sarif = ({ file, findings }: DraftCheck & { readonly file: string }): string => {
  const results = findings.map((finding) => ({
    ruleId: finding.code,
    ruleIndex: rules.findIndex(({ id }) => id === finding.code),
    level: 'error',
    message: { text: `${placeOf(finding)}: ${sentenceOf(finding)}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: finding.line } },
        logicalLocations: [{ fullyQualifiedName: placeOf(finding) }],
      },
    ],
  }));
  const run = { tool: { driver: { name: 'scim-conformance', rules } }, results };
  return `${harmlessJson({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, 2)}\n`;
};
