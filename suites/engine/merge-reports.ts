/** Combines the reports of all parts of a run (`--shard`) into one report. */
import type {
  ClientShape,
  Evidence,
  OutcomeCounts,
  Report,
  RequirementResult,
  Settings,
  TargetFacts,
} from '../../schemas/types.js';
import { findRequirement, type Profile } from '../definitions/profile.js';
import type { GateOptions } from './gate.js';
import { enoughExercises } from './confirm.js';
import { inOrder } from './client-table.js';
import { guideTo } from './outcome.js';
import { demandsOf } from './verdict/run-state.js';
import { judgeRun } from './verdict/verdict.js';
import { writeReport } from './write-report.js';
import { isEndCode } from '../errors/codes.js';
import { MergeError } from '../errors/errors.js';

/** Strongest first: a finding of one part counts even if the other parts did not see it. */
const strength: readonly (keyof OutcomeCounts)[] = [
  'harness-error',
  'fail',
  'warning',
  'inconclusive',
  'ambiguous',
  'pass',
  'skip',
  'not-implemented',
];

/**
 * A part that had no exercise for a requirement is inconclusive without evidence: this is weaker than a pass of another
 * part. But a part that ran out of time has left out exercises that nobody made.
 */
const rankOf = ({ outcome, evidence, blockedBy }: RequirementResult): number =>
  outcome === 'inconclusive' && evidence === undefined && !isEndCode(blockedBy)
    ? strength.indexOf('pass') + 0.5
    : strength.indexOf(outcome);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** One defect in all parts, with the evidence of a part that confirmed it, if there is one. */
interface Merged {
  readonly evidence: Evidence;
  readonly isConfirmed: boolean;
}

/** Each code that some part has evidence of, once. All parts together may have seen a defect often enough to confirm it. */
const mergeEvidence = (results: readonly RequirementResult[]): Merged[] => {
  const all = results.flatMap(({ outcome, evidence, alsoFound = [] }) =>
    [evidence, ...alsoFound].flatMap((each) =>
      each === undefined ? [] : [{ evidence: each, isConfirmed: outcome !== 'inconclusive' }],
    ),
  );
  const codes = new Set(all.map(({ evidence: { level, code } }) => `${level} ${code}`));
  const merged = [...codes].flatMap((key): Merged[] => {
    const those = all.filter(({ evidence: { level, code } }) => `${level} ${code}` === key);
    const first = those.find(({ isConfirmed }) => isConfirmed) ?? those[0];
    if (first === undefined) return [];
    const exercises = sum(those.map(({ evidence }) => evidence.exercises ?? 1));
    const occurrences = sum(those.map(({ evidence }) => evidence.occurrences));
    const evidence = { ...first.evidence, exercises, occurrences };
    const isConfirmed = first.isConfirmed || exercises >= enoughExercises;
    if (isConfirmed) delete evidence.again;
    return [{ evidence, isConfirmed }];
  });
  return [
    ...merged.filter(({ evidence }) => evidence.level === 'MUST'),
    ...merged.filter(({ evidence }) => evidence.level === 'SHOULD'),
  ];
};

const mergeResults = (profile: Profile, results: readonly RequirementResult[]): RequirementResult => {
  const [strongest] = [...results].sort((a, b) => rankOf(a) - rankOf(b));
  if (strongest === undefined) throw new MergeError('nothing-to-merge', 'there is nothing to merge');
  const exercised = sum(results.map((each) => each.exercised));
  const whole: RequirementResult = { ...strongest, exercised };
  const merged = mergeEvidence(results);
  const confirmed = merged.filter(({ isConfirmed }) => isConfirmed).map(({ evidence }) => evidence);
  const [first, ...alsoFound] = confirmed;
  if (strongest.outcome === 'harness-error' || merged.length === 0) return whole;
  const seen = results.flatMap(({ unconfirmed = [] }) => unconfirmed);
  const unconfirmed = [...new Set(seen)].filter((code) => !confirmed.some((each) => each.code === code));
  delete whole.unconfirmed;
  delete whole.alsoFound;
  if (unconfirmed.length > 0) whole.unconfirmed = unconfirmed;
  if (first === undefined) {
    const shown = merged[0]?.evidence;
    return shown === undefined ? whole : { ...whole, evidence: shown };
  }
  delete whole.reason;
  delete whole.blockedBy;
  const requirement = findRequirement(profile, whole.id);
  return {
    ...whole,
    outcome: first.level === 'MUST' ? 'fail' : 'warning',
    evidence: first,
    ...(alsoFound.length === 0 ? {} : { alsoFound }),
    ...(requirement === undefined ? {} : guideTo(requirement, first)),
  };
};

const withoutShard = (settings: Settings): Settings => {
  const whole = { ...settings };
  delete whole.shard;
  return whole;
};

/** The settings that all parts must share: only the places where the target reaches the suite may differ. */
const commonSettings = (settings: Settings): string => {
  const common = withoutShard(settings);
  delete common.setPush;
  delete common.setPushUrl;
  delete common.webhookPort;
  delete common.webhookUrl;
  return JSON.stringify(common);
};

