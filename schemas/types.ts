/** Generated from the JSON Schemas by «npm run generate»; do not edit. */

/**
 * One rule of XFRM-01, applied to the data of every operation that creates or replaces a user, before it is validated. An expression is written in JSONata; its input is the user as the rules before it have left it.
 */
export type TransformRule =
  TransformNormalise | TransformMap | TransformConditional | TransformDefault | TransformFormat;
/**
 * `inconclusive`: no MUST failed, but a requirement that carries the lifecycle of a served binding could not be judged.
 */
export type Verdict =
  'conformant' | 'non-conformant' | 'inconclusive' | 'not-testable' | 'unreachable' | 'error' | 'interrupted';
/**
 * One line of the events of a run (NDJSON), as --events writes them while the run goes on. Credentials are replaced as in a trace. A line of a type that a program does not know may be ignored.
 */
export type EventLine =
  | RunStartedLine
  | TargetDiscoveredLine
  | ExercisedLine
  | ExerciseFinishedLine
  | FindingLine
  | ShrinkingLine
  | FindingRepeatedLine
  | RequirementJudgedLine
  | CleaningUpLine
  | RunFinishedLine;
/**
 * Why the suite sent a request; judges find exchanges by it.
 */
export type Purpose =
  | 'discover'
  | 'create'
  | 'read'
  | 'replace'
  | 'patch'
  | 'delete'
  | 'bulk'
  | 'search'
  | 'submit'
  | 'poll'
  | 'status-read'
  | 'status-canonical'
  | 'status-advertised'
  | 'status-unknown'
  | 'status-method'
  | 'status-conditional'
  | 'hostile-id'
  | 'malformed'
  | 'refusal'
  | 'unknown-resource'
  | 'duplicate'
  | 'fuzz'
  | 'unauthenticated'
  | 'foreign-status'
  | 'status-token'
  | 'retry'
  | 'cancel'
  | 'burst'
  | 'meanwhile'
  | 'result-access'
  | 'event-poll'
  | 'event-push'
  | 'webhook'
  | 'webhook-delivery'
  | 'audit'
  | 'message'
  | 'message-status'
  | 'probe'
  | 'cleanup';
/**
 * Field lines in order, names as sent.
 */
export type HeaderList = [string, string][];
/**
 * Profile §5; harness-error is a bug of this tool.
 */
export type Outcome =
  'pass' | 'fail' | 'warning' | 'skip' | 'inconclusive' | 'ambiguous' | 'not-implemented' | 'harness-error';
export type Sources = DeclaredSource[];
export type Rule = BodyRule | FieldRule | ExchangeRule | HistoryRule;
/**
 * The value of a header field, or where to read it.
 */
export type HeaderValue =
  | string
  | {
      /**
       * Name of an environment variable.
       */
      env?: string;
      /**
       * Path of a file that holds the value.
       */
      file?: string;
      /**
       * The value of a field that is no credential: every request has it, and reports show it.
       */
      public?: string;
    };
/**
 * One line of a recorded trace (NDJSON): the run, then for each exercise its head, its entries in order, and its end. Credentials are replaced by {{primary}}, {{second}} and {{invalid}} before anything is recorded.
 */
export type TraceLine =
  RunHead | DiscoveredLine | ExerciseHead | Exchange | Submission | Settlement | ReceivedToken | ExerciseEnd | RunEnd;
/**
 * xsd:dateTime, whose time zone is optional (RFC 7643 §2.3.5).
 */
export type DateTime = string;

/**
 * Every schema by its name: its path below schemas/ without .json.
 */
export interface SchemaTypes {
  'async/accepted-headers': AcceptedHeaders;
  'async/audit-entry': AuditEntry;
  'async/bulk-options': BulkOptions;
  'async/provision-status': ProvisionStatus;
  'async/queue-message': QueueMessage;
  'async/security-event-token': SecurityEventToken;
  'async/security-events': SecurityEvents;
  'async/service-provider-config': AsyncServiceProviderConfig;
  'async/webhook-delivery': WebhookDelivery;
  'async/webhook-registration': WebhookRegistration;
  'files/attestation': Attestation;
  'files/baseline': Baseline;
  'files/draft-map': DraftMap;
  'files/event': EventLine;
  'files/mock': MockFile;
  'files/profile': ProfileFile;
  'files/report': Report;
  'files/target': TargetFile;
  'files/trace': TraceLine;
  'scim/bulk-request': BulkRequest;
  'scim/bulk-response': BulkResponse;
  'scim/error': ScimError;
  'scim/group': Group;
  'scim/list-response': ListResponse;
  'scim/patch-op': PatchOp;
  'scim/service-provider-config': ServiceProviderConfig;
  'scim/user': User;
}
/**
 * Header fields of the 202 of the request-mode binding (profile §2), names in lower case.
 */
export interface AcceptedHeaders {
  location: string;
  'x-request-id'?: string;
  'x-scim-request-mode'?: string;
  'retry-after'?: string;
  'cache-control'?: string;
  'content-type'?: string;
  [k: string]: unknown;
}
/**
 * An entry of the audit trail: a resource in the answer of `auditEndpoint`, or a line of a log (AUD-01).
 */
export interface AuditEntry {
  id?: string;
  time: string;
  /**
   * Who did it: a name, never a credential.
   */
  client: string;
  /**
   * `status.read`, `state.changed`, or another.
   */
  action: string;
  /**
   * `id` of the status resource.
   */
  request: string;
  /**
   * For a change: the new state (profile §3).
   */
  state?: string;
  /**
   * `success`, `failure`, or another.
   */
  outcome: string;
  /**
   * For a read: the HTTP status of the answer.
   */
  status?: number;
  [k: string]: unknown;
}
/**
 * Options of a bulk request under the BulkOptions URN (profile §4).
 */
export interface BulkOptions {
  rollbackOnError?: boolean;
  priority?: 'low' | 'normal' | 'high';
  onConflict?: 'fail' | 'skip' | 'overwrite';
  transform?: TransformRule[];
  [k: string]: unknown;
}
/**
 * Brings a value into a standard form.
 */
export interface TransformNormalise {
  op: 'normalise';
  attribute: string;
  to: 'lowercase' | 'uppercase' | 'trim';
  [k: string]: unknown;
}
/**
 * Replaces a value by another one; the operation fails if the value has no entry.
 */
export interface TransformMap {
  op: 'map';
  attribute: string;
  values: {
    [k: string]: string;
  };
  [k: string]: unknown;
}
/**
 * Sets an attribute if a condition is true: another attribute has a certain value, or an expression is true.
 */
export interface TransformConditional {
  op: 'conditional';
  attribute: string;
  when: TransformCondition;
  value?: unknown;
  expression?: string;
  [k: string]: unknown;
}
export interface TransformCondition {
  attribute?: string;
  equals?: unknown;
  expression?: string;
  [k: string]: unknown;
}
/**
 * Sets an attribute if it has no value.
 */
export interface TransformDefault {
  op: 'default';
  attribute: string;
  value?: unknown;
  expression?: string;
  [k: string]: unknown;
}
/**
 * Builds a value from other attributes, which are named in braces, or by an expression.
 */
export interface TransformFormat {
  op: 'format';
  attribute: string;
  template?: string;
  expression?: string;
  [k: string]: unknown;
}
/**
 * Status resource of an asynchronous request (the paper, «Status Tracking Schema»; profile §2). state, meta and Operations come from the profile and have their own requirements.
 */
export interface ProvisionStatus {
  schemas: string[];
  id: string;
  operationsCount: OperationsCount;
  status: StatusBooleans;
  state?: string;
  meta?: {
    [k: string]: unknown;
  };
  Operations?: {
    [k: string]: unknown;
  }[];
  statusToken?: StatusToken;
  [k: string]: unknown;
}
export interface OperationsCount {
  total: number;
  success: number;
  failed: number;
  pending: number;
  [k: string]: unknown;
}
export interface StatusBooleans {
  completed: boolean;
  success: boolean;
  [k: string]: unknown;
}
/**
 * TOK-01.
 */
