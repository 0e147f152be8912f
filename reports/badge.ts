/** A badge for a README: the verdict in a few words. The colour is never more positive than the words. */
import { makeBadge } from 'badge-maker';
import type { Report } from '../schemas/types.js';
import { shortSubjectOf } from './facts/scope.js';
import { isUnjudged, includesId } from './facts/standing.js';

interface Sign {
  readonly message: string;
  readonly color: string;
}

/** Whether the run tested only a part of the profile. Its verdict then says nothing about the rest. */
const isPart = ({ settings }: Report): boolean =>
  settings.suites.length > 0 ||
  settings.only.length > 0 ||
  settings.path !== undefined ||
  settings.shard !== undefined ||
  settings.readOnly;

const conformant = (report: Report): Sign => {
  const { warning } = report.counts;
  if (report.gate?.passed === false) return { message: 'conformant, gate failed', color: 'orange' };
  if (isPart(report)) return { message: 'conformant in part', color: 'yellowgreen' };
  return warning === 0
    ? { message: 'conformant', color: 'brightgreen' }
    : { message: `conformant, ${warning} ${warning === 1 ? 'warning' : 'warnings'}`, color: 'green' };
};

const nonConformant = ({ counts, gate, requirements }: Report): Sign => {
  const known = requirements.filter(({ id, outcome }) => outcome === 'fail' && includesId(gate?.known, id)).length;
  // Known failures do not fail the build, but the badge still shows them.
  if (gate?.passed === true && known > 0) return { message: `${known} known to fail`, color: 'yellowgreen' };
  const fresh = counts.fail - known;
  if (fresh === 0) return { message: `gate failed, ${known} known to fail`, color: 'red' };
  return { message: known === 0 ? `${fresh} failed` : `${fresh} failed, ${known} known`, color: 'red' };
};

const notTestable: Sign = { message: 'not testable', color: 'lightgrey' };

const signOf = (report: Report): Sign => {
  switch (report.verdict) {
    case 'conformant':
      return isUnjudged(report) ? notTestable : conformant(report);
    case 'non-conformant':
      return isUnjudged(report) ? notTestable : nonConformant(report);
    case 'not-testable':
      return notTestable;
    case 'error':
      return { message: 'error of the suite', color: 'lightgrey' };
    case 'inconclusive':
    case 'unreachable':
    case 'interrupted':
      return { message: report.verdict, color: 'lightgrey' };
  }
};

/** An SVG image. */
export const badgeReport = (report: Report): string =>
  `${makeBadge({ label: shortSubjectOf(report), ...signOf(report), style: 'flat' })}\n`;
