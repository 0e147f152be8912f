/** What a run is told, with what it takes where it is told nothing. */
import type { Settings, TargetFacts } from '../../schemas/types.js';
import type { BindingName } from '../contract/binding-name.js';
import type { Feature } from '../contract/needs.js';
import type { RunEnvironment } from '../environment/environment.js';
import { systemEnvironment } from '../environment/system-environment.js';
import type { Listener } from '../events.js';
import { hasSecond, isAuthenticated, trimBaseUrl, type TargetDescription } from '../provider/target.js';
import type { BindingChoice, ObservationChoice } from './find-bindings.js';
import type { KeySource } from './find-signing-keys.js';
import type { GateOptions } from './gate.js';

/** What a run may take and try where nobody says otherwise. */
export const runDefaults = { runs: 5, timeoutMs: 10_000, deadlineMs: 60_000, concurrency: 8, burst: 1500 } as const;

export interface RunOptions {
  readonly target: TargetDescription;
  /** Where the description comes from, for commands that repeat the run. */
  readonly targetFile?: string;
  /** Groups to judge, such as `CORE`; with `only`: either. Both empty: everything. */
  readonly suites?: readonly string[];
  /** Requirement ids to judge; a group stands for all of its own. */
  readonly only?: readonly string[];
  /** 32-bit integer; random where absent. */
  readonly seed?: number;
  /** Replays the one exercise that a report printed with its failure. */
  readonly path?: string;
  /** Inputs for each property; 5 where absent. */
  readonly runs?: number;
  /** Milliseconds for one exchange; 10 000 where absent. */
  readonly timeoutMs?: number;
  /** Milliseconds for one asynchronous request from acceptance to completion; 60 000 where absent. */
  readonly deadlineMs?: number;
  /** Exchanges in flight at a time; 8 where absent. */
  readonly concurrency?: number;
  /** Requests that a burst may cost the target (RATE); 1500 where absent, 0: no burst. */
  readonly burst?: number;
  /** Nothing is written: only what reads is exercised, and the rest skipped. */
  readonly readOnly?: boolean;
  /** Exchanges that the run may cost the target, cleaning up apart; no limit where absent. */
  readonly maxRequests?: number;
  /** Exchanges a second at most; no limit where absent. */
  readonly maxRps?: number;
  /**
   * Bytes that the long bodies of a run may take of the memory: of what no longer fits the first 16 KiB are kept, and it
   * is not judged by what it says. 64 MiB where absent.
   */
  readonly keptBytes?: number;
  /** Runs one part of all exercises: `index` from 1 to `of`. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Bindings to be judged: whatever is there (`auto`, the default), one, or both. */
  readonly binding?: BindingChoice;
  /** Bindings that the target serves though it may not advertise them: they are judged, whatever a first try shows. */
  readonly serves?: readonly BindingName[];
  /** Optional features that the target has though it may not advertise them. */
  readonly features?: readonly Feature[];
  /** How completions of the respond-async binding are observed; as there is a way where absent or `auto`. */
  readonly observe?: ObservationChoice;
  /** Where security event tokens are polled (RFC 8936). The first credential is sent there, too. */
  readonly setPoll?: string;
  /** Where security event tokens are pushed to (RFC 8935). */
  readonly setPush?: {
    /** 0 takes a free one. */
    readonly port: number;
    /** Where the provider reaches it; the loopback address where absent. */
    readonly publicUrl?: string;
    /** Told the URL before anything is asked of the target. */
    readonly onListening?: (url: string) => void;
  };
  /** Keys that security event tokens are signed with: a JWK Set or its URL; the provider's metadata where absent. */
  readonly jwks?: KeySource;
  /** The file that the keys come from, for commands that repeat the run. */
  readonly jwksFile?: string;
  /** Ends the run early: what was learnt is reported and what was created is deleted. */
  readonly signal?: AbortSignal;
  /** What fails the run beside its verdict, and what is known to fail. */
  readonly gate?: GateOptions;
  /** What the run takes from the machine; what is not given is this machine's own. */
  readonly environment?: Partial<RunEnvironment>;
  readonly onEvent?: Listener;
}

export const environmentOf = ({ environment }: Pick<RunOptions, 'environment'>): RunEnvironment => ({
  ...systemEnvironment,
  ...environment,
});

/** A whole number of 31 bits. */
const randomSeed = ({ randomBytes }: RunEnvironment): number => Buffer.from(randomBytes(4)).readUInt32BE() >>> 1;

/** A URL without what may be a secret in it. */
const withoutSecrets = (text: string): string => {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  [url.username, url.password, url.search, url.hash] = ['', '', '', ''];
  return url.href;
};

const deliverySettingsOf = ({ setPoll, setPush, jwks, jwksFile }: RunOptions): Partial<Settings> => {
  const keys = typeof jwks === 'string' ? withoutSecrets(jwks) : jwksFile;
  return {
    ...(setPoll === undefined ? {} : { setPoll: withoutSecrets(setPoll) }),
    ...(setPush === undefined ? {} : { setPush: setPush.port }),
    ...(setPush?.publicUrl === undefined ? {} : { setPushUrl: withoutSecrets(setPush.publicUrl) }),
    ...(keys === undefined ? {} : { jwks: keys }),
  };
};

export const settingsOf = (options: RunOptions): Settings => ({
  target: trimBaseUrl(options.target.baseUrl),
  ...(options.targetFile === undefined ? {} : { targetFile: options.targetFile }),
  ...(options.target.insecure === true ? { insecure: true } : {}),
  suites: [...(options.suites ?? [])],
  only: [...(options.only ?? [])],
  seed: options.seed ?? randomSeed(environmentOf(options)),
  ...(options.path === undefined ? {} : { path: options.path }),
  runs: options.runs ?? runDefaults.runs,
  timeoutMs: options.timeoutMs ?? runDefaults.timeoutMs,
  deadlineMs: options.deadlineMs ?? runDefaults.deadlineMs,
  concurrency: options.concurrency ?? runDefaults.concurrency,
  binding: options.binding ?? 'auto',
  ...(options.serves === undefined || options.serves.length === 0 ? {} : { serves: [...options.serves] }),
  ...(options.features === undefined || options.features.length === 0 ? {} : { features: [...options.features] }),
  observe: options.observe ?? 'auto',
  ...deliverySettingsOf(options),
  burst: options.burst ?? runDefaults.burst,
  readOnly: options.readOnly ?? false,
  ...(options.maxRequests === undefined ? {} : { maxRequests: options.maxRequests }),
  ...(options.maxRps === undefined ? {} : { maxRps: options.maxRps }),
  ...(options.shard === undefined ? {} : { shard: options.shard }),
});

/** What is known of a target before anything is asked of it. */
export const unknownFacts = (target: TargetDescription): TargetFacts => ({
  baseUrl: trimBaseUrl(target.baseUrl),
  authenticated: isAuthenticated(target),
  secondCredential: hasSecond(target),
  bindings: {},
  bindingNote: 'the target was not reached',
  capabilities: { patch: false, bulk: false, filter: false, groups: false },
  features: [],
});
