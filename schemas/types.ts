/** Generated from the JSON Schemas by «npm run generate»; do not edit. */

/**
 * One rule of XFRM-01, applied to the data of every operation before it is validated.
 */
export type TransformRule =
  TransformNormalise | TransformMap | TransformConditional | TransformDefault | TransformFormat;
export type Verdict = 'conformant' | 'non-conformant' | 'not-testable' | 'unreachable' | 'error' | 'interrupted';
/**
 * profile §5; harness-error is a bug of this tool.
 */
export type Outcome =
  'pass' | 'fail' | 'warning' | 'skip' | 'inconclusive' | 'ambiguous' | 'not-implemented' | 'harness-error';
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
  | 'probe'
  | 'cleanup';
/**
 * Field lines in order, names as sent.
 */
export type HeaderList = [string, string][];
/**
 * The value of a header field, or where it is found.
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
  'async/bulk-options': BulkOptions;
  'async/provision-status': ProvisionStatus;
  'async/queue-message': QueueMessage;
  'async/security-event-token': SecurityEventToken;
  'async/security-events': SecurityEvents;
  'async/service-provider-config': AsyncServiceProviderConfig;
  'async/webhook-delivery': WebhookDelivery;
  'async/webhook-registration': WebhookRegistration;
  'files/baseline': Baseline;
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
 * Brings a value to one form.
 */
export interface TransformNormalise {
  op: 'normalise';
  attribute: string;
  to: 'lowercase' | 'uppercase' | 'trim';
  [k: string]: unknown;
}
/**
 * Replaces a value by another; a value without an entry fails.
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
 * Sets a value where another attribute has one.
 */
export interface TransformConditional {
  op: 'conditional';
  attribute: string;
  when: TransformCondition;
  value: unknown;
  [k: string]: unknown;
}
export interface TransformCondition {
  attribute: string;
  equals: unknown;
  [k: string]: unknown;
}
/**
 * Sets a value where there is none.
 */
export interface TransformDefault {
  op: 'default';
  attribute: string;
  value: unknown;
  [k: string]: unknown;
}
/**
 * Builds a value from others named in braces.
 */
export interface TransformFormat {
  op: 'format';
  attribute: string;
  template: string;
  [k: string]: unknown;
}
/**
 * Status resource of an asynchronous request (the paper, «Status Tracking Schema»; profile §2). state, meta and Operations are the profile’s and have requirements of their own.
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
 * Claims of a SCIM security event token (RFC 8417 §2.2, RFC 9967 §2). Its signature is another matter (EVT-09).
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
 * securityEvents of ServiceProviderConfig (RFC 9967 §4). asyncRequest is matched without regard to case. A list that is absent is an empty one (RFC 7643 §2.5).
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
  requestModes: ('synchronous' | 'asynchronous')[];
  /**
   * Template with {id}; a path under the base URL, or a URL.
   */
  statusEndpoint?: string;
  statusRetentionSeconds?: number;
  features?: string[];
  [k: string]: unknown;
}
/**
 * Body that a provider posts to a registered endpoint (HOOK-02, HOOK-03).
 */