export interface StatusToken {
  value: string;
  expiresAt: string;
  [k: string]: unknown;
}
/**
 * A message that becomes an asynchronous request (the paper, «Integration Patterns»; MSGQ-01).
 */
export interface QueueMessage {
  operation: string;
  source: string;
  target: string;
  batchSize?: number;
  priority?: 'low' | 'normal' | 'high';
  [k: string]: unknown;
}
/**
 * Claims of a SCIM security event token (RFC 8417 §2.2, RFC 9967 §2). EVT-09 checks its signature.
 */
export interface SecurityEventToken {
  iss: string;
  iat: number;
  jti: string;
  aud?: string | string[];
  txn?: string;
  toe?: number;
  sub_id: ScimSubject;
  events: ScimEvents;
  [k: string]: unknown;
}
export interface ScimSubject {
  format: 'scim';
  /**
   * A path under the base URL, with or without a slash before it (RFC 9967 §2.1).
   */
  uri: string;
  externalId?: string;
  id?: string;
  [k: string]: unknown;
}
export interface ScimEvents {
  'urn:ietf:params:scim:event:feed:add'?: {
    [k: string]: unknown;
  };
  'urn:ietf:params:scim:event:feed:remove'?: {
    [k: string]: unknown;
  };
  'urn:ietf:params:scim:event:prov:create:full'?: FullEvent;
  'urn:ietf:params:scim:event:prov:create:notice'?: NoticeEvent;
  'urn:ietf:params:scim:event:prov:patch:full'?: FullEvent;
  'urn:ietf:params:scim:event:prov:patch:notice'?: NoticeEvent;
  'urn:ietf:params:scim:event:prov:put:full'?: FullEvent;
  'urn:ietf:params:scim:event:prov:put:notice'?: NoticeEvent;
  'urn:ietf:params:scim:event:prov:delete'?: EventWithoutPayload;
  'urn:ietf:params:scim:event:prov:activate'?: EventWithoutPayload;
  'urn:ietf:params:scim:event:prov:deactivate'?: EventWithoutPayload;
  'urn:ietf:params:scim:event:misc:asyncresp'?: BulkOperationResult;
  [k: string]: unknown;
}
export interface FullEvent {
  data: {
    [k: string]: unknown;
  };
  version?: string;
  [k: string]: unknown;
}
export interface NoticeEvent {
  attributes: string[];
  version?: string;
  [k: string]: unknown;
}
export interface EventWithoutPayload {
  [k: string]: unknown;
}
/**
 * Result of one operation (RFC 7644 §3.7.3); on error `response` holds a SCIM error.
 */
