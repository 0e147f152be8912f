/**
 * Hears the traces of a run in the cases of all requirements, and decides each. It does not care whether a trace comes
 * from the target or from a recording: what is judged again comes to the same.
 */
import type { AsyncRequest, RateLimitEstimate, RequirementResult, Settings, TargetFacts } from '../../schemas/types.js';
import type { Listener } from '../events.js';
import { estimateLimiter } from '../rate-limit/estimate.js';
import { findScenario, type Profile } from '../definitions/profile.js';
import { readsTraceOf, type Requirement } from '../definitions/requirement.js';
import type { Scenario } from '../definitions/scenario.js';
import { servedBindings } from '../provider/served-bindings.js';
import { timelineOf } from '../judging/timeline.js';
import type { Trace } from '../trace/trace.js';
import { confirm, type Confirmation } from './confirm.js';
import { hear, openCase, type Case } from './docket.js';
import { type Executor } from './executor.js';
import { wordOf, type GateOptions } from './gate.js';
import { conclude, notImplemented, skipped } from './outcome.js';
import type { Exercise } from './plan.js';
import { unmet } from './unmet.js';
import { HarnessError } from '../errors/errors.js';

const nothingConfirmed: Confirmation = { confirmed: [], flaky: [] };

/** Asynchronous requests that a report shows in its timeline. */
const longestTimeline = 400;

const scenarioOf = (profile: Profile, name: string): Scenario => {
  const scenario = findScenario(profile, name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return scenario;
};

export interface Court {
  readonly executor: Executor;
  /** Scenarios that were not run, and why. */
  readonly unavailable: ReadonlyMap<string, string>;
  /** Once it aborts, nothing is confirmed any more. */
  readonly signal: AbortSignal;
  readonly emit: Listener;
}

export interface HearingOrder {
  readonly profile: Profile;
  readonly selected: readonly Requirement[];
  readonly facts: TargetFacts;
  readonly settings: Settings;
  /** What it says of each result is told with the result. */
  readonly gate?: GateOptions | undefined;
}

export class Hearing {
  rateLimit: RateLimitEstimate | undefined;
  readonly timeline: AsyncRequest[] = [];
  /** Exercises that were heard. */
  exercises = 0;
  private readonly cases: readonly Case[];

  constructor(private readonly order: HearingOrder) {
    this.cases = order.selected
      .filter(({ judging, needs }) => judging !== undefined && unmet(needs, order.facts) === undefined)
      .map((requirement) => openCase(requirement));
  }

  hear(trace: Trace): void {
    this.exercises += 1;
    this.rateLimit ??= estimateLimiter(trace);
    const room = longestTimeline - this.timeline.length;
    if (room > 0) this.timeline.push(...timelineOf(trace).slice(0, room));
    for (const open of this.cases) hear(open, trace);
  }

  /** An exercise was ended by this tool itself: what it was to feed cannot be judged. */
  blame(scenario: string, error: HarnessError): void {
    this.exercises += 1;
    for (const open of this.cases) if (readsTraceOf(open.requirement, scenario)) open.harnessError ??= error;
  }

  /** The results of all selected requirements, in their order. */
  async decide(court: Court): Promise<RequirementResult[]> {
    const results: RequirementResult[] = [];
    for (const requirement of this.order.selected) {
      const result = await this.decideOne(requirement, court);
      results.push(result);
      const gate = wordOf(result, this.order.gate ?? {});
      court.emit({ type: 'requirement-judged', result, ...(gate === undefined ? {} : { gate }) });
    }
    return results;
  }

  private async decideOne(requirement: Requirement, court: Court): Promise<RequirementResult> {
    const open = this.cases.find((candidate) => candidate.requirement === requirement);
    const { judging } = requirement;
    if (judging === undefined) return notImplemented({ requirement });
    if (open === undefined) return skipped({ requirement }, unmet(requirement.needs, this.order.facts) ?? '');
    const missing = judging.from === 'every' ? [] : judging.from.map(({ name }) => court.unavailable.get(name));
    const [why] = missing;
    if (why !== undefined && missing.every((reason) => reason !== undefined)) return skipped(open, why);
    try {
      const confirmed = await this.confirmed(open, court);
      const cut = court.signal.aborted ? 'interrupted' : this.order.settings.readOnly ? 'read-only' : undefined;
      return conclude(open, confirmed, { seed: this.order.settings.seed, cut });
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      open.harnessError = error;
      return conclude(open, nothingConfirmed, { seed: this.order.settings.seed });
    }
  }

  private async confirmed(open: Case, { executor, signal, emit }: Court): Promise<Confirmation> {
    const [suspicion] = open.suspicions;
    if (suspicion === undefined || signal.aborted) return nothingConfirmed;
    emit({ type: 'shrinking', id: open.requirement.id, scenario: suspicion.trace.scenario });
    return confirm(open, {
      exerciseOf: (trace) => this.exerciseOf(trace),
      facts: this.order.facts,
      executor,
      seed: this.order.settings.seed,
      signal,
      isReplay: this.order.settings.path !== undefined,
    });
  }

  private exerciseOf({ scenario: name, binding: over, path, input }: Trace): Exercise {
    const binding = over ?? servedBindings(this.order.facts)[0];
    return {
      scenario: scenarioOf(this.order.profile, name),
      binding: over,
      turn: { binding, isFirst: false },
      path,
      input,
    };
  }
}