export interface WebhookDelivery {
  /**
   * Stable over retries.
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
 * Known failures of a target: they do not fail a run, and a run in which one of them fails no more does.
 */
export interface Baseline {
  $schema?: string;
  /**
   * Version of this file format. In format 1 no entry has a code: each excuses whatever its requirement fails with.
   */
  format: 1 | 2;
  known: KnownFailure[];
}
export interface KnownFailure {
  id: string;
  /**
   * What kind of defect is known («explain ID» lists them); absent where nothing was found to be wrong, as for an inconclusive requirement.
   */
  code?: string;
  /**
   * As what it fails: a known warning that becomes a failure is new.
   */
  outcome: 'fail' | 'warning' | 'inconclusive';
  /**
   * Why it is tolerated, and until when.
   */
  reason: string;
}
/**
 * The result of one run, as --json writes it.
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
   * Version of the profile judged against.
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
  time: TimeSpent;
  requirements: RequirementResult[];
  /**
   * URLs or userNames of what the run created and could not delete.
   */
  leftovers: string[];
  gate?: Gate;
  /**
   * Asynchronous requests in the order of their acceptance, the first few hundred of them.
   */
  timeline?: AsyncRequest[];
}
export interface Settings {
  target: string;
  /**
   * The target file that says more of it, as the user named it; absent: none.
   */
  targetFile?: string;
  /**
   * Whether any TLS certificate was accepted; absent: no.
   */
  insecure?: boolean;
  suites: string[];
  only: string[];
  /**
   * Version of the profile judged against.
   */
  profile?: string;
  seed: number;
  path?: string;
  runs: number;
  timeoutMs: number;
  deadlineMs: number;
  concurrency: number;
  binding: 'auto' | 'request-mode' | 'respond-async' | 'both';
  /**
   * Bindings that the target serves, as the user says; absent: none.
   */
  serves?: ('request-mode' | 'respond-async')[];
  /**
   * Optional features that the target has, as the user says; absent: none.
   */
  features?: string[];
  observe: 'auto' | 'result' | 'poll' | 'push';
  /**
   * URL at which security event tokens were polled, without what may be a secret in it: user, password and query; absent: nowhere.
   */
  setPoll?: string;
  /**
   * Port on which security event tokens were to be received, 0 for a free one; absent: none.
   */
  setPush?: number;
  /**
   * Where the provider reached that port, as the user said; absent: at the loopback address.
   */
  setPushUrl?: string;
  /**
   * URL or file of the keys of security event tokens, as the user named it; absent: not named.
   */
  jwks?: string;
  /**
   * Requests that a burst may cost the target; 0: none is made.
   */
  burst: number;
  /**
   * Whether nothing was to be written.
   */
  readOnly: boolean;
  /**
   * Exchanges that the run might cost the target, cleaning up apart; absent: no limit.
   */
  maxRequests?: number;
  /**
   * Exchanges a second at most; absent: no limit.
   */
  maxRps?: number;
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
 * What discovery found, and all that a judge may know of the target beyond the trace.
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
   * How each asynchronous binding was found; a binding that is not served is absent.
   */
  bindings: {
    'request-mode'?: 'advertised' | 'declared' | 'probed';
    'respond-async'?: 'advertised' | 'declared' | 'probed';
  };
  /**
   * What the search for bindings saw, as a clause.
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
  };
  /**
   * In operations.
   */
  bulkMaxOperations?: number;
  /**
   * Operations that the suite sends at most in one bulk request, so that number and size keep the limits.
   */
  bulkRoom?: number;
  /**
   * In bytes.
   */
  bulkMaxPayloadSize?: number;
  /**
   * Those that are advertised, and those that the user says are there.
   */
  features: string[];
  requestModes?: string[];
  statusEndpoint?: string;
  /**
   * The async extension of ServiceProviderConfig as sent; absent where it was not.
   */
  asyncExtension?: unknown;
  /**
   * securityEvents of ServiceProviderConfig as sent; absent where it was not.
   */
  securityEvents?: unknown;
  /**
   * The member of ServiceProviderConfig other than securityEvents in which an asyncRequest was found.
   */
  asyncRequestElsewhere?: string;
  /**
   * How completions of the respond-async binding are seen: at the result URI, by RFC 8936 or by RFC 8935.
   */
  observation?: 'result' | 'poll' | 'push';
  /**
   * Ways in which security event tokens can be delivered to the suite.
   */
  deliveries?: ('poll' | 'push')[];
  /**
   * Where the keys come from that signatures are checked with.
   */
  signingKeys?: string;
  /**
   * Why there are no such keys, as a sentence.
   */
  noSigningKeys?: string;
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
   * Scenarios times inputs.
   */
  exercises: number;
}
/**
 * What the burst showed of the limiter; absent where no burst was made.
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
   * Requests that may come at once, estimated.
   */
  capacity?: number;
  /**
   * Requests a second that are admitted, estimated.
   */
  refillPerSecond?: number;
  /**
   * Each answer of the burst, in the order in which they came.
   */
  answers?: BurstAnswer[];
}
export interface BurstAnswer {
  /**
   * Milliseconds from the first request of the burst to this answer.
   */
  at: number;
  /**
   * HTTP status; 0 where there was no answer.
   */
  status: number;
}
/**
 * Milliseconds of the run: in all, waiting for the target (its answers, and the waits that it asked for), and at work in this process.
 */
