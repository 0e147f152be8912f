/** CORE-03: synchronous writes with the reads directly before and after them, and in what these reads differ. */
import { isPresent } from '../../../trace/alike.js';
import { differenceAt, type ResourceDifference } from '../../../judging/resource-difference.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { isObject, requestJson, responseObject, type JsonObject } from '../../../trace/message.js';
import type { Answered } from '../../../trace/trace.js';

export interface Change {
  readonly write: Answered;
  /** The read before it; undefined for a create. */
  readonly before: Answered | undefined;
  readonly after: Answered;
  /** What the reads show; an empty object before a create. */
  readonly was: JsonObject;
  readonly is: JsonObject;
  /** The resource as the suite created it. */
  readonly sent: JsonObject;
  /** Everything that reads of the resource show, at any time. */
  readonly seen: readonly JsonObject[];
}

const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

const shownBy = (read: Answered): JsonObject => responseObject(read) ?? {};

/** The writes of these purposes that have a read directly after them and (except creates) directly before them. */
export const changesOf = (trace: TraceView, ...purposes: ('create' | 'replace' | 'patch')[]): Change[] =>
  trace.answered(...purposes).flatMap((write): Change[] => {
    const own = trace.all().filter(({ subject }) => subject === write.subject);
    const place = own.findIndex(({ n }) => n === write.n);
    const reads = trace
      .answered('read')
      .filter(({ subject, response }) => subject === write.subject && response.status === 200);
    // No other write of the resource is between them.
    const before = reads.find(({ n }) => n === own[place - 1]?.n);
    const after = reads.find(({ n }) => n === own[place + 1]?.n);
    const create = trace.answered('create').find(({ subject, n }) => subject === write.subject && n <= write.n);
    const isCreate = create === write;
    if (create === undefined || after === undefined || (before === undefined && !isCreate)) return [];
    return [
      {
        write,
        before,
        after,
        was: before === undefined ? {} : shownBy(before),
        is: shownBy(after),
        sent: objectOf(requestJson(create)),
        seen: reads.map(shownBy),
      },
    ];
  });

/** The exchanges of a change, as evidence. */
export const exchangesOf = ({ before, write, after }: Change): Answered[] => [
  ...(before === undefined ? [] : [before]),
  write,
  after,
];

const memberOf = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

/**
 * The part of a value that the suite wrote, and that the provider keeps: it decides about the rest, such as
 * name.formatted, and shows at no time what it does not keep. `seen`: the value in all reads.
 */
const written = (sent: unknown, shown: unknown, seen: readonly unknown[]): unknown =>
  isObject(sent) && isObject(shown)
    ? Object.fromEntries(
        Object.entries(shown).flatMap(([name, value]) => {
          const values = seen.map((each) => memberOf(each, name));
          return name in sent && values.some(isPresent) ? [[name, written(sent[name], value, values)]] : [];
        }),
      )
    : shown;

/** The attributes that the suite wrote, and that the provider keeps and returns. */
export const keptNames = ({ sent, seen }: Change): readonly string[] =>
  Object.keys(sent).filter((name) => name !== 'schemas' && seen.some((shown) => isPresent(shown[name])));

const sizeOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** A provider may keep fewer values than were written; but the members of a group are never too many. */
const mostShown = ({ seen }: Change, name: string): number =>
  name === 'members' ? Infinity : Math.max(...seen.map((resource) => sizeOf(resource[name])));

/** The first of these attributes in which what is shown differs from what is wanted; undefined if there is none. */
export const firstDifference = (
  change: Change,
  { wanted, shown, names }: { wanted: JsonObject; shown: JsonObject; names: readonly string[] },
): ResourceDifference | undefined => {
  const { was, sent } = change;
  for (const name of names) {
    const seen = change.seen.map((resource) => resource[name]);
    const difference = differenceAt(name, {
      before: written(sent[name], was[name], seen),
      wanted: written(sent[name], wanted[name], seen),
      shown: shown[name],
      mostShown: mostShown(change, name),
    });
    if (difference !== undefined) return difference;
  }
  return undefined;
};
