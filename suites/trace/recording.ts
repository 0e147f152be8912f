/**
 * Reads a recorded run (schemas/files/trace.json) back into traces. A run that was killed has no end, and its last line may
 * be cut: it is read as far as it goes.
 */
import type { RunEnd, RunHead, TargetFacts, TraceLine } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import type { Trace, TraceEntry } from './trace.js';
import type { EndCode } from '../errors/codes.js';
import { RecordingError } from '../errors/errors.js';

export interface RecordedExecution {
  /** Unique in the run. */
  readonly name: string;
  readonly trace: Trace;
  /** The error in the suite that ended the exercise. */
  readonly crashed?: string;
  /** Why the work of the run had ended by then. */
  readonly endedBy?: EndCode;
}

export interface Recording {
  readonly head: RunHead;
  /** Undefined if the target was not reached. */
  readonly facts: TargetFacts | undefined;
  /** In the order in which they were judged. */
  readonly executions: readonly RecordedExecution[];
  /** Undefined if the run was killed. */
  readonly end: RunEnd | undefined;
}

const parse = (text: string, number: number): TraceLine => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RecordingError(
      'not-json',
      `line ${number} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const validation = validate('files/trace', value);
  if (validation.valid) return validation.value;
  const [first] = validation.violations;
  throw new RecordingError(
    'not-a-trace-line',
    `line ${number} is no line of a trace: ${first === undefined ? 'its type is unknown' : `${first.path} ${first.message}`}`,
  );
};

type Head = Extract<TraceLine, { type: 'exercise' }>;

/** Throws RecordingError. `text` is NDJSON. */
export const readRecording = (text: string): Recording => {
  if (text.startsWith('\ufeff'))
    throw new RecordingError(
      'not-json',
      'a byte order mark (U+FEFF) stands before line 1; save the file as UTF-8 without a byte order mark',
    );
  let head: RunHead | undefined;
  let facts: TargetFacts | undefined;
  let end: RunEnd | undefined;
  let open: { head: Head; entries: TraceEntry[] } | undefined;
  const executions: RecordedExecution[] = [];
  const lines = wholeLines(text);
  for (const [index, each] of lines.entries()) {
    if (each.trim() === '') continue;
    const number = index + 1;
    const line = parse(each, number);
    const misplaced = (what: string): RecordingError =>
      new RecordingError('misplaced-line', `line ${number}: a line of type ${line.type} was not expected ${what}`);
    if (head === undefined && line.type !== 'run') throw misplaced('before the line of type run');
    if (end !== undefined) throw misplaced('after the line of type run-end');
    switch (line.type) {
      case 'run':
        if (head !== undefined) throw misplaced('twice');
        head = line;
        break;
      case 'discovered':
        facts = line.target;
        break;
      case 'exercise':
        if (open !== undefined) throw misplaced('before the end of the exercise before it');
        open = { head: line, entries: [] };
        break;
      case 'end':
        if (open === undefined || facts === undefined) throw misplaced('outside an exercise');
        executions.push(execution(open, line, facts));
        open = undefined;
        break;
      case 'run-end':
        if (open !== undefined) throw misplaced('within an exercise');
        end = { ...line, ...endedByOf(line) };
        break;
      default:
        if (open?.entries.length !== line.n) throw misplaced('here');
        open.entries.push(line);
    }
  }
  if (head === undefined)
    throw new RecordingError('empty-recording', 'it is empty: a line of type run was expected first');
  return { head, facts, executions, end };
};

/** The lines of a text without a last line that is cut: every line ends with a line feed. */
const wholeLines = (text: string): string[] => {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  try {
    JSON.parse(last);
    return [...lines, last];
  } catch {
    return lines;
  }
};

/** Older traces only say whether the run had been interrupted. */
const endedByOf = ({
  endedBy,
  interrupted,
}: Pick<RunEnd, 'endedBy'> & { interrupted?: boolean }): Pick<RunEnd, 'endedBy'> =>
  endedBy !== undefined ? { endedBy } : interrupted === true ? { endedBy: 'run-interrupted' } : {};

const execution = (
  { head, entries }: { head: Head; entries: TraceEntry[] },
  end: Extract<TraceLine, { type: 'end' }>,
  target: TargetFacts,
): RecordedExecution => {
  const { blocked, blockedBy, crashed } = end;
  const { scenario, binding, path, input, name, withoutBinding } = head;
  const trace: Trace = {
    scenario,
    ...(binding === undefined ? {} : { binding }),
    path,
    input,
    target: withoutBinding === true ? { ...target, bindings: {} } : target,
    entries,
    ...(blocked === undefined ? {} : { blocked }),
    ...(blockedBy === undefined ? {} : { blockedBy }),
  };
  return { name, trace, ...(crashed === undefined ? {} : { crashed }), ...endedByOf(end) };
};
