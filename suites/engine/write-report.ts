/** Builds a report and limits its size whatever the target sent, because people read it; judges read the trace. */
import type {
  AsyncRequest,
  ClientShape,
  Evidence,
  Exchange,
  Report,
  RequirementResult,
  TargetFacts,
} from '../../schemas/types.js';
import { beginning, clip, limits } from '../trace/clipping.js';
import { version } from '../version.js';
import { passGate, type GateOptions } from './gate.js';
import { countOutcomes, type RunState, type Verdict } from './verdict/run-state.js';

export interface ReportParts extends Pick<
  Report,
  'profile' | 'run' | 'startedAt' | 'finishedAt' | 'settings' | 'traffic' | 'time' | 'leftovers'
> {
  readonly verdict: Verdict;
  readonly rateLimit: Report['rateLimit'] | undefined;
  readonly clients: readonly ClientShape[] | undefined;
  readonly facts: TargetFacts | undefined;
  readonly results: readonly RequirementResult[];
  readonly timeline: readonly AsyncRequest[];
  readonly gate: GateOptions;
  /** The values that decided the verdict; undefined if the run ended before. */
  readonly state: RunState | undefined;
}

/** The largest number of exchanges that are shown for the first finding and for each other one: the first and the last ones. */
const mostExchanges = { first: 12, others: 4 };

/** The largest number of resources that are listed as not deleted; of the others only the number is given. */
const mostLeftovers = 500;

/** A recording holds the list of its report: that list is not cut again. */
const cutLeftovers = (leftovers: readonly string[]): string[] => {
  if (leftovers.length <= mostLeftovers) return cutAll([...leftovers], limits.text);
  const shown = leftovers.slice(0, mostLeftovers - 1);
  return [...cutAll(shown, limits.text), `… and ${leftovers.length - shown.length} more`];
};

/** A copy of a value with every string cut to this length. */
const cutAll = <T>(value: T, length: number): T => {
  if (typeof value === 'string') return clip(value, length) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => cutAll(item, length)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [clip(name, length), cutAll(member as unknown, length)]),
  ) as T;
};

const cutBody = (
  { body, truncated }: { body?: string; truncated?: boolean },
  length: number,
): { body?: string; truncated?: boolean } =>
  body === undefined || body.length <= length
    ? { ...(body === undefined ? {} : { body }), ...(truncated === undefined ? {} : { truncated }) }
    : { body: beginning(body, length), truncated: true };

const cutExchange = ({ request, response, ...rest }: Exchange): Exchange => ({
  ...cutAll(rest, limits.text),
  request: {
    ...cutAll({ method: request.method, url: request.url, headers: request.headers }, limits.text),
    ...cutBody(request, limits.requestBody),
  },
  ...(response === undefined
    ? {}
    : {
        response: {
          ...response,
          headers: cutAll(response.headers, limits.text),
          ...cutBody(response, limits.responseBody),
        },
      }),
});

/** A value from the target, or only its size if it is too long to read. */
const cutFact = (value: unknown): unknown => {
  const { length } = JSON.stringify(value);
  return length <= limits.responseBody ? value : `… (${length} characters of JSON)`;
};

const cutFacts = (facts: TargetFacts): TargetFacts => ({
  ...cutAll(facts, limits.text),
  ...(facts.asyncExtension === undefined ? {} : { asyncExtension: cutFact(facts.asyncExtension) }),
  ...(facts.securityEvents === undefined ? {} : { securityEvents: cutFact(facts.securityEvents) }),
});

const cutEvidence = ({ exchanges, ...rest }: Evidence, most: number): Evidence => {
  const shown = exchanges.length <= most ? exchanges : [...exchanges.slice(0, 1), ...exchanges.slice(1 - most)];
  return { ...cutAll(rest, limits.text), exchanges: shown.map(cutExchange) };
};

const cutClient = ({ exchanges, ...row }: ClientShape): ClientShape => ({
  ...cutAll(row, limits.text),
  ...(exchanges === undefined ? {} : { exchanges: exchanges.map(cutExchange) }),
});

const cutResult = ({ evidence, alsoFound, ...result }: RequirementResult): RequirementResult => ({
  ...cutAll(result, limits.text),
  ...(evidence === undefined ? {} : { evidence: cutEvidence(evidence, mostExchanges.first) }),
  ...(alsoFound === undefined ? {} : { alsoFound: alsoFound.map((each) => cutEvidence(each, mostExchanges.others)) }),
});

export const writeReport = ({
  verdict,
  facts,
  results,
  timeline,
  gate: gateOptions,
  state,
  rateLimit,
  clients,
  leftovers,
  ...parts
}: ReportParts): Report => {
  const gated = passGate(verdict, gateOptions, state, clients);
  const { outOfScope = [] } = state ?? {};
  return {
    format: 2,
    tool: version,
    profile: parts.profile,
    run: parts.run,
    startedAt: parts.startedAt,
    finishedAt: parts.finishedAt,
    verdict: verdict.verdict,
    reason: clip(verdict.reason, limits.text),
    exitCode: gated?.exitCode ?? verdict.exitCode,
    ...(gated === undefined ? {} : { gate: gated.gate }),
    settings: parts.settings,
    ...(facts === undefined ? {} : { target: cutFacts(facts) }),
    counts: countOutcomes(results),
    traffic: parts.traffic,
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(clients === undefined ? {} : { clients: clients.map(cutClient) }),
    time: parts.time,
    requirements: results.map(cutResult),
    ...(outOfScope.length === 0 ? {} : { outOfScope: [...outOfScope] }),
    timeline: [...timeline],
    leftovers: cutLeftovers(leftovers),
  };
};