export interface BulkOperationResult {
  method: string;
  bulkId?: string;
  version?: string;
  location?: string;
  status: string;
  response?: {
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * securityEvents of ServiceProviderConfig (RFC 9967 §4). asyncRequest is matched without regard to case. An absent list is the same as an empty one (RFC 7643 §2.5).
 */
export interface SecurityEvents {
  asyncRequest: string;
  eventUris?: string[];
  [k: string]: unknown;
}
/**
 * Extension of ServiceProviderConfig by which a provider advertises the request-mode binding (profile §2, D9).
 */
export interface AsyncServiceProviderConfig {
  /**
   * At least one of synchronous and asynchronous, in any letter case (D1); other modes are ignored (profile §2).
   */
  requestModes: string[];
  /**
   * Template with {id}; a path under the base URL, or a URL.
   */
  statusEndpoint?: string;
  /**
   * Where the audit trail of a request is read (AUD-01): a template with {id}; a path under the base URL, or a URL.
   */
  auditEndpoint?: string;
  /**
   * Where messages are sent by POST (MSGQ-01); a path under the base URL, or a URL.
   */
  messageEndpoint?: string;
  statusRetentionSeconds?: number;
  features?: string[];
  [k: string]: unknown;
}
/**
 * Body that a provider posts to a registered endpoint (HOOK-02, HOOK-03).
 */
export interface WebhookDelivery {
  /**
   * The same for all retries of a delivery.
   */
  id: string;
  eventType: string;
  occurredAt?: string;
  attributes: {
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * Body of POST /integration/webhook (the paper, «Integration Patterns»; HOOK-01).
 */
export interface WebhookRegistration {
  eventType: string;
  endpoint: string;
  attributes?: string[];
  secret: string;
  [k: string]: unknown;
}
/**
 * What `report --attest` signs: a run, with the digests of its report and of its trace.
 */
export interface Attestation {
  format: 1;
  /**
   * Version of scim-conformance.
   */
  tool: string;
  profile: string;
  /**
   * Id of the run.
   */
  run: string;
  target: string;
  startedAt: string;
  verdict: Verdict;
  report: Digested;
  trace: Digested;
}
export interface Digested {
  /**
   * Of the report in canonical form (RFC 8785), or of the bytes of the trace.
   */
  sha256: string;
}
/**
 * Known failures of a target: they do not fail a run, but a run fails if one of them no longer occurs.
 */
export interface Baseline {
  $schema?: string;
  /**
   * Version of this file format. In format 1 no entry has a code: an entry excuses every failure of its requirement.
   */
  format: 1 | 2;
  known: KnownFailure[];
}
export interface KnownFailure {
  id: string;
  /**
   * The code of the known defect («explain ID» lists the codes); absent if no defect was found, for example for an inconclusive requirement.
   */
  code?: string;
  /**
   * The known outcome: a known warning that becomes a failure counts as new.
   */
  outcome: 'fail' | 'warning' | 'inconclusive';
  /**
   * Why it is tolerated, and until when.
   */
  reason: string;
}
/**
 * Which requirement tests which normative sentence of a draft. It is made by `draft requirements --write`, and reviewed like code.
 */
export interface DraftMap {
  $schema?: string;
  format: 1;
  /**
   * The draft as requirements cite it, such as «RFC 9967».
   */
  cites: string;
  sentences: MappedSentence[];
  /**
   * Requirements that cite the draft although no sentence with a key word says what they test.
   */
  unstated?: UnstatedRequirement[];
}
export interface MappedSentence {
  /**
   * The id of the sentence, which is made of its key word and its text.
   */
  id: string;
  section?: string;
  /**
   * Its first words, for the reader of this file.
   */
  begins?: string;
  /**
   * The requirements that test it.
   */
  requirements: string[];
  /**
   * Why no requirement tests it, or why a requirement has another level than its key word.
   */
  why?: string;
  /**
   * The id of the older sentence from which `requirements` and `why` were taken over. Delete it when you have reviewed them.
   */
  was?: string;
}
export interface UnstatedRequirement {
  requirement: string;
  /**
   * Where the draft says it all the same.
   */
  why: string;
}
/**
 * First line: the run, its versions and its options.
 */
export interface RunStartedLine {
  type: 'run-started';
  /**
   * When it happened.
   */
  time: string;
  /**
   * Marks every resource that the run creates: scimc-<run>-…
   */
  run: string;
  startedAt: string;
  /**
   * Version of scim-conformance.
   */
  tool: string;
  /**
   * Version of the profile that is tested.
   */
  profile: string;
  settings: Settings;
}
export interface Settings {
  target: string;
  /**
   * The target file, as the user named it; absent: none.
   */
  targetFile?: string;
  /**
   * Whether any TLS certificate was accepted; absent: no.
   */
  insecure?: boolean;
  suites: string[];
  only: string[];
  /**
   * Version of the profile that was tested.
   */
  profile?: string;
  /**
   * The profile file, as the user named it; absent: none.
   */
  profileFile?: string;
  seed: number;
  path?: string;
  runs: number;
  timeoutMs: number;
  deadlineMs: number;
  concurrency: number;
  binding: 'auto' | 'request-mode' | 'respond-async' | 'both';
  /**
   * The scope that the user wants to be judged; absent: as the target shows.
   */
  scope?: 'async' | 'sync' | 'all';
  /**
   * Bindings that the target serves according to the user; absent: none.
   */
  serves?: ('request-mode' | 'respond-async')[];
  /**
   * Optional features that the target has according to the user; absent: none.
   */
  features?: string[];
  observe: 'auto' | 'result' | 'poll' | 'push';
  /**
   * URL that was polled for security event tokens, without user, password and query, which may be secret; absent: none.
   */
  setPoll?: string;
  /**
   * Port for pushed security event tokens, 0 for a free one; absent: none.
   */
  setPush?: number;
  /**
   * URL at which the provider reaches that port, as the user gave it; absent: the loopback address.
   */
  setPushUrl?: string;
  /**
   * Port for deliveries to webhooks, 0 for a free one; absent: none.
   */
  webhookPort?: number;
  /**
   * URL at which the provider reaches that port, as the user gave it; absent: the loopback address.
   */
  webhookUrl?: string;
  /**
   * URL or file with the keys of security event tokens, as the user named it; absent: none.
   */
  jwks?: string;
  /**
   * Number of requests in a burst; 0: no burst is made.
   */
  burst: number;
  /**
   * Whether the run was allowed only to read.
   */
  readOnly: boolean;
  /**
   * The most exchanges that the run may make, without the cleanup; absent: no limit.
   */
  maxRequests?: number;
  /**
   * Milliseconds that the whole run may take, 0: no limit; absent in older reports.
   */
  maxTimeMs?: number;
  /**
   * The most exchanges in a second; absent: no limit.
   */
  maxRps?: number;
  /**
   * Clients whose request shapes were sent (--clients); absent: none.
   */
  clients?: string[];
  shard?: Shard;
}
/**
 * The part of all exercises that was run; absent: all.
 */
export interface Shard {
  index: number;
  of: number;
}
/**
 * The target has answered, and its facts are known.
 */
export interface TargetDiscoveredLine {
  type: 'discovered';
  /**
   * When it happened.
   */
  time: string;
  target: TargetFacts;
  /**
   * Number of selected requirements.
   */
  requirements: number;
  /**
   * Number of planned exercises: scenarios times inputs.
   */
  exercises: number;
}
/**
 * What discovery found: a judge may use these facts about the target, and the trace, but nothing else.
 */
export interface TargetFacts {
  /**
   * SCIM base URL without a trailing slash.
   */
  baseUrl: string;
  /**
   * Whether a first credential was given.
   */
  authenticated: boolean;
  /**
   * Whether a second credential was given.
   */
  secondCredential: boolean;
  /**
   * Names of header fields that the user gave and that may or may not be credentials: requests without the first credential do not have them.
   */
  guardedFields?: string[];
  /**
   * How each asynchronous binding was found; a binding that is not served is absent.
   */
  bindings: {
    'request-mode'?: 'advertised' | 'declared' | 'probed';
    'respond-async'?: 'advertised' | 'declared' | 'probed';
  };
  /**
   * What is judged: asynchronous SCIM with the synchronous ground under it, synchronous SCIM only, or both; absent: async.
   */
  scope?: 'async' | 'sync' | 'all';
  /**
   * The result of the search for bindings, as a clause.
   */
  bindingNote: string;
  capabilities: {
    patch: boolean;
    bulk: boolean;
    filter: boolean;
    /**
     * Whether GET /Groups is answered 200.
     */
    groups: boolean;
    /**
     * Whether lists have pages by cursor (RFC 9865 §4); absent if ServiceProviderConfig does not say so.
     */
    cursor?: boolean;
    /**
     * Whether lists have pages by index (RFC 9865 §4); absent if ServiceProviderConfig does not say so.
     */
    index?: boolean;
  };
  /**
   * In operations.
   */
  bulkMaxOperations?: number;
  /**
   * The most operations that the suite sends in one bulk request, so that it keeps the limits of number and size.
   */
  bulkRoom?: number;
  /**
   * In bytes.
   */
  bulkMaxPayloadSize?: number;
  /**
   * The features that the target advertises, and those that the user names.
   */
  features: string[];
  requestModes?: string[];
  statusEndpoint?: string;
  /**
   * The async extension of ServiceProviderConfig as sent; absent if there is none.
   */
  asyncExtension?: unknown;
  /**
   * securityEvents of ServiceProviderConfig as sent; absent if there is none.
   */
  securityEvents?: unknown;
  /**
   * The member of ServiceProviderConfig other than securityEvents in which an asyncRequest was found.
   */
  asyncRequestElsewhere?: string;
  /**
   * How the suite observes completions of the respond-async binding: at the result URI, by polling (RFC 8936) or by push (RFC 8935).
   */
  observation?: 'result' | 'poll' | 'push';
  /**
   * Ways in which the target can reach the suite: security event tokens by poll and push, and webhooks.
   */
  deliveries?: ('poll' | 'push' | 'webhook')[];
  /**
   * Whether the suite can restart the target; absent: no.
   */
  restartable?: true;
  /**
   * The source of the keys that signatures are checked with.
   */
  signingKeys?: string;
  /**
   * Why there are no keys, as a sentence.
   */
  noSigningKeys?: string;
  /**
   * Paths of attributes that the target demands and its /Schemas describes. The run sent them with invented values.
   */
  inventedAttributes?: string[];
  /**
   * Paths of attributes that the suite writes in users, and that the target describes in its /Schemas as read-only; absent: none, or not known.
   */
  readOnlyAttributes?: string[];
}
/**
 * An exercise was executed: by the plan, or to confirm a finding or make it smaller.
 */
export interface ExercisedLine {
  type: 'exercised';
  /**
   * When it happened.
   */
  time: string;
  /**
   * Unique in the run.
   */
  name: string;
  scenario: string;
  /**
   * Absent if the scenario needs no particular binding.
   */
  binding?: 'request-mode' | 'respond-async';
  /**
   * The path from which the scenario's generator makes the same input again.
   */
  path: string;
  /**
   * The generated input.
   */
  input: unknown;
  /**
   * As in a trace.
   */
  entries: (Exchange | Submission | Settlement | ReceivedToken)[];
  /**
   * Why the scenario could not continue, as a sentence.
   */
  blocked?: string;
  /**
   * The code for that reason (docs/errors.md).
   */
  blockedBy?: string;
  /**
   * The error in this tool that ended the exercise.
   */
  crashed?: string;
  /**
   * Why the work of a run ended early: a code of docs/errors.md.
   */
  endedBy?: 'max-time-reached' | 'run-interrupted' | 'tool-failed' | 'waited-in-vain';
}
/**
 * One HTTP request and its response, or its failure.
 */
export interface Exchange {
  type: 'exchange';
  /**
   * Number among the entries of its exercise.
   */
  n: number;
  purpose: Purpose;
  credential: 'primary' | 'second' | 'none' | 'invalid' | 'status-token';
  /**
   * The submission it observes or belongs to.
   */
  submission?: number;
  /**
   * The userName or resource it is about.
   */
  subject?: string;
  /**
   * The name of the scenario's step.
   */
  variant?: string;
  /**
   * The throttled exchange that it repeats.
   */
  retryOf?: number;
  /**
   * Milliseconds from the start of the run.
   */
  at: number;
  /**
   * Milliseconds until the answer was read.
   */
  took: number;
  request: RecordedRequest;
  response?: RecordedResponse;
  failure?: ExchangeFailure;
}
export interface RecordedRequest {
  method: string;
  url: string;
  headers: HeaderList;
  body?: string;
  /**
   * Whether only the beginning of the body was kept; absent: no.
   */
  truncated?: boolean;
}
/**
 * Absent if the exchange failed.
 */
export interface RecordedResponse {
  status: number;
  headers: HeaderList;
  body: string;
  /**
   * Whether only the beginning of the body was kept.
   */
  truncated: boolean;
}
/**
 * Why there is no response.
 */
export interface ExchangeFailure {
  code: 'timeout' | 'connection' | 'no-connection' | 'foreign-origin' | 'interrupted';
  message: string;
}
/**
 * An asynchronous request: recorded when its answer was read.
 */
export interface Submission {
  type: 'submission';
  n: number;
  binding: 'request-mode' | 'respond-async';
  shape: 'single' | 'bulk';
  /**
   * The exchange with the request.
   */
  exchange: number;
  /**
   * Whether the answer was 202.
   */
  accepted: boolean;
  /**
   * Absolute URL of the status resource, or of the result.
   */
  location?: string;
  /**
   * Set-Txn of the 202 (RFC 9967 §3).
   */
  txn?: string;
  /**
   * X-Request-ID that the client sent.
   */
  requestId?: string;
  /**
   * `failOnErrors` of a bulk request: its results may end where it stopped (RFC 7644 §3.7).
   */
  failOnErrors?: number;
  operations: SubmittedOperation[];
}
export interface SubmittedOperation {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  bulkId?: string;
  expected: 'success' | 'failure';
  /**
   * HTTP status that a failure should report.
   */
  status?: string;
  userName?: string;
}
/**
 * How the wait for a submission ended.
 */
export interface Settlement {
  type: 'settlement';
  n: number;
  submission: number;
  outcome: 'completed' | 'deadline' | 'unreadable';
  /**
   * Milliseconds from acceptance.
   */
  waited: number;
}
/**
 * A security event token (RFC 8417) that an exchange brought.
 */
export interface ReceivedToken {
  type: 'token';
  n: number;
  /**
   * The exchange that brought it.
   */
  exchange: number;
  /**
   * The submission that it is about.
   */
  submission?: number;
  via: 'result' | 'poll' | 'push';
  /**
   * The name under which a poll delivered it (RFC 8936 §2.3).
   */
  key?: string;
  /**
   * Compact serialisation; absent if the token came as plain JSON.
   */
  jwt?: string;
  /**
   * Its JOSE header; absent if it cannot be read.
   */
  header?: {
    [k: string]: unknown;
  };
  /**
   * Its claims; absent if they cannot be read.
   */
  claims?: {
    [k: string]: unknown;
  };
  signature: 'verified' | 'invalid' | 'unsigned' | 'hmac' | 'unchecked';
  /**
   * Why the signature is not verified.
   */
  note?: string;
}
/**
 * A planned exercise was judged.
 */
export interface ExerciseFinishedLine {
  type: 'exercise-finished';
  /**
   * When it happened.
   */
  time: string;
  scenario: string;
  title: string;
  /**
   * How many of all planned exercises are finished.
   */
  finished: number;
}
/**
 * The first finding of a defect: nothing is confirmed yet.
 */
export interface FindingLine {
  type: 'finding';
  /**
   * When it happened.
   */
  time: string;
  id: string;
  level: 'MUST' | 'SHOULD';
  /**
   * The kind of defect; listed by «explain ID».
   */
  code: string;
  expected: string;
  actual: string;
  /**
   * The exercise that showed it: the value for --path.
   */
  path: string;
}
/**
 * The findings of a requirement are being confirmed on fresh resources, and made smaller.
 */
export interface ShrinkingLine {
  type: 'shrinking';
  /**
   * When it happened.
   */
  time: string;
  id: string;
  scenario: string;
}
/**
 * What the repetitions of a finding showed.
 */
export interface FindingRepeatedLine {
  type: 'finding-repeated';
  /**
   * When it happened.
   */
  time: string;
  id: string;
  level: 'MUST' | 'SHOULD';
  code: string;
  /**
   * It came again; it did not; nothing could be learnt.
   */
  result: 'confirmed' | 'flaky' | 'unknown';
}
/**
 * The result of a requirement.
 */
export interface RequirementJudgedLine {
  type: 'requirement-judged';
  /**
   * When it happened.
   */
  time: string;
  result: RequirementResult;
  gate?: GateWord;
}
export interface RequirementResult {
  id: string;
  level: 'MUST' | 'SHOULD';
  title: string;
  source: ReportCitation[];
  outcome: Outcome;
  /**
   * How many observations were judged.
   */
  exercised: number;
  /**
   * Why the outcome is neither pass nor fail.
   */
  reason?: string;
  /**
   * The code for the reason of inconclusive, or of harness-error (docs/errors.md), if it has one. Codes such as max-time-reached say that the run did not reach it.
   */
  blockedBy?: string;
  evidence?: Evidence;
  /**
   * Codes of findings that did not occur again, or were not examined further; absent if there are none.
   */
  unconfirmed?: string[];
  /**
   * Confirmed counter-examples with other codes, MUST before SHOULD; absent if there are none.
   */
  alsoFound?: Evidence[];
  guide?: Guide;
}
export interface ReportCitation {
  label: string;
  href?: string;
}
/**
 * The smallest counter-example found.
 */
export interface Evidence {
  /**
   * The kind of defect: stable, unique in its requirement, listed by «explain ID».
   */
  code: string;
  /**
   * Level of the violated rule.
   */
  level: 'MUST' | 'SHOULD';
  expected: string;
  actual: string;
  scenario: string;
  /**
   * The input of the scenario.
   */
  input: unknown;
  seed: number;
  /**
   * The value for --path that replays it.
   */
  path: string;
  shrinks: number;
  /**
   * Number of findings with this code in the whole run.
   */
  occurrences: number;
  /**
   * Number of exercises that showed it.
   */
  exercises?: number;
  /**
   * The counter-example in at most five lines: the exchanges that show it, and their context.
   */
  story: string[];
  exchanges: Exchange[];
  /**
   * For flaky evidence: the exchanges of the second execution, which did not show it.
   */
  again?: string[];
}
/**
 * For a requirement that is not met: why it matters and what to do.
 */
export interface Guide {
  why: string;
  fix: string;
}
/**
 * Which of its failures are known, and which are new; absent if there is no gate.
 */
export interface GateWord {
  known: string[];
  fresh: string[];
  /**
   * Why each known failure is tolerated.
   */
  reasons?: {
    [k: string]: string;
  };
}
/**
 * The resources of the run are being deleted.
 */
export interface CleaningUpLine {
  type: 'cleaning-up';
  /**
   * When it happened.
   */
  time: string;
}
/**
 * Last line: the report.
 */
export interface RunFinishedLine {
  type: 'run-finished';
  /**
   * When it happened.
   */
  time: string;
  /**
   * Why the work of a run ended early: a code of docs/errors.md.
   */
  endedBy?: 'max-time-reached' | 'run-interrupted' | 'tool-failed' | 'waited-in-vain';
  ended?: EndedEarly;
  report: Report;
}
/**
 * The verdict of a run that ended early, before it was judged.
 */
export interface EndedEarly {
  verdict: Verdict;
  exitCode: 0 | 1 | 2 | 3 | 130;
  reason: string;
}
/**
 * The result of one run, in the form that --json writes.
 */
export interface Report {
  /**
   * Version of this file format.
   */
  format: 2;
  /**
   * Version of scim-conformance.
   */
  tool: string;
  /**
   * Version of the profile that was tested.
   */
  profile: string;
  /**
   * Marks every resource that the run created: scimc-<run>-…
   */
  run: string;
  startedAt: string;
  finishedAt: string;
  verdict: Verdict;
  /**
   * The verdict in one sentence.
   */
  reason: string;
  exitCode: 0 | 1 | 2 | 3 | 130;
  settings: Settings;
  target?: TargetFacts;
  counts: OutcomeCounts;
  traffic: Traffic;
  rateLimit?: RateLimitEstimate;
  /**
   * What the target makes of the requests that well-known clients send (--clients). It does not change the verdict. Absent: nothing was asked for.
   */
  clients?: ClientShape[];
  time: TimeSpent;
  requirements: RequirementResult[];
  /**
   * Ids of selected requirements that do not belong to the scope of the run (target.scope); absent: none.
   */
  outOfScope?: string[];
  /**
   * URLs or userNames of resources that the run created and could not delete.
   */
  leftovers: string[];
  gate?: Gate;
  /**
   * Asynchronous requests in the order of their acceptance, the first few hundred of them.
   */
  timeline?: AsyncRequest[];
}
export interface OutcomeCounts {
  pass: number;
  fail: number;
  warning: number;
  skip: number;
  inconclusive: number;
  ambiguous: number;
  'not-implemented': number;
  'harness-error': number;
}
export interface Traffic {
  exchanges: number;
  /**
   * Asynchronous requests made.
   */
  submissions: number;
  /**
   * Asynchronous requests answered 202.
   */
  accepted: number;
  /**
   * Exercises: each is one scenario with one input.
   */
  exercises: number;
}
/**
 * What the burst showed about the provider’s rate limiter; absent if no burst was made.
 */
export interface RateLimitEstimate {
  /**
   * Requests of the burst.
   */
  requests: number;
  /**
   * How many of them were answered 429 or 503.
   */
  throttled: number;
  /**
   * Estimated number of requests that are admitted at once.
   */
  capacity?: number;
  /**
   * Estimated number of requests that are admitted in a second.
   */
  refillPerSecond?: number;
  /**
   * Quotas of requests in the RateLimit fields of the burst.
   */
  advertised?: AdvertisedQuota[];
  otherLimit?: OtherLimit;
  /**
   * Each answer of the burst, in the order in which they came.
   */
  answers?: BurstAnswer[];
}
export interface AdvertisedQuota {
  /**
   * Requests.
   */
  limit: number;
  /**
   * The time for which the limit holds.
   */
  seconds?: number;
}
/**
 * Throttled reads whose RateLimit fields say that enough remains: another limit than the advertised one was the cause.
 */
export interface OtherLimit {
  /**
   * How many of them there were.
   */
  throttled: number;
  /**
   * The least number that remained.
   */
  remaining: number;
}
export interface BurstAnswer {
  /**
   * Milliseconds from the first request of the burst to this answer.
   */
  at: number;
  /**
   * HTTP status; 0 if there was no answer.
   */
  status: number;
}
/**
 * One kind of request that a client sends, and what the target makes of it.
 */
export interface ClientShape {
  /**
   * The name of the client, as --clients takes it.
   */
  client: string;
  clientTitle: string;
  /**
   * The name of the shape: stable, unique for its client.
   */
  shape: string;
  /**
   * What the request asks for.
   */
  title: string;
  /**
   * Method and path, such as PATCH /Users/{id}.
   */
  request: string;
  /**
   * The public documentation that shows the shape.
   */
  source: string;
  /**
   * works: success, and a read shows the effect; refused: no success; ignored: success without effect; wrong: success with another effect; not-tried: nothing is known.
   */
  outcome: 'works' | 'refused' | 'ignored' | 'wrong' | 'not-tried';
  /**
   * The status of the answer; absent if there was none.
   */
  status?: number;
  /**
   * What was seen, or why nothing is known; absent if it works.
   */
  reason?: string;
  /**
   * Whether the documentation of the client leaves it to the provider: --require-clients does not demand it where it was not tried; absent: no.
   */
  optional?: boolean;
  /**
   * The exercise in the recording of the run; absent if it was not tried.
   */
  path?: string;
  /**
   * The request and the reads around it; absent if it works or was not tried.
   */
  exchanges?: Exchange[];
}
/**
 * Milliseconds of the run: in total, waiting for the target (its answers, and the waits that it asked for), and working in this process.
 */
export interface TimeSpent {
  total: number;
  waiting: number;
  work: number;
}
/**
 * What decides the exit code in addition to the verdict: the baseline of known failures, --fail-on and --require-clients; absent if none was given.
 */
export interface Gate {
  passed: boolean;
  /**
   * The decision in one sentence.
   */
  reason: string;
  failOn: 'must' | 'should' | 'inconclusive';
  /**
   * The file of known failures; absent if none was given.
   */
  baseline?: string;
  /**
   * Failures that are in the baseline: ids, each followed by a blank and the code of the defect, if it has one.
   */
  known: string[];
  /**
   * The reason in the baseline why each known failure is tolerated, by id and code as in `known`.
   */
  reasons?: {
    [k: string]: string;
  };
  /**
   * Failures that are not in the baseline, in the form of `known`.
   */
  fresh: string[];
  /**
   * Entries of the baseline that no longer fail, in the form of `known`.
   */
  stale: string[];
  /**
   * Entries of the baseline that this run did not test, in the form of `known`.
   */
  unchecked: string[];
  /**
   * Request shapes that do not work although --require-clients demands it: the name of the client, a blank and the name of the shape; absent if it was not given.
   */
  clients?: string[];
}
/**
 * One accepted asynchronous request: times are milliseconds from the start of the run.
 */
export interface AsyncRequest {
  /**
   * Its exercise, in the form that --path takes.
   */
  exercise: string;
  binding: 'request-mode' | 'respond-async';
  shape: 'single' | 'bulk';
  method: string;
  operations: number;
  /**
   * When the request was sent.
   */
  askedAt: number;
  /**
   * When the 202 was read.
   */
  acceptedAt: number;
  /**
   * Each read of its status resource, and what it showed.
   */
  looks: Look[];
  /**
   * When the suite learnt how it ended; absent if the suite did not wait for it.
   */
  settledAt?: number;
  outcome: 'completed' | 'deadline' | 'unreadable' | 'unwatched';
}
export interface Look {
  at: number;
  /**
   * HTTP status; 0 if there was no answer.
   */
  status: number;
  state: 'pending' | 'completed' | 'unreadable';
}
/**
 * The options of «scim-conformance mock». A flag on the command line wins over the member of the same meaning.
 */
export interface MockFile {
  /**
   * Has no effect: editors use it to complete and check the file.
   */
  $schema?: string;
  /**
   * Where all state is kept: memory, or a PostgreSQL database as postgres://user@host:5432/database. The password is better taken from PGPASSWORD.
   */
  store?: string;
  /**
   * 0 takes a free port.
   */
  port?: number;
  /**
   * Address to listen on.
   */
  host?: string;
  /**
   * Path of the SCIM base URL.
   */
  basePath?: string;
  /**
   * SCIM base URL at which clients reach the mock, if a reverse proxy stands before it.
   */
  publicUrl?: string;
  /**
   * At least two; the first is the primary client. Processes that share a store need the same.
   */
  clients?: MockFileClient[];
  oauth?: MockFileOAuth;
  policy?: MockFilePolicy;
  /**
   * Addresses and ranges (CIDR) from which a status may be read; without it from everywhere.
   */
  statusAllowedAddresses?: string[];
  /**
   * Addresses and ranges (CIDR) of proxies whose X-Forwarded-For is believed.
   */
  trustedProxies?: string[];
  /**
   * Number of operations that run at the same time.
   */
  workers?: number;
  /**
   * Number of operations that may be queued.
   */
  queueCapacity?: number;
  /**
   * Bytes of the bodies of requests that may be queued.
   */
  queueBytes?: number;
  /**
   * Milliseconds of simulated work for each operation.
   */
  operationMillis?: number;
  /**
   * How often an operation is tried that fails for a moment.
   */
  retryOperations?: number;
  /**
   * Milliseconds before the second try of an operation; each further wait is longer.
   */
  retryOperationMillis?: number;
  /**
   * Seconds that a client is asked to wait between polls.
   */
  retryAfterSeconds?: number;
  /**
   * Token bucket of each client; false: no limit.
   */
  rateLimit?: false | MockFileRateLimit;
  /**
   * Requests that a client may have in progress in one process; without it no limit.
   */
  concurrentRequests?: number;
  /**
   * Requests that a client may send on a day (UTC); without it no limit.
   */
  dailyQuota?: number;
  adaptiveLimit?: MockFileAdaptiveLimit;
  /**
   * Largest number of operations in a bulk request.
   */
  maxOperations?: number;
  /**
   * Largest request body in bytes.
   */
  maxPayloadBytes?: number;
  /**
   * Seconds for which a completed status resource can be read.
   */
  retentionSeconds?: number;
  /**
   * Seconds until a cursor of a list expires.
   */
  cursorSeconds?: number;
  /**
   * Seconds until a status token expires.
   */
  statusTokenSeconds?: number;
  /**
   * Optional features that are on.
   */
  features?: (
    | 'idempotency'
    | 'statusToken'
    | 'cancel'
    | 'rollback'
    | 'priority'
    | 'transform'
    | 'conflict'
    | 'webhooks'
    | 'audit'
    | 'messageQueue'
    | 'checkpoint'
  )[];
  /**
   * When a write is answered 202 as in RFC 9967.
   */
  asyncRequest?: 'none' | 'long' | 'request';
  /**
   * With asyncRequest long, milliseconds after which a write is answered 202.
   */
  longWaitMillis?: number;
  /**
   * Signature of security event tokens.
   */
  signing?: 'ES256' | 'EdDSA' | 'none';
  /**
   * What events of writes contain: names of attributes, values as well, or no events at all.
   */
  provisioningEvents?: 'notice' | 'full' | 'none';
  /**
   * Whether the feed has events of all users or of active users only.
   */
  feed?: 'all' | 'active';
  /**
   * Seconds for which a poll waits for an event.
   */
  longPollSeconds?: number;
  /**
   * Whether webhooks on this machine are delivered to, too, by plain http.
   */
  webhookLoopback?: boolean;
  /**
   * Milliseconds before a delivery to a webhook is tried again for the first time; each further wait is longer.
   */
  webhookRetryMillis?: number;
  /**
   * Broker from which messages are taken, too, as amqp://user:password@host:5672/vhost.
   */
  amqp?: string;
  /**
   * Queue of the broker. Its name with «.dead» is that of the queue for messages that can never be done.
   */
  amqpQueue?: string;
  /**
   * Whether the server has /healthz, /readyz, /metrics and a live page at its root, and makes OpenTelemetry traces.
   */
  operations?: boolean;
  push?: MockPush;
  /**
   * Names of faults that the mock has, as «mock --list-faults» shows them.
   */
  faults?: string[];
  /**
   * Write no log to standard error.
   */
  quiet?: boolean;
}
export interface MockFileClient {
  /**
   * Appears in logs.
   */
  name: string;
  /**
   * Bearer token.
   */
  token?: string;
  /**
   * Environment variable with the bearer token.
   */
  tokenEnv?: string;
  /**
   * What the client may do where the policy demands scopes; without this member everything.
   */
  scopes?: string[];
  /**
   * How the client was authenticated (RFC 8176), as in mfa.
   */
  amr?: string[];
}
/**
 * Access tokens (JWTs) that are accepted beside the tokens of clients.
 */
export interface MockFileOAuth {
  /**
   * Value of iss.
   */
  issuer: string;
  /**
   * Value that aud has to contain.
   */
  audience: string;
  /**
   * Where the keys of the issuer are: an https URL, or an http URL of this machine.
   */
  jwksUri?: string;
  /**
   * File with the keys of the issuer.
   */
  jwksFile?: string;
  clockToleranceSeconds?: number;
  /**
   * Claim with the name of the client; without it client_id, and sub if there is none.
   */
  clientClaim?: string;
  /**
   * Claim with the scopes or roles, as a text or an array; without it scope.
   */
  scopeClaim?: string;
}
/**
 * Who may do what.
 */
export interface MockFilePolicy {
  /**
   * The first rule for the method and the path of a request decides.
   */
  rules: MockFilePolicyRule[];
  /**
   * What happens to a request that no rule is for; without this member it is refused.
   */
  otherwise?: 'allow' | 'deny';
  /**
   * Attributes that not every client may see or change.
   */
  attributes?: MockFileAttributeRule[];
}
export interface MockFilePolicyRule {
  /**
   * Without them all methods; a HEAD counts as a GET.
   */
  methods?: ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[];
  /**
   * Under the base URL. * stands for one segment, and /** at the end for any number of them.
   */
  paths: string[];
  /**
   * The token needs all of them.
   */
  scopes?: string[];
  /**
   * The amr of the token needs all of them.
   */
  amr?: string[];
}
export interface MockFileAttributeRule {
  /**
   * Names such as roles, or with the URN of their extension.
   */
  attributes: string[];
  /**
   * The scopes that a token needs to see them.
   */
  read?: string[];
  /**
   * The scopes that a token needs to change them.
   */
  write?: string[];
}
export interface MockFileRateLimit {
  /**
   * Requests that a client may send at once.
   */
  capacity: number;
  refillPerSecond: number;
}
/**
 * Slows down the refill of the token buckets while much is queued.
 */
export interface MockFileAdaptiveLimit {
  /**
   * Part of queueCapacity up to which the refill is the usual one; without it 0.5.
   */
  from?: number;
  /**
   * Part of the refill that is left when the queue is full; without it 0.1.
   */
  least?: number;
}
/**
 * Where events for the primary client are pushed to.
 */
export interface MockPush {
  url: string;
  /**
   * Value of the Authorization field.
   */
  authorization?: string;
}
/**
 * A profile that starts from a profile of this tool and changes it, for a draft under discussion (docs/overlays.md).
 */
export interface ProfileFile {
  /**
   * Has no effect: editors use it to complete and check the file.
   */
  $schema?: string;
  /**
   * Names the profile in reports, as in draft-example-scim-things-02.
   */
  name: string;
  /**
   * Version of the profile that it starts from.
   */
  base: '1.0' | '1.1';
  wire?: WireNames;
  /**
   * New levels of requirements, by id.
   */
  levels?: {
    [k: string]: 'MUST' | 'SHOULD';
  };
  /**
   * New citations of requirements, by id.
   */
  sources?: {
    [k: string]: Sources;
  };
  /**
   * Requirements that are not judged, by id, each with the reason.
   */
  retired?: {
    [k: string]: string;
  };
  /**
   * New requirements, in the order in which they are reported.
   */
  requirements?: DeclaredRequirement[];
}
/**
 * New names on the wire, each by the name in the base.
 */
export interface WireNames {
  /**
   * Header fields.
   */
  fields?: {
    [k: string]: string;
  };
  /**
   * Members of JSON objects.
   */
  members?: {
    [k: string]: string;
  };
  /**
   * URNs, as schemas and event types have them.
   */
  urns?: {
    [k: string]: string;
  };
  /**
   * Media types, without parameters.
   */
  mediaTypes?: {
    [k: string]: string;
  };
  /**
   * Paths relative to the base URL; {id} is one segment.
   */
  paths?: {
    [k: string]: string;
  };
}
export interface DeclaredSource {
  /**
   * The document and its section.
   */
  label: string;
  /**
   * Where it can be read.
   */
  href?: string;
}
export interface DeclaredRequirement {
  /**
   * A group and two digits, as in THING-01; no profile of this tool has it.
   */
  id: string;
  level: 'MUST' | 'SHOULD';
  /**
   * What is demanded, as a clause.
   */
  title: string;
  source: Sources;
  guide: DeclaredGuide;
  on: MessageSelection;
  rule: Rule;
}
/**
 * For developers of providers, in sentences.
 */
export interface DeclaredGuide {
  /**
   * The problem of a client if the requirement is not met.
   */
  why: string;
  /**
   * What is compared, and what is allowed.
   */
  tested: string;
  /**
   * What to change.
   */
  fix: string;
}
/**
 * The exchanges that are judged: those that have all of this.
 */
export interface MessageSelection {
  /**
   * Method of the request.
   */
  method?: string;
  /**
   * Path relative to the base URL, without the query; * is one segment, ** at the end any number of them.
   */
  path?: string;
  /**
   * Status of the response, as 202 or as 2xx.
   */
  status?: string;
  /**
   * Only requests that ask for asynchronous processing in this way, and reads of their status.
   */
  binding?: 'request-mode' | 'respond-async';
  /**
   * The credential of the request; {{primary}} and so on in a trace.
   */
  credential?: 'primary' | 'second' | 'none' | 'invalid' | 'status-token';
}
/**
 * The body is JSON and matches a JSON Schema (2020-12).
 */
export interface BodyRule {
  kind: 'body';
  /**
   * Whose body; absent: that of the response.
   */
  of?: 'request' | 'response';
  /**
   * A JSON Schema of 2020-12, without references to other files.
   */
  schema:
    | {
        [k: string]: unknown;
      }
    | boolean;
}
/**
 * A header field of the response.
 */
export interface FieldRule {
  kind: 'field';
  name: string;
  /**
   * Whether it must be there; absent: yes.
   */
  required?: boolean;
  /**
   * Regular expression (ECMAScript, flag u) for a part of the value; ^ and $ make it the whole value.
   */
  pattern?: string;
  /**
   * Form of the value: a structured field (RFC 9651), or an HTTP-date (RFC 9110 §5.6.7).
   */
  grammar?: 'item' | 'list' | 'dictionary' | 'number' | 'http-date';
}
/**
 * An expression over each exchange that must be true.
 */
export interface ExchangeRule {
  kind: 'exchange';
  /**
   * JSONata over {request: {method, path, query, headers, body}, response: {status, headers, body}}.
   */
  expression: string;
}
/**
 * An expression over each accepted asynchronous request that must be true.
 */
export interface HistoryRule {
  kind: 'history';
  /**
   * JSONata over {submission, reads}: the exchange of the request, and those that read its status, in order.
   */
  expression: string;
}
/**
 * Describes a target and how it is to be tested, so that a run can be repeated without flags. Secrets are never written in this file: it names an environment variable or a file instead. Relative paths are relative to this file.
 */
export interface TargetFile {
  /**
   * Has no effect on a run: editors use it to complete and check the file.
   */
  $schema?: string;
  /**
   * SCIM base URL.
   */
  target: string;
  /**
   * The credentials of the suite; some requirements need a second client.
   */
  credentials?: {
    primary?: TargetCredential;
    second?: TargetCredential;
  };
  /**
   * Extra request header fields. Each counts as a credential: it does not appear in reports, and is left out of requests without a credential. One that is none is given as { "public": VALUE }.
   */
  headers?: {
    [k: string]: HeaderValue;
  };
  /**
   * Accept any TLS certificate.
   */
  insecure?: boolean;
  tls?: TargetTls;
  /**
   * Attributes that the target requires and the suite does not send. They are added to every resource that the suite creates or replaces, unless the suite sets them. In strings, {{userName}} stands for the name of the resource, and {{unique}} for twelve digits that are unique to it.
   */
  resources?: {
    user?: UserTemplate;
    group?: GroupTemplate;
  };
  /**
   * Judge these groups only, such as CORE or STAT.
   */
  suites?: string[];
  /**
   * Judge these requirements or groups only, such as STAT-03.
   */
  only?: string[];
  /**
   * What to judge: asynchronous SCIM, synchronous SCIM only, or both; absent: async if the target serves an asynchronous binding, and sync otherwise.
   */
  scope?: 'async' | 'sync' | 'all';
  /**
   * Asynchronous bindings to judge; auto: those that the suite finds.
   */
  binding?: 'auto' | 'request-mode' | 'respond-async' | 'both';
  /**
   * Bindings that the target serves, even if it does not advertise them: they are judged, whatever a first try shows.
   */
  serves?: ('request-mode' | 'respond-async')[];
  /**
   * Optional features that the target has, even if it does not advertise them.
   */
  features?: (
    | 'idempotency'
    | 'statusToken'
    | 'rollback'
    | 'priority'
    | 'webhooks'
    | 'checkpoint'
    | 'transform'
    | 'cancel'
    | 'audit'
    | 'conflict'
    | 'messageQueue'
  )[];
  /**
   * How the suite observes completions of respond-async.
   */
  observe?: 'auto' | 'result' | 'poll' | 'push';
  /**
   * URL to poll for security event tokens (RFC 8936); the credential is sent there, too.
   */
  setPoll?: string;
  /**
   * Port for pushed security event tokens (RFC 8935); 0 takes a free one.
   */
  setPush?: number;
  /**
   * URL at which the provider reaches that port.
   */
  setPushUrl?: string;
  /**
   * Port for deliveries to webhooks (profile HOOK); 0 takes a free one.
   */
  webhookPort?: number;
  /**
   * URL at which the provider reaches that port.
   */
  webhookUrl?: string;
  /**
   * Command for the shell that restarts the provider while requests are under way (CKPT-01).
   */
  restartCommand?: string;
  /**
   * File or URL with the keys that verify security event tokens.
   */
  jwks?: string;
  /**
   * Seed for everything random.
   */
  seed?: number;
  /**
   * Random inputs of each scenario that takes random inputs.
   */
  runs?: number;
  /**
   * Time limit for the whole run, 0: none; what is not reached within it is inconclusive.
   */
  maxTimeSeconds?: number;
  /**
   * Time limit for one exchange.
   */
  timeoutSeconds?: number;
  /**
   * Time limit for one asynchronous request, from its acceptance to its completion.
   */
  deadlineSeconds?: number;
  /**
   * The most exchanges in flight at the same time.
   */
  concurrency?: number;
  /**
   * Number of requests in a burst (RATE); 0: no burst.
   */
  burst?: number;
  /**
   * Write nothing: judge only what can be judged by reading.
   */
  readOnly?: boolean;
  /**
   * The most exchanges that the run may make, without the cleanup.
   */
  maxRequests?: number;
  /**
   * The most exchanges in a second.
   */
  maxRps?: number;
  /**
   * Reports to write: the file of each format; - is standard output.
   */
  reports?: {
    /**
     * Annotations that GitHub shows in a pull request.
     */
    annotations?: string;
    /**
     * An SVG image of the verdict.
     */
    badge?: string;
    /**
     * The exchanges of all findings.
     */
    har?: string;
    /**
     * One complete page for people.
     */
    html?: string;
    /**
     * The whole report.
     */
    json?: string;
    /**
     * JUnit XML.
     */
    junit?: string;
    /**
     * Markdown, for the summary of a job or a pull request.
     */
    markdown?: string;
    /**
     * The summary that the terminal shows, without colours.
     */
    pretty?: string;
    /**
     * TAP 14.
     */
    tap?: string;
  };
  /**
   * Short for reports.json.
   */
  json?: string;
  /**
   * File to record the run in, so that it can be judged again (NDJSON).
   */
  trace?: string;
  /**
   * File of known failures: they do not fail the run, but one that no longer occurs does.
   */
  baseline?: string;
  /**
   * The lowest level that fails the run; must if absent.
   */
  failOn?: 'must' | 'should' | 'inconclusive';
  /**
   * Also send the requests of these clients, such as entra, and report what works with them.
   */
  clients?: string[];
  /**
   * Whether a request of the clients that does not work fails the run.
   */
  requireClients?: boolean;
}
/**
 * Where to read a bearer token, or how to fetch one.
 */
export interface TargetCredential {
  /**
   * Name of an environment variable.
   */
  tokenEnv?: string;
  /**
   * Path of a file that holds the token.
   */
  tokenFile?: string;
  oauth?: OAuthClientFile;
}
/**
 * A client that fetches its tokens itself, and renews a token before it expires (OAuth 2.0 client credentials, RFC 6749 §4.4).
 */
export interface OAuthClientFile {
  /**
   * The token endpoint: https, or http on this machine.
   */
  tokenUrl: string;
  clientId: string;
  /**
   * Name of an environment variable.
   */
  clientSecretEnv?: string;
  /**
   * Path of a file that holds the secret.
   */
  clientSecretFile?: string;
  /**
   * Scopes, separated by spaces.
   */
  scope?: string;
  /**
   * The audience of the token, if the endpoint needs it.
   */
  audience?: string;
  /**
   * Further fields of the token request, such as resource; none is a secret.
   */
  parameters?: {
    [k: string]: string;
  };
  /**
   * How the client authenticates: with HTTP Basic, or in the body; basic if absent.
   */
  clientAuthentication?: 'basic' | 'post';
}
/**
 * Mutual TLS: files in PEM.
 */
export interface TargetTls {
  /**
   * File with the client's certificate, followed by its intermediate certificates. Without another credential it is the credential of the first client; with another one it only opens the connection.
   */
  cert?: string;
  /**
   * File with the private key of the certificate.
   */
  key?: string;
  /**
   * Name of an environment variable that holds the passphrase of the key.
   */
  keyPassphraseEnv?: string;
  /**
   * File with issuers to trust in addition to those that Node trusts.
   */
  ca?: string;
}
/**
 * Attributes of users.
 */
export interface UserTemplate {
  /**
   * URNs to list in schemas; those of extensions with attributes in the template are added automatically.
   */
  schemas?: string[];
  [k: string]: unknown;
}
/**
 * Attributes of groups.
 */
export interface GroupTemplate {
  /**
   * URNs to list in schemas; those of extensions with attributes in the template are added automatically.
   */
  schemas?: string[];
  [k: string]: unknown;
}
/**
 * First line: the versions, and the target of the run.
 */
export interface RunHead {
  type: 'run';
  /**
   * Version of this file format.
   */
  format: 1;
  run: string;
  /**
   * Version of scim-conformance.
   */
  tool: string;
  /**
   * Version of the profile that was tested.
   */
  profile: string;
  startedAt: string;
  settings: Settings;
}
/**
 * Second line: what discovery found. Absent if the target was not reached.
 */
export interface DiscoveredLine {
  type: 'discovered';
  target: TargetFacts;
}
/**
 * The beginning of an exercise: one scenario with one input.
 */
export interface ExerciseHead {
  type: 'exercise';
  scenario: string;
  /**
   * The binding that the scenario runs over; absent if it needs no particular binding.
   */
  binding?: 'request-mode' | 'respond-async';
  /**
   * Present if the exercise was made as on a target without an asynchronous binding (scope all).
   */
  withoutBinding?: true;
  /**
   * The path from which the scenario's generator makes the same input again.
   */
  path: string;
  /**
   * The generated input.
   */
  input: unknown;
  /**
   * The name of this execution in the run: the same exercise may be executed again to confirm or shrink a finding.
   */
  name: string;
}
export interface ExerciseEnd {
  type: 'end';
  /**
   * Why the scenario could not continue, as a sentence.
   */
  blocked?: string;
  /**
   * The code for that reason (docs/errors.md); absent in older traces.
   */
  blockedBy?: string;
  /**
   * The error in this tool that ended the exercise.
   */
  crashed?: string;
  /**
   * Why the work of a run ended early: a code of docs/errors.md.
   */
  endedBy?: 'max-time-reached' | 'run-interrupted' | 'tool-failed' | 'waited-in-vain';
  /**
   * In older traces: whether the run had been interrupted by then; absent: no.
   */
  interrupted?: boolean;
}
/**
 * Last line: what the exercises do not show.
 */
export interface RunEnd {
  type: 'run-end';
  finishedAt: string;
  traffic: Traffic;
  time: TimeSpent;
  leftovers: string[];
  /**
   * Whether the user interrupted the run.
   */
  interrupted: boolean;
  /**
   * Why the work of a run ended early: a code of docs/errors.md.
   */
  endedBy?: 'max-time-reached' | 'run-interrupted' | 'tool-failed' | 'waited-in-vain';
  ended?: EndedEarly;
}
/**
 * A bulk request (RFC 7644 §3.7). POST needs a bulkId; all methods except DELETE need data.
 */
export interface BulkRequest {
  schemas: string[];
  failOnErrors?: number;
  Operations: BulkOperation[];
  [k: string]: unknown;
}
/**
 * RFC 7644 §3.7.
 */
export interface BulkOperation {
  method: string;
  bulkId?: string;
  version?: string;
  path: string;
  data?: {
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * Answer to a bulk request (RFC 7644 §3.7.3).
 */
export interface BulkResponse {
  schemas: string[];
  Operations: BulkOperationResult[];
  [k: string]: unknown;
}
/**
 * A SCIM error (RFC 7644 §3.12). `status` is a string.
 */
export interface ScimError {
  schemas: string[];
  status: string;
  scimType?: string;
  detail?: string;
  [k: string]: unknown;
}
/**
 * A group (RFC 7643 §4.2).
 */
export interface Group {
  schemas: string[];
  id?: string;
  externalId?: string;
  displayName: string;
  members?: Member[];
  meta?: Meta;
  [k: string]: unknown;
}
export interface Member {
  value?: string;
  $ref?: string;
  type?: string;
  display?: string;
  [k: string]: unknown;
}
/**
 * RFC 7643 §3.1.
 */
export interface Meta {
  resourceType?: string;
  created?: DateTime;
  lastModified?: DateTime;
  location?: string;
  version?: string;
  [k: string]: unknown;
}
/**
 * Answer to a query (RFC 7644 §3.4.2). Resources may be absent if totalResults is 0.
 */
export interface ListResponse {
  schemas: string[];
  totalResults: number;
  startIndex?: number;
  itemsPerPage?: number;
  Resources?: {
    [k: string]: unknown;
  }[];
  [k: string]: unknown;
}
/**
 * A PATCH request (RFC 7644 §3.5.2). `op` is matched without regard to case, because some clients send it capitalised.
 */
export interface PatchOp {
  schemas: string[];
  Operations: PatchOperation[];
  [k: string]: unknown;
}
export interface PatchOperation {
  op: string;
  path?: string;
  value?: unknown;
  [k: string]: unknown;
}
/**
 * What a provider can do (RFC 7643 §5). The limits of bulk and filter are required if these are supported; the async extension and securityEvents have their own schemas and requirements (DISC-01, DISC-03).
 */
export interface ServiceProviderConfig {
  schemas: string[];
  documentationUri?: string;
  patch: PatchSupport;
  bulk: BulkSupport;
  filter: FilterSupport;
  changePassword: ChangePasswordSupport;
  sort: SortSupport;
  etag: EtagSupport;
  authenticationSchemes: AuthenticationScheme[];
  meta?: Meta;
  [k: string]: unknown;
}
export interface PatchSupport {
  supported: boolean;
  [k: string]: unknown;
}
export interface BulkSupport {
  supported: boolean;
  maxOperations?: number;
  maxPayloadSize?: number;
  [k: string]: unknown;
}
export interface FilterSupport {
  supported: boolean;
  maxResults?: number;
  [k: string]: unknown;
}
export interface ChangePasswordSupport {
  supported: boolean;
  [k: string]: unknown;
}
export interface SortSupport {
  supported: boolean;
  [k: string]: unknown;
}
export interface EtagSupport {
  supported: boolean;
  [k: string]: unknown;
}
export interface AuthenticationScheme {
  type: string;
  name: string;
  description: string;
  specUri?: string;
  documentationUri?: string;
  [k: string]: unknown;
}
/**
 * A user (RFC 7643 §4.1). A client must send userName; the provider sets id and meta.
 */
export interface User {
  schemas: string[];
  id?: string;
  externalId?: string;
  userName: string;
  name?: UserName;
  displayName?: string;
  nickName?: string;
  profileUrl?: string;
  title?: string;
  userType?: string;
  preferredLanguage?: string;
  locale?: string;
  timezone?: string;
  active?: boolean;
  password?: string;
  emails?: Email[];
  phoneNumbers?: PhoneNumber[];
  groups?: {
    [k: string]: unknown;
  }[];
  roles?: {
    [k: string]: unknown;
  }[];
  entitlements?: {
    [k: string]: unknown;
  }[];
  meta?: Meta;
  [k: string]: unknown;
}
export interface UserName {
  formatted?: string;
  familyName?: string;
  givenName?: string;
  middleName?: string;
  honorificPrefix?: string;
  honorificSuffix?: string;
  [k: string]: unknown;
}
export interface Email {
  value?: string;
  display?: string;
  type?: string;
  primary?: boolean;
  [k: string]: unknown;
}
export interface PhoneNumber {
  value?: string;
  display?: string;
  type?: string;
  primary?: boolean;
  [k: string]: unknown;
}

export type SchemaName = keyof SchemaTypes;
