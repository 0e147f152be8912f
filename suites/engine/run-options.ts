/** The options of a run, with their defaults. */
import type { Settings, TargetFacts } from '../../schemas/types.js';
import type { BindingName } from '../contract/binding-name.js';
import type { Feature } from '../contract/needs.js';
import type { RunEnvironment } from '../environment/environment.js';
import { systemEnvironment } from '../environment/system-environment.js';
import type { Listener } from '../events.js';
import { guardedFieldsOf } from '../provider/given-fields.js';
import { hasSecond, isAuthenticated, trimBaseUrl, type TargetDescription } from '../provider/target.js';
import type { BindingChoice, ObservationChoice } from './find-bindings.js';
import type { KeySource } from './find-signing-keys.js';
import type { GateOptions } from './gate.js';
import type { Scope } from './scope.js';

/** The limits of a run if the options give no others. */
export const runDefaults = {
  runs: 5,
  timeoutMs: 10_000,
  deadlineMs: 60_000,
  concurrency: 8,
  burst: 1500,
  maxTimeMs: 300_000,
} as const;

export interface RunOptions {
  readonly target: TargetDescription;
  /** The file of the target description, for commands that repeat the run. */
  readonly targetFile?: string;
  /** The file of the profile, for commands that repeat the run. */
  readonly profileFile?: string;
  /** Groups to judge, such as `CORE`; with `only`: either. Both empty: everything. */
  readonly suites?: readonly string[];
  /** Requirement ids to judge; a group name means all requirements of the group. */
  readonly only?: readonly string[];
  /** 32-bit integer; random if absent. */
  readonly seed?: number;
  /** Replays the one exercise that a report printed with its failure. */
  readonly path?: string;
  /** Number of random inputs for each scenario; 5 if absent. */
  readonly runs?: number;
  /**
   * Milliseconds for the whole run, with its clean-up; 300 000 if absent, 0: no limit. What is not reached within this time
   * is inconclusive.
   */
  readonly maxTimeMs?: number;
  /** Milliseconds for one exchange; 10 000 if absent. */
  readonly timeoutMs?: number;
  /** Milliseconds for one asynchronous request from acceptance to completion; 60 000 if absent. */
  readonly deadlineMs?: number;
  /** Exchanges in flight at a time; 8 if absent. */
  readonly concurrency?: number;
  /** The largest number of requests in a burst (RATE); 1500 if absent, 0: no burst. */
  readonly burst?: number;
  /** Writes nothing: only scenarios that read are exercised, and requirements that need others are skipped. */
  readonly readOnly?: boolean;
  /** The largest number of exchanges of the run, without those for cleaning up; no limit if absent. */
  readonly maxRequests?: number;
  /** The largest number of exchanges per second; no limit if absent. */
  readonly maxRps?: number;
  /**
   * The largest number of bytes of memory for the long bodies of a run. Of a body that no longer fits, only the first
   * 16 KiB are kept, and its content is not judged. 64 MiB if absent.
   */
  readonly keptBytes?: number;
  /** Runs one part of all exercises: `index` from 1 to `of`. */
  readonly shard?: { readonly index: number; readonly of: number };
  /**
   * What is judged: `async`, `sync` (synchronous SCIM only; no binding is looked for), or `all`. If absent, `async` if the
   * target serves a binding, or if the other options show that the user expects one, and otherwise `sync`.
   */
  readonly scope?: Scope;
  /** Clients whose request shapes are sent in addition, by their names; none if absent. */
  readonly clients?: readonly string[];
  /** Bindings to be judged: those that are served (`auto`, the default), one, or both. */
  readonly binding?: BindingChoice;
  /** Bindings that the target serves although it may not advertise them: they are judged even if a first request fails. */
  readonly serves?: readonly BindingName[];
  /** Optional features that the target has although it may not advertise them. */
  readonly features?: readonly Feature[];
  /** How completions of the respond-async binding are observed; if absent or `auto`, in the first way that is available. */
  readonly observe?: ObservationChoice;
  /** URL at which security event tokens are polled (RFC 8936). The first credential is sent there, too. */
  readonly setPoll?: string;
  /** The server to which security event tokens are pushed (RFC 8935). */
  readonly setPush?: {
    /** 0: a free port. */
    readonly port: number;
    /** URL at which the provider reaches the server; the loopback address if absent. */
    readonly publicUrl?: string;
    /** Called with the URL before the run sends anything to the target. */
    readonly onListening?: (url: string) => void;
  };
  /** The server to which webhooks are delivered (profile HOOK). */
  readonly webhooks?: {
    /** 0: a free port. */
    readonly port: number;
    /** URL at which the provider reaches the server; the loopback address if absent. */
    readonly publicUrl?: string;
  };
  /**
   * Restarts the provider, or begins to restart it, while accepted requests are under way (CKPT-01); rejects if it cannot.
   * If absent, the provider is not restarted.
   */
  readonly restart?: () => Promise<void>;
  /** Keys for the signatures of security event tokens: a JWK Set or its URL; from the provider's metadata if absent. */
  readonly jwks?: KeySource;
  /** The file of the keys, for commands that repeat the run. */
  readonly jwksFile?: string;
  /** Ends the run early: it still writes a report and deletes the created resources. */
  readonly signal?: AbortSignal;
  /** Which outcomes fail the run, and which failures are known. */
  readonly gate?: GateOptions;
  /** Replaces parts of the machine, such as the clock; the other parts are those of this machine. */
  readonly environment?: Partial<RunEnvironment>;
  readonly onEvent?: Listener;
}

