/**
 * A model of PATCH: the states that RFC 7644 §3.5.2 permits after a list of operations, computed from the state before
 * them. It knows nothing of any provider. Where the text can be read in several ways, each of them gives a state.
 */
import { isObject, type JsonObject } from '../../trace/message.js';
import { isPresent } from '../../trace/alike.js';
import { gone, isComplex } from './gone.js';
import { changedList, type Edit, type Op } from './lists.js';
import { done, onEach, open, refused, within, type Step } from './step.js';
import { readTarget, type PatchTarget, type Schemas } from './target.js';

const ops: readonly string[] = ['add', 'remove', 'replace'] satisfies Op[];

const isOp = (op: unknown): op is Op => typeof op === 'string' && ops.includes(op);

/** Some clients and providers take `Add` for `add`, which the RFC does not say. */
const isSpelledOtherwise = (op: unknown): boolean => typeof op === 'string' && isOp(op.toLowerCase());

/**
 * A single value. A path to a complex attribute leaves the sub-attributes that are not named unchanged (RFC 7644 §3.5.2.3).
 * Without a path the target is the resource, and then `replace` can be read so that it removes them.
 */
const changedSingle = (before: unknown, { op, value, isPathless = false }: Edit): Step<unknown> => {
  if (op === 'remove') return done([gone(before)], !isPresent(before));
  if (!isComplex(before) || !isObject(value)) return done([value]);
  const merged = { ...before, ...value };
  if (op === 'add' || !isPathless) return done([merged]);
  const bare = Object.fromEntries(Object.entries(before).map(([name, old]) => [name, gone(old)]));
  return done([merged, { ...bare, ...value }]);
};

const changedSub = (before: unknown, name: string, { op, value }: Edit): Step<unknown> => {
  const holder = isComplex(before) ? before : {};
  if (op === 'remove') return done([{ ...holder, [name]: gone(holder[name]) }], !isPresent(holder[name]));
  return done([{ ...holder, [name]: value }]);
};

const listIn = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];

const changedAttribute = (holder: JsonObject, target: PatchTarget, edit: Edit): Step<JsonObject> => {
  const { definition, filter, sub } = target;
  const { name, multiValued, required, mutability } = definition;
  const before = holder[name];
  const wrap = (value: unknown): JsonObject => ({ ...holder, [name]: value });
  // It has to fail or to be ignored; what a client may add to an immutable attribute is not followed up.
  if (mutability === 'readOnly' || sub?.mutability === 'readOnly') return done([holder], true);
  if (edit.op === 'remove' && sub === undefined && filter === undefined && required) return refused('required');
  if (sub?.required === true && edit.op === 'remove') return open;
  if (multiValued) return within(changedList(target, listIn(before), edit), wrap);
  if (filter !== undefined) return open;
  return within(sub === undefined ? changedSingle(before, edit) : changedSub(before, sub.name, edit), wrap);
};

const changedAt = (resource: JsonObject, path: string, edit: Edit, schemas: Schemas): Step<JsonObject> => {
  const target = readTarget(path, schemas);
  if (target === undefined) return open;
  const { extension } = target;
  if (extension === undefined) return changedAttribute(resource, target, edit);
  const before = resource[extension];
  const step = changedAttribute(isComplex(before) ? before : {}, target, edit);
  return within(step, (held) => ({ ...resource, [extension]: held }));
};

/** `add` or `replace` without a path: a set of attributes, of which an extension may be one. */
const changedPathless = (resource: JsonObject, edit: Edit, schemas: Schemas): Step<JsonObject> => {
  if (edit.op === 'remove') return refused('no path');
  if (!isObject(edit.value)) return open;
  return Object.entries(edit.value).reduce<Step<JsonObject>>(
    (step, [name, value]) => {
      if (step.type !== 'done') return step;
      const own: Edit = { op: edit.op, value, isPathless: true };
      return onEach(step.states, (state) =>
        name.startsWith('urn:')
          ? within(changedSingle(state[name], own), (held) => ({ ...state, [name]: held }))
          : changedAt(state, name, own, schemas),
      );
    },
    done([resource]),
  );
};

const applied = (resource: JsonObject, operation: unknown, schemas: Schemas): Step<JsonObject> => {
  if (!isObject(operation)) return open;
  const { op, path, value } = operation;
  if (!isOp(op)) return isSpelledOtherwise(op) ? open : refused('unknown op');
  if (path === undefined) return changedPathless(resource, { op, value }, schemas);
  return typeof path === 'string' ? changedAt(resource, path, { op, value }, schemas) : open;
};

/** What all operations together may make of a resource. The names of its attributes are as the schemas spell them. */
export const modelled = (resource: JsonObject, operations: readonly unknown[], schemas: Schemas): Step<JsonObject> => {
  let states: readonly JsonObject[] = [resource];
  let isWithoutTarget = false;
  for (const operation of operations) {
    const step = onEach(states, (state) => applied(state, operation, schemas));
    if (step.type !== 'done') return step;
    states = step.states;
    isWithoutTarget ||= step.isWithoutTarget;
  }
  return done(states, isWithoutTarget);
};
