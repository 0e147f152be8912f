/** Judges a recorded provider by the profiles of two versions of a draft, and says why its outcomes differ. */
import type { JudgedProvider, OutcomeChange, TouchedChange } from '../../../drafts/index.js';
import {
  compareReports,
  findRequirement,
  judgeRecording,
  SelectionError,
  type Difference,
  type Profile,
  type Recording,
  type Report,
} from '../../../suites/index.js';
import { readTrace } from '../../files/read-trace.js';
import { UsageError } from '../../usage/usage-error.js';

interface Profiles {
  readonly before: Profile;
  readonly after: Profile;
}

/** What one profile says otherwise about the requirement than the other. */
const inProfiles = (id: string, { before, after }: Profiles): string[] => {
  const [was, is] = [before, after].map((profile) => findRequirement(id, profile));
  if (was === undefined) return [`${after.version} has it new`];
  if (is === undefined) return [`${after.version} does not have it`];
  return was.level === is.level ? [] : [`${was.level} in ${before.version}, ${is.level} in ${after.version}`];
};

/** The sentences of the texts that it tests and that are different. */
const inTexts = (id: string, changes: readonly TouchedChange[]): string[] =>
  changes
    .filter(({ touches }) => touches.includes(id))
    .map(({ kind, before, after }) => `a sentence is ${kind}: ${(after ?? before)?.text ?? ''}`);

/** The defect that was seen: under the newer profile, or under the older one if the newer has none. */
const seen = (id: string, reports: readonly [Report, Report]): string[] => {
  const [before, after] = reports.map(({ requirements }) => requirements.find((each) => each.id === id)?.evidence);
  const evidence = after ?? before;
  return evidence === undefined ? [] : [`expected ${evidence.expected}, but ${evidence.actual}`];
};

/** An outcome without evidence that says what the recording does not show. */
const unseen = ({ after, before }: Difference): string[] =>
  after === 'inconclusive'
    ? ['nothing in the recording shows it now']
    : before === 'inconclusive'
      ? ['only now something shows it']
      : [];

/** Whether the provider notices: a requirement that only one profile has concerns it only if it is not met. */
const concernsProvider = ({ before, after }: Difference): boolean =>
  (before !== undefined && after !== undefined) || ['fail', 'warning', 'ambiguous'].includes(after ?? before ?? '');

const judgeBy = async (profile: Profile, recording: Recording, file: string): Promise<Report> => {
  try {
    return await judgeRecording(recording, { profile });
  } catch (error) {
    if (!(error instanceof SelectionError)) throw error;
    throw new UsageError(`${file} cannot be judged by profile ${profile.version}: ${error.message}`);
  }
};

/** Rejects with UsageError if the file is no recording, or if a profile has nothing that the run tested. */
export const judgeByBoth = async (
  file: string,
  profiles: Profiles,
  changes: readonly TouchedChange[],
): Promise<JudgedProvider> => {
  const recording = readTrace(file);
  const { target, only, suites } = recording.head.settings;
  const reports = [
    await judgeBy(profiles.before, recording, file),
    await judgeBy(profiles.after, recording, file),
  ] as const;
  const selected = [...suites, ...only];
  const outcomeOf = (difference: Difference): OutcomeChange => {
    const { id, title, before, after } = difference;
    const why = [...inProfiles(id, profiles), ...inTexts(id, changes), ...seen(id, reports)];
    return { id, title, before, after, why: why.length > 0 ? why : unseen(difference) };
  };
  const judged = ({ profile, verdict }: Report) => ({ profile, verdict });
  return {
    trace: file,
    target,
    ...(selected.length === 0
      ? {}
      : { note: `the run tested only ${selected.join(', ')}, so that nothing else was judged` }),
    before: judged(reports[0]),
    after: judged(reports[1]),
    outcomes: compareReports(...reports)
      .filter(concernsProvider)
      .map(outcomeOf),
  };
};