export const environmentOf = ({ environment }: Pick<RunOptions, 'environment'>): RunEnvironment => ({
  ...systemEnvironment,
  ...environment,
});

/** A whole number of 31 bits. */
const randomSeed = ({ randomBytes }: RunEnvironment): number => Buffer.from(randomBytes(4)).readUInt32BE() >>> 1;

/** A URL without the parts that may hold a secret. */
const withoutSecrets = (text: string): string => {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  [url.username, url.password, url.search, url.hash] = ['', '', '', ''];
  return url.href;
};

const deliverySettingsOf = ({ setPoll, setPush, webhooks, jwks, jwksFile }: RunOptions): Partial<Settings> => {
  const keys = typeof jwks === 'string' ? withoutSecrets(jwks) : jwksFile;
  return {
    ...(setPoll === undefined ? {} : { setPoll: withoutSecrets(setPoll) }),
    ...(setPush === undefined ? {} : { setPush: setPush.port }),
    ...(setPush?.publicUrl === undefined ? {} : { setPushUrl: withoutSecrets(setPush.publicUrl) }),
    ...(webhooks === undefined ? {} : { webhookPort: webhooks.port }),
    ...(webhooks?.publicUrl === undefined ? {} : { webhookUrl: withoutSecrets(webhooks.publicUrl) }),
    ...(keys === undefined ? {} : { jwks: keys }),
  };
};

export const settingsOf = (options: RunOptions): Settings => ({
  target: trimBaseUrl(options.target.baseUrl),
  ...(options.targetFile === undefined ? {} : { targetFile: options.targetFile }),
  ...(options.profileFile === undefined ? {} : { profileFile: options.profileFile }),
  ...(options.target.insecure === true ? { insecure: true } : {}),
  suites: [...(options.suites ?? [])],
  only: [...(options.only ?? [])],
  seed: options.seed ?? randomSeed(environmentOf(options)),
  ...(options.path === undefined ? {} : { path: options.path }),
  runs: options.runs ?? runDefaults.runs,
  timeoutMs: options.timeoutMs ?? runDefaults.timeoutMs,
  deadlineMs: options.deadlineMs ?? runDefaults.deadlineMs,
  concurrency: options.concurrency ?? runDefaults.concurrency,
  ...(options.scope === undefined ? {} : { scope: options.scope }),
  binding: options.binding ?? 'auto',
  ...(options.serves === undefined || options.serves.length === 0 ? {} : { serves: [...options.serves] }),
  ...(options.features === undefined || options.features.length === 0 ? {} : { features: [...options.features] }),
  observe: options.observe ?? 'auto',
  ...deliverySettingsOf(options),
  burst: options.burst ?? runDefaults.burst,
  readOnly: options.readOnly ?? false,
  maxTimeMs: options.maxTimeMs ?? runDefaults.maxTimeMs,
  ...(options.maxRequests === undefined ? {} : { maxRequests: options.maxRequests }),
  ...(options.maxRps === undefined ? {} : { maxRps: options.maxRps }),
  ...(options.clients === undefined || options.clients.length === 0 ? {} : { clients: [...options.clients] }),
  ...(options.shard === undefined ? {} : { shard: options.shard }),
});

/** The facts about a target before the first request. */
export const unknownFacts = (target: TargetDescription): TargetFacts => ({
  baseUrl: trimBaseUrl(target.baseUrl),
  authenticated: isAuthenticated(target),
  secondCredential: hasSecond(target),
  ...(guardedFieldsOf(target).length === 0 ? {} : { guardedFields: guardedFieldsOf(target) }),
  bindings: {},
  bindingNote: 'the target was not reached',
  capabilities: { patch: false, bulk: false, filter: false, groups: false },
  features: [],
});