export interface TimeSpent {
  total: number;
  waiting: number;
  work: number;
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
  evidence?: Evidence;
  /**
   * Codes of what was found and did not come again, or was not looked into; absent where there are none.
   */
  unconfirmed?: string[];
  /**
   * Confirmed counter-examples of other codes, MUST before SHOULD; absent where there are none.
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
   * What kind of defect it is: stable, unique in its requirement, listed by «explain ID».
   */
  code: string;
  /**
   * Level of what was violated.
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
   * --path that replays it.
   */
  path: string;
  shrinks: number;
  /**
   * Findings of this code in the whole run.
   */
  occurrences: number;
  /**
   * Exercises that showed it.
   */
  exercises?: number;
  /**
   * The counter-example in at most five lines: the exchanges that show it, and what else went on.
   */
  story: string[];
  exchanges: Exchange[];
  /**
   * Flaky evidence: the story of the second time, when it did not come.
   */
  again?: string[];
}
/**
 * One HTTP request and what came back.
 */
export interface Exchange {
  type: 'exchange';
  /**
   * Place among the entries of its exercise.
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
   * Which of several variations it is, in words.
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
   * Whether the body was longer than what was kept; absent: no.
   */
  truncated?: boolean;
}
/**
 * Absent where the exchange failed.
 */
export interface RecordedResponse {
  status: number;
  headers: HeaderList;
  body: string;
  /**
   * Whether the body was longer than what was kept.
   */
  truncated: boolean;
}
/**
 * Why there is no response.
 */
export interface ExchangeFailure {
  code: 'timeout' | 'connection' | 'foreign-origin' | 'interrupted';
  message: string;
}
/**
 * For what is not met: why it matters and what to do.
 */
export interface Guide {
  why: string;
  fix: string;
}
/**
 * What decides the exit code beside the verdict: the baseline of known failures and --fail-on; absent where neither was given.
 */
export interface Gate {
  passed: boolean;
  /**
   * In one sentence.
   */
  reason: string;
  failOn: 'must' | 'should' | 'inconclusive';
  /**
   * The file of known failures; absent where none was given.
   */
  baseline?: string;
  /**
   * What fails as the baseline says: ids, each with the code of what is wrong behind a blank where there is one.
   */
  known: string[];
  /**
   * Why each known failure is tolerated, by id and code as in `known`, as the baseline says.
   */
  reasons?: {
    [k: string]: string;
  };
  /**
   * What fails and is not in the baseline, as in `known`.
   */
  fresh: string[];
  /**
   * Entries of the baseline that fail no more, as in `known`.
   */
  stale: string[];
  /**
   * Entries of the baseline of which this run learnt nothing, as in `known`.
   */
  unchecked: string[];
}
/**
 * One accepted asynchronous request: times are milliseconds from the start of the run.
 */
export interface AsyncRequest {
  /**
   * As --path names it.
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
   * Each look at it, and what it showed.
   */
  looks: Look[];
  /**
   * When the suite knew how it ended; absent where nobody waited for it.
   */
  settledAt?: number;
  outcome: 'completed' | 'deadline' | 'unreadable' | 'unwatched';
}
export interface Look {
  at: number;
  /**
   * HTTP status; 0 where there was no answer.
   */
  status: number;
  state: 'pending' | 'completed' | 'unreadable';
}
/**
 * Describes a target and how it is to be tested, so that a run can be repeated without flags. Secrets are named by environment variable or file, never written in it; relative paths are relative to it.
 */
