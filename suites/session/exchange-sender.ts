/** Sends one request as a recorded exchange: credential, redaction, and obedience to a target that throttles. */
import { header } from '../../schemas/names.js';
import type { Exchange, HeaderList, Purpose } from '../../schemas/types.js';
import type { TokenSource } from '../access/token-source.js';
import { marker, type CredentialName } from '../client/redaction.js';
import { retryAfterMs } from '../client/retry-after.js';
import { scimHeaders } from '../provider/discover.js';
import {
  credentialHeaders,
  isCredential,
  showsCertificate,
  type Spoiling,
  type TargetDescription,
} from '../provider/target.js';
import { headerValue, responseHeader } from '../trace/message.js';
import { isAnswered, type Answered } from '../trace/trace.js';
import { isThrottled, isUnavailable } from '../trace/answers.js';
import { withTemplate } from './resource-templates.js';
import type { RunContext } from './run-context.js';
import { withoutStatusTokens } from './status-tokens.js';
import { whyRefused } from './why-refused.js';
import { Blocked, NoAccessToken } from '../errors/errors.js';

export interface RequestPlan {
  readonly method: string;
  /** Absolute URL, or a path under the base URL that begins with `/`. */
  readonly url: string;
  readonly purpose: Purpose;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
  /** Added to, or in place of, the usual `Accept` and `Content-Type`; an empty value leaves the field out. */
  readonly headers?: HeaderList;
  readonly credential?: CredentialName;
  /** With the credential `invalid`: the good one, not quite. */
  readonly spoiled?: Spoiling;
  readonly submission?: number;
  readonly subject?: string;
  readonly variant?: string;
  /** Sent once, whatever the answer: for what looks into throttling itself. */
  readonly once?: boolean;
  /** What it is about is over before long: it is sent before all else that waits. */
  readonly isUrgent?: boolean;
  /** The body of the answer is read and let go by who sends it: no trace keeps it. */
  readonly isPassing?: boolean;
  /** Marker of a status token (profile TOK) to be sent as the bearer token. */
  readonly statusToken?: string;
}

/**
 * How often a throttled request is sent again before the exercise gives up, and how long it waits: as long as it is
 * asked to, and longer each time where it is asked to wait for nothing. Who asks for more than the longest is left alone.
 */
const patience = { attempts: 8, defaultWaitMs: 1000, shortestWaitMs: 50, longestWaitMs: 60_000 };

/** Bytes: one answer may bring the events of a thousand operations, and what is cut cannot be read at all. */
const kept = { usual: 1024 * 1024, events: 16 * 1024 * 1024 };

const keptBytesOf = ({ purpose }: RequestPlan): number =>
  ['event-poll', 'poll', 'status-read'].includes(purpose) ? kept.events : kept.usual;

/** Purposes of exchanges that show what a write has done, and of those that have to come before it is done. */
const looks: ReadonlySet<Purpose> = new Set(['read', 'search', 'status-read', 'cancel']);

const priorityOf = ({ purpose, isUrgent = false }: RequestPlan): number => (isUrgent ? 2 : looks.has(purpose) ? 1 : 0);

const originOf = (url: string): string => /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase() ?? '';

const mergeHeaders = (defaults: HeaderList, own: HeaderList): HeaderList => {
  const replaced = new Set(own.map(([name]) => name.toLowerCase()));
  return [...defaults.filter(([name]) => !replaced.has(name.toLowerCase())), ...own].filter(
    ([, value]) => value !== '',
  );
};

/** A secret that is too short to be looked for is still no part of a record. */
const withoutCredential =
  (target: TargetDescription, credential: CredentialName) =>
  ([name, value]: HeaderList[number]): HeaderList[number] =>
    isCredential(target, name) && !value.includes('{{')
      ? [name, value.replace(/^([A-Za-z]+ )?.+$/s, (_, scheme?: string) => `${scheme ?? ''}${marker(credential)}`)]
      : [name, value];

/** Methods that change nothing (RFC 9110 §9.2.1). */
const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A 503 that does not ask to come back may have had its effect: only what changes nothing is sent again after it, and
 * no fuzz, which may be what has caused it (ERR-09).
 */
