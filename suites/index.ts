/**
 * The suite as a library: run it from your own tests with `runSuite`, or read a profile.
 *
 *     const report = await runSuite({ target: { baseUrl, token } });
 *     assert.equal(report.verdict, 'conformant');
 */
export {
  cleanRun,
  discoverTarget,
  findRequirement,
  judgeRecording,
  mergeReports,
  planRun,
  runSuite,
  select,
  type RunOptions,
} from './suite.js';
export { defaultProfile, findProfile, profiles, readProfile } from './profiles/index.js';
export { findScenario, groupsOf, judgedBy, type Profile } from './definitions/profile.js';
export { defineRequirement, readsTraceOf, type Requirement } from './definitions/requirement.js';
export { defineScenario, type Scenario } from './definitions/scenario.js';
export { judgeEach } from './judging/judge.js';
export { step } from './trace/step.js';
export { groupOf, type Level, type RequirementRow } from './contract/requirement-row.js';
export { bindingNames, type BindingName } from './contract/binding-name.js';
export { features, type Feature, type Needs } from './contract/needs.js';
export type { Citation } from './contract/citation.js';
export type { Guide } from './definitions/guide.js';
export { baselineOf, failuresOf, type FailOn, type GateOptions } from './engine/gate.js';
export { runDefaults } from './engine/run-options.js';
export { scopes, type Scope } from './engine/scope.js';
export type { Cleaned } from './engine/clean-run.js';
export { compareReports, type Difference } from './engine/compare.js';
export type { DiscoveredTarget } from './engine/discover-target.js';
export type { PlannedRun } from './engine/plan-run.js';
export type { JudgeOptions } from './engine/judge-recording.js';
export { readRecording, type Recording } from './trace/recording.js';
export type { Selection } from './engine/selection.js';
export { isCredentialField } from './provider/given-fields.js';
export type { OAuthClient, TargetDescription } from './provider/target.js';
export type { ErrorCode } from './errors/codes.js';
export {
  Blocked,
  MergeError,
  ProfileError,
  RecordingError,
  ScimConformanceError,
  SelectionError,
  Unreachable,
} from './errors/errors.js';
export { toolFailed } from './session/end-of-work.js';
export { createClock, type Clock, type Timepiece } from './client/clock.js';
export {
  createHandlerTransport,
  type Handler,
  type HandlerReply,
  type HandlerRequest,
  type Network,
} from './client/handler-transport.js';
export { createVerify } from './security-events/verify-token.js';
export type { RunEnvironment } from './environment/environment.js';
export type { OpenPushServer } from './environment/push-server.js';
export { version } from './version.js';
export type * from './events.js';
export type { Report, RequirementResult, TargetFacts } from '../schemas/types.js';
