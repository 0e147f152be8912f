/**
 * The events of a run. Reporters use only these events, so that a terminal, a file and a pipeline show the same run.
 */
import type { EndedEarly, Gate, Report, RequirementResult, Settings, TargetFacts } from '../schemas/types.js';
import type { Level } from './contract/requirement-row.js';
import type { EndCode } from './errors/codes.js';
export { beginning, clip, limits } from './trace/clipping.js';
import type { Trace } from './trace/trace.js';

export interface RunStarted {
  readonly type: 'run-started';
  readonly run: string;
  readonly startedAt: string;
  readonly tool: string;
  readonly profile: string;
  readonly settings: Settings;
}

/** The target has answered, and its facts are known. */
export interface Discovered {
  readonly type: 'discovered';
  readonly target: TargetFacts;
  readonly requirements: number;
  /** Scenarios times inputs. */
  readonly exercises: number;
}

/** An exercise was executed: by the plan, or to confirm a finding or make it smaller. In the order in which they are judged. */
export interface Exercised {
  readonly type: 'exercised';
  /** Unique in the run. */
  readonly name: string;
  readonly trace: Trace;
  /** The error of this tool that ended it. */
  readonly crashed?: string;
  /** Why the work of the run had ended by then: the trace may be cut short, and is not judged. */
  readonly endedBy?: EndCode;
}

export interface ExerciseFinished {
  readonly type: 'exercise-finished';
  readonly scenario: string;
  readonly title: string;
  /** How many of all planned exercises are finished. */
  readonly finished: number;
}

/** The first finding of a defect: nothing is confirmed yet. */
export interface FindingSeen {
  readonly type: 'finding';
  readonly id: string;
  readonly level: Level;
  readonly code: string;
  readonly expected: string;
  readonly actual: string;
  /** The exercise that showed it, as the option `--path` takes it. */
  readonly path: string;
}

/** What the repetitions of a finding showed: it came again, it did not, or nothing could be learnt. */
export interface FindingRepeated {
  readonly type: 'finding-repeated';
  readonly id: string;
  readonly level: Level;
  readonly code: string;
  readonly result: 'confirmed' | 'flaky' | 'unknown';
}

/** A finding is being confirmed on fresh resources and made smaller. */
export interface Shrinking {
  readonly type: 'shrinking';
  readonly id: string;
  readonly scenario: string;
}

/** Which failures of one result are known (with the reason why each is tolerated) and which are new. */
export type GateWord = Pick<Gate, 'known' | 'fresh' | 'reasons'>;

export interface RequirementJudged {
  readonly type: 'requirement-judged';
  readonly result: RequirementResult;
  /** Absent if there is no gate. */
  readonly gate?: GateWord;
}

export interface CleaningUp {
  readonly type: 'cleaning-up';
}

export interface RunFinished {
  readonly type: 'run-finished';
  /** Why the work of the run ended before all of it was done. */
  readonly endedBy?: EndCode;
  /** The verdict of a run that ended before it was judged. */
  readonly ended?: EndedEarly;
  readonly report: Report;
}

export type RunEvent =
  | RunStarted
  | Discovered
  | Exercised
  | ExerciseFinished
  | FindingSeen
  | Shrinking
  | FindingRepeated
  | RequirementJudged
  | CleaningUp
  | RunFinished;

export type Listener = (event: RunEvent) => void;