const mayComeAgain = (exchange: Answered): boolean =>
  isThrottled(exchange) ||
  (isUnavailable(exchange) && exchange.purpose !== 'fuzz' && safeMethods.includes(exchange.request.method));

/** Keeps what the user demands of the suite for the target's sake. Throws Blocked. */
const admit = (
  { readOnly, maxRequests, tally, admission }: RunContext,
  { method, url, purpose }: RequestPlan,
): void => {
  if (purpose === 'cleanup') return;
  if (admission.lost !== undefined) throw new Blocked('credential-lost', admission.lost);
  // A poll for security event tokens takes nothing away that is not acknowledged (RFC 8936 §2.2).
  if (readOnly && !safeMethods.includes(method) && purpose !== 'event-poll')
    throw new Blocked('read-only', `${method} ${url} was not sent, because --read-only forbids it.`);
  if (tally.begun >= maxRequests)
    throw new Blocked(
      'max-requests-reached',
      `${method} ${url} was not sent: --max-requests allows ${maxRequests}, and they are used up.`,
    );
  tally.begun += 1;
};

/** The target with the tokens of this moment. Throws Blocked. */
const targetNow = async (
  tokens: TokenSource,
  { purpose }: RequestPlan,
  signal: AbortSignal,
): Promise<TargetDescription> => {
  try {
    return await tokens.current(signal);
  } catch (error) {
    if (!(error instanceof NoAccessToken)) throw error;
    // What was created is to be deleted if it can be: whether a token has ended is for the target to say.
    if (purpose === 'cleanup') return tokens.last;
    throw new Blocked('no-access-token', error.message);
  }
};

const textOf = (body: unknown): string | undefined =>
  body === undefined || typeof body === 'string' ? body : JSON.stringify(body);