export interface TargetFile {
  /**
   * Of no meaning to a run: editors complete and check the file by it.
   */
  $schema?: string;
  /**
   * SCIM base URL.
   */
  target: string;
  /**
   * Who the suite is to the target; some requirements need a second client.
   */
  credentials?: {
    primary?: TargetCredential;
    second?: TargetCredential;
  };
  /**
   * Extra request header fields. A value by reference is a credential: it is kept out of reports, and left out where a request is to carry none.
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
   * What the target demands of resources beyond what the suite sends: put into every one that it creates or replaces, where the suite does not set it. In strings, {{userName}} stands for the name of the resource, and {{unique}} for twelve digits that no other has.
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
   * Asynchronous bindings to judge; auto: those that are found.
   */
  binding?: 'auto' | 'request-mode' | 'respond-async' | 'both';
  /**
   * Bindings that the target serves though it may not advertise them: they are judged, whatever a first try shows.
   */
  serves?: ('request-mode' | 'respond-async')[];
  /**
   * Optional features that the target has though it may not advertise them.
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
   * How completions of respond-async are seen.
   */
  observe?: 'auto' | 'result' | 'poll' | 'push';
  /**
   * URL to poll security event tokens at (RFC 8936); the token is sent there, too.
   */
  setPoll?: string;
  /**
   * Port to receive pushed security event tokens on (RFC 8935); 0 takes a free one.
   */
  setPush?: number;
  /**
   * Where the provider reaches that port.
   */
  setPushUrl?: string;
  /**
   * File or URL of the keys that security event tokens are signed with.
   */
  jwks?: string;
  /**
   * Decides everything random.
   */
  seed?: number;
  /**
   * Inputs for each property.
   */
  runs?: number;
  /**
   * For one exchange.
   */
  timeoutSeconds?: number;
  /**
   * For one asynchronous request.
   */
  deadlineSeconds?: number;
  /**
   * Exchanges in flight at a time.
   */
  concurrency?: number;
  /**
   * Requests that a burst may cost the target (RATE); 0: no burst.
   */
  burst?: number;
  /**
   * Write nothing: judge only what reading shows.
   */
  readOnly?: boolean;
  /**
   * Exchanges that the run may cost the target, cleaning up apart.
   */
  maxRequests?: number;
  /**
   * Exchanges a second at most.
   */
  maxRps?: number;
  /**
   * Reports to write: the file of each format; - is standard output.
   */
  reports?: {
    /**
     * Lines that GitHub shows beside a pull request.
     */
    annotations?: string;
    /**
     * An SVG image of the verdict.
     */
    badge?: string;
    /**
     * The exchanges of all evidence.
     */
    har?: string;
    /**
     * One page for people, with everything in it.
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
     * For the summary of a job or a pull request.
     */
    markdown?: string;
    /**
     * The summary of a terminal, without colours.
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
   * File of known failures: they do not fail the run; what fails no more does.
   */
  baseline?: string;
  /**
   * The least that fails the run; must where absent.
   */
  failOn?: 'must' | 'should' | 'inconclusive';
}
/**
 * Where a bearer token is found, or who gives it.
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
 * A client that fetches its tokens itself, and anew when one is about to end (OAuth 2.0 client credentials, RFC 6749 §4.4).
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
   * Scopes, with spaces between them.
   */
  scope?: string;
  /**
   * Whom the token is for, where the endpoint wants to know.
   */
  audience?: string;
  /**
   * Further fields of the token request, such as resource; none is a secret.
   */
  parameters?: {
    [k: string]: string;
  };
  /**
   * How the client says who it is: by HTTP Basic, or in the body; basic where absent.
   */
  clientAuthentication?: 'basic' | 'post';
}
/**
 * Mutual TLS: files in PEM.
 */