/** The facts that decide which exercises there are. */
const planningFacts = ({ scope, bindings, capabilities, features, bulkRoom, deliveries }: TargetFacts): string =>
  JSON.stringify([scope, Object.keys(bindings).sort(), capabilities, [...features].sort(), bulkRoom, deliveries]);

/** Each part runs its share of the exercises: if the parts found different targets, no part ran some of them. */
const demandOneTarget = (reports: readonly Report[]): void => {
  const met = reports.flatMap(({ target, verdict }) =>
    target === undefined || verdict === 'unreachable' || verdict === 'error' ? [] : [planningFacts(target)],
  );
  if (new Set(met).size > 1)
    throw new MergeError(
      'different-targets',
      'the parts found different targets (bindings, capabilities, features or limits), so no part ran some of the exercises: run all parts again',
    );
};

/** Throws MergeError if the reports are not all parts of one run, each once. */
const demandWhole = (reports: readonly Report[]): readonly Report[] => {
  const [first] = reports;
  if (first === undefined) throw new MergeError('nothing-to-merge', 'there is nothing to merge');
  const of = first.settings.shard?.of;
  if (of === undefined)
    throw new MergeError('not-a-part', `the report of run ${first.run} is not of a part of a run (--shard)`);
  for (const report of reports) {
    if (report.tool !== first.tool || report.profile !== first.profile)
      throw new MergeError('different-versions', 'the reports were made by different versions of scim-conformance');
    if (commonSettings(report.settings) !== commonSettings(first.settings))
      throw new MergeError(
        'different-settings',
        'the reports are of runs with different settings (target, seed, selection, limits …)',
      );
    if (report.settings.shard?.of !== of)
      throw new MergeError('different-sharding', 'the reports are of runs with different numbers of parts');
  }
  demandOneTarget(reports);
  const places = reports.map(({ settings }) => settings.shard?.index ?? 0);
  const missing = Array.from({ length: of }, (_, place) => place + 1).filter((place) => !places.includes(place));
  if (missing.length > 0)
    throw new MergeError('missing-parts', `of the ${of} parts these are missing: ${missing.join(', ')}`);
  if (new Set(places).size !== places.length)
    throw new MergeError('repeated-part', 'the same part was given more than once');
  return [...reports].sort((a, b) => (a.settings.shard?.index ?? 0) - (b.settings.shard?.index ?? 0));
};

const earliest = (dates: readonly string[]): string => [...dates].sort()[0] ?? '';

/** Each shape was tried by one part; undefined if no client was asked for. */
const mergeClients = (profile: Profile, reports: readonly Report[]): ClientShape[] | undefined => {
  const tables = reports.flatMap(({ clients }) => (clients === undefined ? [] : [clients]));
  return tables.length === 0 ? undefined : inOrder(profile, tables.flat());
};

/** Throws MergeError. */
export const mergeReports = (profile: Profile, parts: readonly Report[], gate: GateOptions = {}): Report => {
  const reports = demandWhole(parts);
  const [first] = reports;
  const broken = reports.find(
    ({ exitCode, verdict }) => exitCode === 130 || verdict === 'unreachable' || verdict === 'error',
  );
  const target = reports.find((report) => report.target !== undefined)?.target;
  if (first === undefined) throw new MergeError('nothing-to-merge', 'there is nothing to merge');
  const results = first.requirements.map(({ id }) =>
    mergeResults(
      profile,
      reports.flatMap(({ requirements }) => requirements.filter((result) => result.id === id)),
    ),
  );
  const traffic = {
    exchanges: sum(reports.map((report) => report.traffic.exchanges)),
    submissions: sum(reports.map((report) => report.traffic.submissions)),
    accepted: sum(reports.map((report) => report.traffic.accepted)),
    exercises: sum(reports.map((report) => report.traffic.exercises)),
  };
  const state =
    broken !== undefined || target === undefined
      ? undefined
      : {
          results,
          traffic,
          facts: target,
          endedBy: undefined,
          ...demandsOf(profile),
          ...(first.outOfScope === undefined ? {} : { outOfScope: first.outOfScope }),
          wantsBoth: first.settings.binding === 'both',
          readOnly: first.settings.readOnly,
        };
  const { verdict, exitCode, reason } = broken ?? first;
  return writeReport({
    profile: first.profile,
    run: reports.map(({ run }) => run).join('+'),
    startedAt: earliest(reports.map(({ startedAt }) => startedAt)),
    finishedAt: [...reports.map(({ finishedAt }) => finishedAt)].sort().at(-1) ?? '',
    verdict: state === undefined ? { verdict, exitCode, reason } : judgeRun(state),
    settings: withoutShard(first.settings),
    facts: target,
    results,
    timeline: reports.flatMap(({ timeline }) => timeline ?? []),
    gate,
    state,
    traffic,
    rateLimit: reports.find(({ rateLimit }) => rateLimit !== undefined)?.rateLimit,
    clients: mergeClients(profile, reports),
    time: {
      total: sum(reports.map(({ time }) => time.total)),
      waiting: sum(reports.map(({ time }) => time.waiting)),
      work: sum(reports.map(({ time }) => time.work)),
    },
    leftovers: reports.flatMap(({ leftovers }) => leftovers),
  });
};
