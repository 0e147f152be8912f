/**
 * Judges the traces of a run by all requirements, and decides the outcome of each. Traces may come from the target or from
 * a recording, so that a recording has the same outcomes as its run.
 */
import type {
  AsyncRequest,
  ClientShape,
  RateLimitEstimate,
  RequirementResult,
  Settings,
  TargetFacts,
} from '../../schemas/types.js';
import type { Listener } from '../events.js';
import { estimateLimiter } from '../rate-limit/estimate.js';
import { findScenario, type Profile } from '../definitions/profile.js';
import { readsTraceOf, type Requirement } from '../definitions/requirement.js';
import type { Scenario } from '../definitions/scenario.js';
import { servedBindings } from '../provider/served-bindings.js';
import { timelineOf } from '../judging/timeline.js';
import type { Trace } from '../trace/trace.js';
import { confirm, confirmationsOf } from './confirm.js';
import { addTrace, isJudgingError, openCase, type Case } from './case.js';
import { ClientTable } from './client-table.js';
import { type Executor } from './executor.js';
import { wordOf, type GateOptions } from './gate.js';
import { Losses } from './losses.js';
import { conclude, notImplemented, skipped } from './outcome.js';
import { planOf, type Exercise, type Plan } from './plan.js';
import { defectOf, keyOf, type Suspicion } from './suspicion.js';
import type { EndOfWork } from '../session/end-of-work.js';
import { unmetBy } from './unmet.js';
import { pathOf } from '../trace/path.js';
import type { HarnessError } from '../errors/errors.js';

/** The largest number of asynchronous requests in the timeline of a report. */
const longestTimeline = 400;

/** The name of a planned execution: `executionName` of its own path. */
const plannedName = ({ scenario, binding, path }: Exercise): string => pathOf(scenario.name, binding, path);

/**
 * Whether a requirement counts as untested as long as this scenario was not exercised. One that reads every trace is tested
 * by the scenario that shows a violation best.
 */
const isTestedBy = ({ judging }: Requirement, { name }: Scenario): boolean =>
  judging !== undefined &&
  (judging.from === 'every' ? judging.first?.name === name : judging.from.some((each) => each.name === name));

