/**
 * Every error of this tool has a code that stays the same when its message changes. docs/errors.md explains each code; a
 * test compares the two lists.
 */

/** Why a scenario could not continue. */
export const blockedCodes = [
  'body-too-long',
  'credential-lost',
  'etag-unchanged',
  'events-missing',
  'events-too-long',
  'limit-too-high',
  'limits-contradict',
  'location-without-id',
  'max-requests-reached',
  'max-time-reached',
  'never-throttled',
  'no-access-token',
  'no-answer',
  'no-binding',
  'no-burst',
  'no-etag',
  'no-id',
  'no-location',
  'no-set-txn',
  'no-sets',
  'no-status-token',
  'not-accepted',
  'not-advertised',
  'not-completed',
  'not-created',
  'not-ours',
  'not-restarted',
  'read-only',
  'redirects',
  'run-interrupted',
  'status-token-expired',
  'status-token-lasts',
  'throttled',
  'tool-failed',
  'waited-in-vain',
  'webhook-refused',
  'webhook-unreached',
] as const;

/** Why the work of a run ended before all of it was done: some of the codes above. */
export const endCodes = ['max-time-reached', 'run-interrupted', 'tool-failed', 'waited-in-vain'] as const;

export type EndCode = (typeof endCodes)[number];

export const isEndCode = (code: string | undefined): code is EndCode => endCodes.some((each) => each === code);

/** Why there is no access token. */
export const noAccessTokenCodes = [
  'token-endpoint-unreachable',
  'token-expired',
  'token-refused',
  'unsafe-token-url',
] as const;

/** Why there is nothing to test. */
export const unreachableCodes = [
  'always-throttled',
  'config-too-long',
  'credential-lost',
  'credential-refused',
  'forbidden',
  'html-page',
  'no-connection',
  'no-scim',
  'redirected',
  'second-credential-refused',
  'server-error',
  'token-endpoint-unreachable',
] as const;

/** Which option the user has to change. */
export const selectionCodes = [
  'event-stream-full',
  'malformed-path',
  'no-access-token',
  'no-such-scope',
  'path-not-on-this-target',
  'port-taken',
  'same-client-twice',
  'unknown-client',
  'unknown-input',
  'unknown-requirement',
  'unknown-scenario',
  'unknown-suite',
] as const;

/** Why reports are not the parts of one run. */
export const mergeCodes = [
  'different-settings',
  'different-sharding',
  'different-targets',
  'different-versions',
  'missing-parts',
  'not-a-part',
  'nothing-to-merge',
  'repeated-part',
  'unknown-profile',
] as const;

/** Why a text is not a recorded run. */
export const recordingCodes = ['empty-recording', 'misplaced-line', 'not-a-trace-line', 'not-json'] as const;

/** What is wrong with a profile file. */
export const profileCodes = [
  'bad-rule',
  'bad-selection',
  'colliding-renames',
  'existing-requirement',
  'invalid-file',
  'needed-for-verdict',
  'not-json',
  'unknown-name',
  'unknown-requirement',
] as const;

/** Why a rule of a profile file decides nothing about a target. */
export const ruleCodes = ['request-invalid', 'rule-failed', 'rule-too-slow', 'rule-undecided'] as const;

/** Whether the author of a profile file has to look at it. */
export const isRuleCode = (code: string | undefined): boolean => ruleCodes.some((each) => each === code);

/** What failed in this tool itself. */
export const harnessCodes = ['judge-crashed', 'not-recorded', 'recorded-crash', 'scenario-crashed'] as const;

/** All codes, by the names of the errors that have them. */
export const errorCodes = {
  Blocked: blockedCodes,
  HarnessError: harnessCodes,
  MergeError: mergeCodes,
  NoAccessToken: noAccessTokenCodes,
  ProfileError: profileCodes,
  RecordingError: recordingCodes,
  RuleError: ruleCodes,
  SelectionError: selectionCodes,
  Unreachable: unreachableCodes,
} as const;

export type ErrorName = keyof typeof errorCodes;

/** The codes of the error of this name. */
export type CodeOf<Name extends ErrorName> = (typeof errorCodes)[Name][number];

export type ErrorCode = CodeOf<ErrorName>;
