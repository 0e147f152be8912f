/**
 * The suite as a library: run it from your own tests with `runSuite`, or read the catalogue.
 *
 *     const report = await runSuite({ target: { baseUrl, token } });
 *     assert.equal(report.verdict, 'conformant');
 */
export { requirements, findRequirement, profileVersion } from './catalogue/index.js';
export { bindingNames, features, groupOf } from './catalogue/requirement.js';
export type { BindingName, Citation, Feature, Level, Needs, Requirement } from './catalogue/requirement.js';
export { baselineOf, failuresOf, type FailOn, type GateOptions } from './engine/gate.js';
export { runDefaults, type RunOptions } from './engine/run-options.js';
export { cleanRun, type Cleaned } from './engine/clean-run.js';
export { compareReports, type Difference } from './engine/compare.js';
export { mergeReports, MergeError } from './engine/merge-reports.js';
export { discoverTarget, type DiscoveredTarget } from './engine/discover-target.js';
export { planRun, type PlannedRun } from './engine/plan-run.js';
export { Unreachable } from './target/discover.js';
export { findGuide, type Guide } from './guides/index.js';
export { judgeRecording, type JudgeOptions } from './engine/judge-recording.js';
export { readRecording, RecordingError, type Recording } from './trace/recording.js';
export { runSuite } from './engine/run-suite.js';
export { Blocked } from './session/submitting.js';
export { groups, SelectionError, select, type Selection } from './engine/plan.js';
export { judges } from './judges/index.js';
export { scenarios } from './scenarios/index.js';
export { isCredentialField, type OAuthClient, type TargetDescription } from './target/target.js';
export { version } from './version.js';
export type * from './events.js';
export type { Report, RequirementResult, TargetFacts } from '../schemas/types.js';