const scenarioOf = (profile: Profile, name: string): Scenario => {
  const scenario = findScenario(profile, name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return scenario;
};

/** What is needed to repeat exercises. */
export interface ConfirmOptions {
  readonly executor: Executor;
  /** After it aborts, no finding is confirmed. */
  readonly signal: AbortSignal;
}

export interface RunCasesOptions {
  readonly profile: Profile;
  readonly selected: readonly Requirement[];
  readonly facts: TargetFacts;
  readonly settings: Settings;
  /** Its decision on each result is emitted with the result. */
  readonly gate?: GateOptions | undefined;
  readonly emit: Listener;
}

export class RunCases {
  rateLimit: RateLimitEstimate | undefined;
  readonly timeline: AsyncRequest[] = [];
  /** Number of exercises that were judged. */
  exercises = 0;
  readonly plan: Plan;
  private readonly clients: ClientTable;
  private readonly losses = new Losses();
  private readonly cases: readonly Case[];
  /** Cases whose requirements read the traces of a scenario, by its name. */
  private readonly readers = new Map<string, readonly Case[]>();
  /** Planned exercises that were not judged yet, by their names. */
  private readonly left: Map<string, Exercise>;

  /** Throws SelectionError. */
  constructor(private readonly run: RunCasesOptions) {
    this.plan = planOf(run);
    this.clients = new ClientTable(run);
    this.left = new Map(this.plan.exercises.map((exercise) => [plannedName(exercise), exercise]));
    this.cases = run.selected
      .filter((requirement) => requirement.judging !== undefined && unmetBy(requirement, run.facts) === undefined)
      .map((requirement) => openCase(requirement));
  }

  /** Judges the trace of a planned exercise. */
  addTrace(trace: Trace): void {
    this.exercises += 1;
    this.left.delete(pathOf(trace.scenario, trace.binding, trace.path));
    if (this.isOfClient(trace.scenario)) {
      this.clients.add(trace);
      return;
    }
    this.losses.add(trace);
    this.rateLimit ??= estimateLimiter(trace);
    const room = longestTimeline - this.timeline.length;
    if (room > 0) this.timeline.push(...timelineOf(trace).slice(0, room));
    for (const open of this.readersOf(trace.scenario)) {
      // In the scope `all`, some exercises are made without a binding.
      if (unmetBy(open.requirement, trace.target) === undefined) this.announce(open, addTrace(open, trace));
    }
  }

  /** Emits the first finding of each defect. */
  private announce({ requirement: { id } }: Case, fresh: readonly Suspicion[]): void {
    for (const { finding, level, trace } of fresh) {
      const { code, expected, actual } = finding;
      const path = pathOf(trace.scenario, trace.binding, trace.path);
      this.run.emit({ type: 'finding', id, level, code, expected, actual, path });
    }
  }

  /** An error of this tool ended a planned exercise: requirements that need its trace cannot be judged. */
  addCrash(about: Pick<Trace, 'scenario' | 'binding' | 'path' | 'input'>, error: HarnessError): void {
    const { scenario, binding, path } = about;
    this.exercises += 1;
    this.left.delete(pathOf(scenario, binding, path));
    if (this.isOfClient(scenario)) {
      this.clients.addCrash(about, error);
      return;
    }
    for (const open of this.readersOf(scenario)) open.harnessError ??= error;
  }

  /** Whether the traces of this scenario show what the target makes of a client: no requirement reads them. */
  isOfClient(scenario: string): boolean {
    return this.clients.isOf(scenario);
  }

  /** What the target makes of the request shapes of clients; undefined if none were chosen. */
  worksWith(): ClientShape[] | undefined {
    return this.clients.rows();
  }

  private readersOf(scenario: string): readonly Case[] {
    const known = this.readers.get(scenario);
    if (known !== undefined) return known;
    const readers = this.cases.filter(({ requirement }) => readsTraceOf(requirement, scenario));
    this.readers.set(scenario, readers);
    return readers;
  }

  /** Confirms the findings of the traces so far, each once. */
  async confirm(options: ConfirmOptions): Promise<void> {
    for (const open of this.cases) {
      try {
        await this.confirmOne(open, options);
      } catch (error) {
        if (!isJudgingError(error)) throw error;
        open.harnessError = error;
      }
    }
  }

  /** The results of all selected requirements, in their order. `end`: why the work of the run ended early. */
  conclude(end: EndOfWork | undefined): RequirementResult[] {
    return this.run.selected.map((requirement) => {
      const result = this.resultOf(requirement, end);
      const gate = wordOf(result, this.run.gate ?? {});
      this.run.emit({ type: 'requirement-judged', result, ...(gate === undefined ? {} : { gate }) });
      return result;
    });
  }

  private resultOf(requirement: Requirement, end: EndOfWork | undefined): RequirementResult {
    const open = this.cases.find((candidate) => candidate.requirement === requirement);
    const { judging } = requirement;
    if (judging === undefined) return notImplemented({ requirement });
    if (open === undefined) return skipped({ requirement }, unmetBy(requirement, this.run.facts) ?? '');
    const missing = judging.from === 'every' ? [] : judging.from.map(({ name }) => this.plan.unavailable.get(name));
    const [why] = missing;
    if (why !== undefined && missing.every((reason) => reason !== undefined)) return skipped(open, why);
    const { seed, readOnly } = this.run.settings;
    const isFor = ({ scenario }: Exercise): boolean => isTestedBy(requirement, scenario);
    return conclude(open, confirmationsOf(open, this.losses), {
      seed,
      readOnly,
      end,
      planned: this.plan.exercises.filter(isFor).length,
      left: [...this.left.values()].filter(isFor).length,
    });
  }

  private async confirmOne(open: Case, { executor, signal }: ConfirmOptions): Promise<void> {
    const { id } = open.requirement;
    const { emit } = this.run;
    const suspicion = open.suspicions.find((each) => !open.confirmations.has(keyOf(defectOf(each))));
    if (suspicion === undefined) return;
    if (!signal.aborted) emit({ type: 'shrinking', id, scenario: suspicion.trace.scenario });
    await confirm(open, {
      exerciseOf: (trace) => this.exerciseOf(trace),
      facts: this.run.facts,
      executor,
      seed: this.run.settings.seed,
      losses: this.losses,
      signal,
      isReplay: this.run.settings.path !== undefined,
      onRepeated: ({ level, code }, { type }) => emit({ type: 'finding-repeated', id, level, code, result: type }),
    });
  }

  private exerciseOf({ scenario: name, binding: over, path, input, target }: Trace): Exercise {
    const binding = over ?? servedBindings(target)[0];
    return {
      scenario: scenarioOf(this.run.profile, name),
      binding: over,
      turn: { binding, isFirst: false },
      path,
      input,
    };
  }
}