export interface TargetTls {
  /**
   * File of the client's certificate, followed by those between it and its issuer's. Without another credential it is the first client; beside one it only opens the way to the target.
   */
  cert?: string;
  /**
   * File of the key that belongs to it.
   */
  key?: string;
  /**
   * Name of an environment variable that holds the passphrase of the key.
   */
  keyPassphraseEnv?: string;
  /**
   * File of issuers to be trusted beside those that Node trusts.
   */
  ca?: string;
}
/**
 * Attributes of users.
 */
export interface UserTemplate {
  /**
   * URNs of schemas to be listed; those of attributes of extensions are by themselves.
   */
  schemas?: string[];
  [k: string]: unknown;
}
/**
 * Attributes of groups.
 */
export interface GroupTemplate {
  /**
   * URNs of schemas to be listed; those of attributes of extensions are by themselves.
   */
  schemas?: string[];
  [k: string]: unknown;
}
/**
 * First line: what ran against what.
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
   * Version of the profile judged against.
   */
  profile: string;
  startedAt: string;
  settings: Settings;
}
/**
 * Second line: what discovery found. Absent where the target was not reached.
 */
export interface DiscoveredLine {
  type: 'discovered';
  target: TargetFacts;
}
/**
 * A scenario begins with one input.
 */
export interface ExerciseHead {
  type: 'exercise';
  scenario: string;
  /**
   * The binding that it runs over; absent where it is about none in particular.
   */
  binding?: 'request-mode' | 'respond-async';
  /**
   * Where the scenario's generator finds the input again.
   */
  path: string;
  /**
   * The generated input.
   */
  input: unknown;
  /**
   * What the run calls this execution: the same exercise may be executed again to confirm a finding or to make it smaller.
   */
  name: string;
}
/**
 * What was asked for asynchronously: recorded when the answer to the asking is in.
 */
export interface Submission {
  type: 'submission';
  n: number;
  binding: 'request-mode' | 'respond-async';
  shape: 'single' | 'bulk';
  /**
   * The exchange that asked.
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
 * How the observation of a submission ended.
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
 * A security event token (RFC 8417) that came by an exchange.
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
   * Compact serialisation; absent where it came as plain JSON.
   */
  jwt?: string;
  /**
   * Its JOSE header; absent where it cannot be read.
   */
  header?: {
    [k: string]: unknown;
  };
  /**
   * Its claims; absent where they cannot be read.
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
export interface ExerciseEnd {
  type: 'end';
  /**
   * Why the scenario could not go on, as a sentence.
   */
  blocked?: string;
  /**
   * The code of the same (docs/errors.md); absent in older traces.
   */
  blockedBy?: string;
  /**
   * An error of this tool that ended it.
   */
  crashed?: string;
  /**
   * Whether the run had been interrupted when it ended; absent: no.
   */
  interrupted?: boolean;
}
/**
 * Last line: what cannot be learnt from the exercises.
 */
export interface RunEnd {
  type: 'run-end';
  finishedAt: string;
  traffic: Traffic;
  time: TimeSpent;
  leftovers: string[];
  interrupted: boolean;
  ended?: EndedEarly;
}
/**
 * The verdict of a run that something ended before it was judged.
 */
export interface EndedEarly {
  verdict: Verdict;
  exitCode: 0 | 1 | 2 | 3 | 130;
  reason: string;
}
/**
 * A bulk request (RFC 7644 §3.7). POST needs a bulkId, everything but DELETE needs data.
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
 * Answer to a query (RFC 7644 §3.4.2). Resources may be absent where totalResults is 0.
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
 * A PATCH request (RFC 7644 §3.5.2). `op` is matched without regard to case, as clients in use send it capitalised.
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
 * What a provider can do (RFC 7643 §5). The limits of bulk and filter are demanded where they are supported; the async extension and securityEvents have schemas and requirements of their own (DISC-01, DISC-03).
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
 * A user (RFC 7643 §4.1). userName is what a client has to send; id and meta are the provider’s.
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