/** `record` gives an exchange its place in the trace. */
export const createSender = (
  context: RunContext,
  record: (exchange: Omit<Exchange, 'n'>) => Exchange,
): ((plan: RequestPlan) => Promise<Exchange>) => {
  const { clock, vault, signal } = context;
  const redact = (text: string): string => vault.redact(text);
  const redactBody = (text: string, isCut: boolean): string => (isCut ? vault.redactCut(text) : vault.redact(text));

  const once = (plan: RequestPlan, retryOf: number | undefined): Promise<Exchange> => {
    admit(context, plan);
    // What is looked for is to be seen as it is now, and not when all else has had its turn.
    return context.lanes.add(() => sendNow(plan, retryOf), priorityOf(plan));
  };

  const sendNow = async (plan: RequestPlan, retryOf: number | undefined, isAgain = false): Promise<Exchange> => {
    const url = plan.url.startsWith('/') ? `${context.facts.baseUrl}${plan.url}` : plan.url;
    const body = textOf(withTemplate(context.target.resources, plan.method, url, plan.body));
    const credential = plan.statusToken === undefined ? (plan.credential ?? 'primary') : 'status-token';
    const target = context.tokens === undefined ? context.target : await targetNow(context.tokens, plan, signal);
    const headers = mergeHeaders(
      [
        [header.userAgent, `scim-conformance/${context.version}`],
        // Without it a provider may choose any coding (RFC 9110 §12.5.3).
        [header.acceptEncoding, 'identity'],
        ...scimHeaders(body !== undefined),
        ...credentialHeaders(target, plan.statusToken === undefined ? credential : 'none', plan.spoiled),
        ...(plan.statusToken === undefined
          ? []
          : [[header.authorization, `Bearer ${vault.reveal(plan.statusToken)}`] satisfies [string, string]]),
      ],
      plan.headers ?? [],
    );
    const at = clock.now() - context.startedAt;
    // A credential is for the target alone, and for what the user named, wherever a Location may point.
    const { pollUrl } = context.events;
    const isNamed = pollUrl !== undefined && originOf(url) === originOf(pollUrl);
    const foreign = originOf(url) !== originOf(context.facts.baseUrl) && !isNamed;
    const answer = foreign
      ? ({
          type: 'failure',
          code: 'foreign-origin',
          message: `${originOf(url)} is not the target: the suite sends it no credential`,
        } as const)
      : await context.transport.send(
          {
            method: plan.method,
            url,
            headers,
            keptBytes: keptBytesOf(plan),
            isPassing: plan.isPassing ?? false,
            withoutCertificate: !showsCertificate(target, credential),
            ...(body === undefined ? {} : { body }),
          },
          signal,
        );
    if (plan.purpose !== 'cleanup') context.tally.exchanges += 1;
    if (answer.type === 'response' && answer.status === 401 && context.admission.isAccepted(credential)) {
      const refusal = await whyRefused(context, credential, target);
      if (refusal === 'renewed' && !isAgain) return sendNow(plan, retryOf, true);
      if (refusal !== 'here' && plan.purpose !== 'cleanup') {
        context.admission.lose(
          `The target accepted the ${credential === 'second' ? 'second credential' : 'credential'} at first, and answers 401 to it now (${plan.method} ${redact(url)}): has it ended? Give one that lasts as long as the run, or an OAuth client in a target file.`,
        );
        throw new Blocked('credential-lost', context.admission.lost ?? '');
      }
    }
    // All at once: neither a name nor a value has a line break in it (RFC 9110 §5.5).
    const redactHeaders = (list: HeaderList): HeaderList => {
      const all = list.flat().join('\n');
      const redacted = redact(all);
      if (redacted === all) return list;
      const lines = redacted.split('\n');
      return lines.length === 2 * list.length
        ? list.map((_, at) => [lines[2 * at] ?? '', lines[2 * at + 1] ?? ''])
        : list.map(([name, value]) => [redact(name), redact(value)]);
    };
    return record({
      type: 'exchange',
      purpose: plan.purpose,
      credential,
      ...(plan.submission === undefined ? {} : { submission: plan.submission }),
      ...(plan.subject === undefined ? {} : { subject: plan.subject }),
      ...(plan.variant === undefined ? {} : { variant: plan.variant }),
      ...(retryOf === undefined ? {} : { retryOf }),
      at,
      took: clock.now() - context.startedAt - at,
      request: {
        method: plan.method,
        url: redact(url),
        headers: redactHeaders(headers).map(withoutCredential(target, credential)),
        ...(body === undefined ? {} : { body: redact(body) }),
      },
      ...(answer.type === 'response'
        ? {
            response: {
              status: answer.status,
              headers: redactHeaders(answer.headers),
              body: redactBody(withoutStatusTokens(answer.body, vault), answer.truncated),
              truncated: answer.truncated,
            },
          }
        : { failure: { code: answer.code, message: redact(answer.message) } }),
    });
  };

  return async (plan) => {
    let exchange = await once(plan, undefined);
    for (let attempt = 1; attempt < patience.attempts; attempt += 1) {
      if (plan.once === true || !isAnswered(exchange) || !mayComeAgain(exchange) || signal.aborted) break;
      const asked = headerValue(exchange.response.headers, header.retryAfter);
      const now = clockOf(exchange, clock.date());
      const wait = (asked === undefined ? undefined : retryAfterMs(asked, now)) ?? patience.defaultWaitMs;
      if (wait > patience.longestWaitMs) break;
      await clock.sleep(Math.max(wait, patience.shortestWaitMs * 2 ** (attempt - 1)), signal);
      exchange = await once(plan, exchange.n);
    }
    return exchange;
  };
};

/** Milliseconds that an answer asks its client to wait before it comes back; undefined where it does not say. */
export const askedToWaitMs = (exchange: Exchange, now: Date): number | undefined => {
  const value = responseHeader(exchange, header.retryAfter);
  return value === undefined ? undefined : retryAfterMs(value, clockOf(exchange, now));
};

/** What the provider's own clock said when it answered: a date in Retry-After is one of that clock (RFC 9110 §6.6.1). */
const clockOf = (exchange: Exchange, now: Date): Date => {
  const date = Date.parse(responseHeader(exchange, header.date) ?? '');
  return Number.isNaN(date) ? now : new Date(date);
};
