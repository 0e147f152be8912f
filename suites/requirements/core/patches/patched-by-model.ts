/**
 * CORE-09: one PATCH with the reads before and after it, beside the states that the model permits. What is compared is only
 * what the suite wrote and the provider has shown as it was written.
 */
import { urn } from '../../../../schemas/names.js';
import { describedSchemas } from '../../../judging/patch-model/described-schemas.js';
import { judgedPart, reduced, type JudgedPart } from '../../../judging/patch-model/judged-part.js';
import { modelled } from '../../../judging/patch-model/model.js';
import { stateDifference, type Listing, type StateDifference } from '../../../judging/patch-model/state-difference.js';
import type { Step } from '../../../judging/patch-model/step.js';
import { readTarget, type PatchTarget, type Schemas } from '../../../judging/patch-model/target.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { patchSequenceSteps } from '../../../scenarios/synchronous/patch-sequences.js';
import { isObject, operationsIn, requestJson, responseObject, type JsonObject } from '../../../trace/message.js';
import { changesOf, type Change } from '../changes/changes.js';

export interface Patched extends Change {
  readonly operations: readonly JsonObject[];
  readonly part: JudgedPart;
  /** The part before the PATCH. */
  readonly beforehand: JsonObject;
  /** What the operations may make of it. */
  readonly step: Step<JsonObject>;
  /** The targets of the operations, each with its `op`; undefined for a path that cannot be read. */
  readonly targets: readonly (NamedTarget | undefined)[];
}

export interface NamedTarget extends PatchTarget {
  readonly op: unknown;
}

const targetsOf = ({ op, path, value }: JsonObject, schemas: Schemas): (NamedTarget | undefined)[] => {
  const named = (text: string): NamedTarget | undefined => {
    const target = readTarget(text, schemas);
    return target && { ...target, op };
  };
  if (typeof path === 'string') return [named(path)];
  if (!isObject(value)) return [undefined];
  return Object.entries(value).flatMap(([name, held]) =>
    name.startsWith('urn:') && isObject(held)
      ? Object.keys(held).map((attribute) => named(`${name}:${attribute}`))
      : [named(name)],
  );
};

/** The PATCHes of a trace that have a read directly before and after them. */
export const patchesOf = (trace: TraceView): Patched[] => {
  const described = trace
    .variant(patchSequenceSteps.schemas, 'discover')
    .find(({ response }) => response.status === 200);
  const answer = described && responseObject(described);
  return changesOf(trace, 'patch').map((change) => {
    const isGroup = Array.isArray(change.sent.schemas) && change.sent.schemas.includes(urn.group);
    const schemas = describedSchemas(isGroup ? 'Group' : 'User', answer);
    const operations = operationsIn(requestJson(change.write)).filter(isObject);
    const part = judgedPart(change.sent, change.seen[0] ?? {}, schemas);
    const beforehand = reduced(change.was, part);
    return {
      ...change,
      operations,
      part,
      beforehand,
      step: modelled(beforehand, operations, schemas),
      targets: operations.flatMap((operation) => targetsOf(operation, schemas)),
    };
  });
};

/** Names of the attributes that the operations change; of an extension its URN. */
export const namesIn = ({ targets }: Pick<Patched, 'targets'>): string[] =>
  targets.flatMap((target) => (target === undefined ? [] : [target.extension ?? target.definition.name]));

const sizeOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

const listingOf = ({ seen, targets }: Patched): Listing => ({
  mostShown: (name) => Math.max(...seen.map((resource) => sizeOf(resource[name]))),
  isPrimaryFree: (name) =>
    targets.some((target) => target?.definition.name === name && (target.sub?.name ?? 'primary') === 'primary'),
});

/** The first difference between a resource and this state, of the part that is judged. */
export const differenceFrom = (
  patched: Patched,
  wanted: JsonObject,
  shown: JsonObject = patched.is,
): StateDifference | undefined =>
  stateDifference(
    {
      before: patched.beforehand,
      wanted: reduced(wanted, patched.part),
      shown: reduced(shown, patched.part),
    },
    listingOf(patched),
  );

/** The difference from the nearest of several states; undefined if it is one of them. */
export const differenceFromAll = (patched: Patched, states: readonly JsonObject[]): StateDifference | undefined => {
  const differences = states.map((state) => differenceFrom(patched, state));
  return differences.includes(undefined) ? undefined : differences[0];
};

/** Operations without their values: a provider that has accepted one of a form knows this form. */
export const formOf = ({ op, path }: JsonObject): string =>
  JSON.stringify([op, typeof path === 'string' ? path.replaceAll(/"[^"]*"/g, '""').toLowerCase() : null]);
