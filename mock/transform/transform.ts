/**
 * Rules in the bulk options that change users before they are validated (XFRM-01). Each rule is read as a step; a step that
 * cannot be applied throws a Problem, so that its operation fails alone.
 */
import { isDeepStrictEqual } from 'node:util';
import type {
  TransformConditional,
  TransformDefault,
  TransformFormat,
  TransformMap,
  TransformNormalise,
  TransformRule,
} from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import type { Evaluator } from '../environment.js';
import type { Json } from '../json.js';
import { Problem } from '../problem.js';
import { isUnassigned } from '../resources/accept.js';
import { changeAt, placeOf, setAt, valueAt, type Place } from './place.js';
import { readTemplate, type Part } from './template.js';

/** Changes a user, or rejects with a Problem. */
export type Step = (user: Json, evaluator: Evaluator) => Json | Promise<Json>;

const cannot = (why: string): Problem => new Problem(400, `A rule cannot be applied: ${why}.`, 'invalidValue');

const asJson = (value: unknown): Json => value as Json;

const forms: Readonly<Record<TransformNormalise['to'], (text: string) => string>> = {
  lowercase: (text) => text.toLowerCase(),
  uppercase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
};

const normaliseStep = ({ attribute, to }: TransformNormalise): Step => {
  const place = placeOf(attribute);
  return (user) =>
    asJson(
      changeAt(user, place, (value) => {
        if (typeof value !== 'string') throw cannot(`${attribute} is no text`);
        return forms[to](value);
      }),
    );
};

const mapStep = ({ attribute, values }: TransformMap): Step => {
  const place = placeOf(attribute);
  return (user) =>
    asJson(
      changeAt(user, place, (value) => {
        if (typeof value !== 'string' || !Object.hasOwn(values, value))
          throw cannot(`a value of ${attribute} is not mapped`);
        return values[value];
      }),
    );
};

const written = (user: Json, place: Place, value: unknown): Json => {
  const changed = setAt(user, place, value);
  if (changed === undefined) throw cannot(`${place.join('.')} is in a list or a text`);
  return changed;
};

const evaluated = async (expression: string, user: Json, evaluator: Evaluator): Promise<unknown> => {
  const answer = await evaluator.evaluate(expression, user);
  if ('error' in answer) throw cannot(answer.error);
  return answer.value;
};

interface Valued {
  readonly value?: unknown;
  readonly expression?: string;
}

const valueOf = ({ value, expression }: Valued, user: Json, evaluator: Evaluator): Promise<unknown> =>
  expression === undefined ? Promise.resolve(value) : evaluated(expression, user, evaluator);

const conditionalStep = ({ attribute, when, ...valued }: TransformConditional): Step => {
  const place = placeOf(attribute);
  const compared = when.attribute === undefined ? undefined : placeOf(when.attribute);
  const isTrue = async (user: Json, evaluator: Evaluator): Promise<boolean> =>
    when.expression === undefined
      ? compared !== undefined && isDeepStrictEqual(valueAt(user, compared), when.equals)
      : (await evaluated(when.expression, user, evaluator)) === true;
  return async (user, evaluator) =>
    (await isTrue(user, evaluator)) ? written(user, place, await valueOf(valued, user, evaluator)) : user;
};

const defaultStep = ({ attribute, ...valued }: TransformDefault): Step => {
  const place = placeOf(attribute);
  return async (user, evaluator) =>
    isUnassigned(valueAt(user, place)) ? written(user, place, await valueOf(valued, user, evaluator)) : user;
};

const textOf = (user: Json, part: Part): string => {
  if ('text' in part) return part.text;
  const value = valueAt(user, part.place);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw cannot(`${part.place.join('.')} has no value, or none that is a text`);
  return String(value);
};

const formatStep = ({ attribute, template, expression }: TransformFormat): Step => {
  const place = placeOf(attribute);
  const parts = template === undefined ? undefined : readTemplate(template);
  return async (user, evaluator) => {
    if (parts !== undefined) return written(user, place, parts.map((part) => textOf(user, part)).join(''));
    const value = await evaluated(expression ?? '', user, evaluator);
    if (typeof value !== 'string') throw cannot(`an expression for ${attribute} gives no text`);
    return written(user, place, value);
  };
};

/** Throws a Problem of 400 if the rule names no attribute that clients may write. */
export const stepOf = (rule: TransformRule): Step => {
  switch (rule.op) {
    case 'normalise':
      return normaliseStep(rule);
    case 'map':
      return mapStep(rule);
    case 'conditional':
      return conditionalStep(rule);
    case 'default':
      return defaultStep(rule);
    case 'format':
      return formatStep(rule);
  }
};

const expressionsIn = (rule: TransformRule): string[] =>
  [
    'expression' in rule ? rule.expression : undefined,
    rule.op === 'conditional' ? rule.when.expression : undefined,
  ].filter((expression): expression is string => typeof expression === 'string');

/** The largest number of rules, and of characters of an expression. */
const most = { rules: 100, expression: 1000 };

/** Rejects with a Problem of 400 if one of the rules is not valid, before any of them is applied. */
export const checkRules = async (rules: readonly unknown[], evaluator: Evaluator): Promise<void> => {
  if (rules.length > most.rules) throw new Problem(400, `There are at most ${most.rules} rules.`, 'invalidValue');
  const validation = validate('async/bulk-options', { transform: rules });
  if (!validation.valid) {
    const [first] = validation.violations;
    throw new Problem(400, `Not a valid rule: ${first?.path ?? ''} ${first?.message ?? ''}.`, 'invalidValue');
  }
  for (const rule of validation.value.transform ?? []) {
    stepOf(rule);
    for (const expression of expressionsIn(rule)) {
      const isLong = expression.length > most.expression;
      const why = isLong ? 'it is too long' : await evaluator.mistakeIn(expression);
      if (why !== undefined) throw new Problem(400, `An expression is not valid: ${why}.`, 'invalidValue');
    }
  }
};

/** Applies rules to a user in their order. Rejects with a Problem of 400 if one of them cannot be applied. */
export type Transform = (rules: readonly TransformRule[], user: Json, evaluator: Evaluator) => Promise<Json>;

export const transform: Transform = async (rules, user, evaluator) => {
  let changed = user;
  for (const rule of rules) changed = await stepOf(rule)(changed, evaluator);
  return changed;
};
