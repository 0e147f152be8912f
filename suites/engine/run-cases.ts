/**
 * Judges the traces of a run by all requirements, and decides the outcome of each. Traces may come from the target or from
 * a recording, so that a recording has the same outcomes as its run.
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
import { addTrace, openCase, type Case } from './case.js';
import { type Executor } from './executor.js';
import { wordOf, type GateOptions } from './gate.js';
import { conclude, notImplemented, skipped } from './outcome.js';
import type { Exercise } from './plan.js';
import { unmet } from './unmet.js';
import { HarnessError } from '../errors/errors.js';

const nothingConfirmed: Confirmation = { confirmed: [], flaky: [] };

/** The largest number of asynchronous requests in the timeline of a report. */
const longestTimeline = 400;

const scenarioOf = (profile: Profile, name: string): Scenario => {
  const scenario = findScenario(profile, name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return scenario;
};

export interface DecideOptions {
  readonly executor: Executor;
  /** Scenarios that were not run, and why. */
  readonly unavailable: ReadonlyMap<string, string>;
  /** After it aborts, no finding is confirmed. */
  readonly signal: AbortSignal;
  readonly emit: Listener;
}

export interface RunCasesOptions {
  readonly profile: Profile;
  readonly selected: readonly Requirement[];
  readonly facts: TargetFacts;
  readonly settings: Settings;
  /** Its decision on each result is emitted with the result. */
  readonly gate?: GateOptions | undefined;
}

export class RunCases {
  rateLimit: RateLimitEstimate | undefined;
  readonly timeline: AsyncRequest[] = [];
  /** Number of exercises that were judged. */
  exercises = 0;
  private readonly cases: readonly Case[];
  /** Cases whose requirements read the traces of a scenario, by its name. */
  private readonly readers = new Map<string, readonly Case[]>();

  constructor(private readonly run: RunCasesOptions) {
    this.cases = run.selected
      .filter(({ judging, needs }) => judging !== undefined && unmet(needs, run.facts) === undefined)
      .map((requirement) => openCase(requirement));
  }

  addTrace(trace: Trace): void {
    this.exercises += 1;
    this.rateLimit ??= estimateLimiter(trace);
    const room = longestTimeline - this.timeline.length;
    if (room > 0) this.timeline.push(...timelineOf(trace).slice(0, room));
    for (const open of this.readersOf(trace.scenario)) addTrace(open, trace);
  }

  /** An error of this tool ended an exercise: requirements that need its trace cannot be judged. */
  addCrash(scenario: string, error: HarnessError): void {
    this.exercises += 1;
    for (const open of this.readersOf(scenario)) open.harnessError ??= error;
  }

  private readersOf(scenario: string): readonly Case[] {
    const known = this.readers.get(scenario);
    if (known !== undefined) return known;
    const readers = this.cases.filter(({ requirement }) => readsTraceOf(requirement, scenario));
    this.readers.set(scenario, readers);
    return readers;
  }

  /** The results of all selected requirements, in their order. */
  async decide(options: DecideOptions): Promise<RequirementResult[]> {
    const results: RequirementResult[] = [];
    for (const requirement of this.run.selected) {
      const result = await this.decideOne(requirement, options);
      results.push(result);
      const gate = wordOf(result, this.run.gate ?? {});
      options.emit({ type: 'requirement-judged', result, ...(gate === undefined ? {} : { gate }) });
    }
    return results;
  }

  private async decideOne(requirement: Requirement, options: DecideOptions): Promise<RequirementResult> {
    const open = this.cases.find((candidate) => candidate.requirement === requirement);
    const { judging } = requirement;
    if (judging === undefined) return notImplemented({ requirement });
    if (open === undefined) return skipped({ requirement }, unmet(requirement.needs, this.run.facts) ?? '');
    const missing = judging.from === 'every' ? [] : judging.from.map(({ name }) => options.unavailable.get(name));
    const [why] = missing;
    if (why !== undefined && missing.every((reason) => reason !== undefined)) return skipped(open, why);
    try {
      const confirmed = await this.confirmed(open, options);
      const cut = options.signal.aborted ? 'interrupted' : this.run.settings.readOnly ? 'read-only' : undefined;
      return conclude(open, confirmed, { seed: this.run.settings.seed, cut });
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      open.harnessError = error;
      return conclude(open, nothingConfirmed, { seed: this.run.settings.seed });
    }
  }

  private async confirmed(open: Case, { executor, signal, emit }: DecideOptions): Promise<Confirmation> {
    const [suspicion] = open.suspicions;
    if (suspicion === undefined || signal.aborted) return nothingConfirmed;
    emit({ type: 'shrinking', id: open.requirement.id, scenario: suspicion.trace.scenario });
    return confirm(open, {
      exerciseOf: (trace) => this.exerciseOf(trace),
      facts: this.run.facts,
      executor,
      seed: this.run.settings.seed,
      signal,
      isReplay: this.run.settings.path !== undefined,
    });
  }

  private exerciseOf({ scenario: name, binding: over, path, input }: Trace): Exercise {
    const binding = over ?? servedBindings(this.run.facts)[0];
    return {
      scenario: scenarioOf(this.run.profile, name),
      binding: over,
      turn: { binding, isFirst: false },
      path,
      input,
    };
  }
}
