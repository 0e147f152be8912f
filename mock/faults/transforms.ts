/** Faults of the rules in transform: XFRM-01. */
import type { TransformRule } from '../../schemas/types.js';
import type { Json } from '../json.js';
import { isJson } from '../json.js';
import { Problem } from '../problem.js';
import type { Transform } from '../transform/transform.js';
import type { Fault } from './fault.js';
import { reading, refusing } from './work.js';

/** A fault that changes how one rule after the other is applied; `honestly` applies one. */
const ruleByRule =
  (apply: (rule: TransformRule, user: Json, honestly: () => Promise<Json>) => Json | Promise<Json>): Fault['seams'] =>
  ({ transform }) => {
    const changed: Transform = async (rules, user, evaluator) => {
      let result = user;
      for (const rule of rules) {
        const before = result;
        result = await apply(rule, before, () => transform([rule], before, evaluator));
      }
      return result;
    };
    return { transform: changed };
  };

const isKnown = ({ op }: TransformRule): boolean =>
  ['normalise', 'map', 'conditional', 'default', 'format'].includes(op);

const hasRules = ({ transform = [] }: { readonly transform?: readonly unknown[] }): boolean => transform.length > 0;

export const transformFaults: readonly Fault[] = [
  {
    name: 'rules-ignored',
    title: 'rules in transform that are ignored',
    breaks: ['XFRM-01'],
    seams: () => ({ transform: (_, user) => Promise.resolve(user) }),
  },
  {
    name: 'normalise-ignored',
    title: 'rules of which only normalise is ignored',
    breaks: ['XFRM-01'],
    seams: ruleByRule((rule, user, honestly) => (rule.op === 'normalise' ? user : honestly())),
  },
  {
    name: 'unmapped-values-kept',
    title: 'values that map does not list and that are kept',
    breaks: ['XFRM-01'],
    seams: ruleByRule((rule, user, honestly) =>
      honestly().catch((error: unknown) => {
        if (error instanceof Problem && rule.op === 'map') return user;
        throw error;
      }),
    ),
  },
  {
    name: 'conditions-always-true',
    title: 'a conditional rule that is applied whatever its condition',
    breaks: ['XFRM-01'],
    seams: ruleByRule((rule, user, honestly) =>
      rule.op === 'conditional' ? { ...user, [rule.attribute]: rule.value } : honestly(),
    ),
  },
  {
    name: 'default-overwrites',
    title: 'a default that overwrites values that are there',
    breaks: ['XFRM-01'],
    seams: ruleByRule((rule, user, honestly) =>
      rule.op === 'default' ? { ...user, [rule.attribute]: rule.value } : honestly(),
    ),
  },
  {
    name: 'template-not-filled',
    title: 'templates that are stored as they are',
    breaks: ['XFRM-01'],
    seams: ruleByRule((rule, user, honestly) =>
      rule.op === 'format' && rule.attribute !== 'userName' ? { ...user, [rule.attribute]: rule.template } : honestly(),
    ),
  },
  {
    name: 'rules-in-reverse',
    title: 'rules that are applied in reverse order',
    breaks: ['XFRM-01'],
    seams: ({ transform }) => ({
      transform: (rules, user, evaluator) => transform(rules.toReversed(), user, evaluator),
    }),
  },
  {
    name: 'failing-rule-fails-the-request',
    title: 'a rule that cannot be applied to one operation and fails all of them',
    breaks: ['XFRM-01'],
    seams: reading(({ options }) => (hasRules(options) ? { options: { ...options, rollbackOnError: true } } : {})),
  },
  {
    name: 'validated-before-the-rules',
    title: '400 to a user whose userName only a rule makes',
    breaks: ['XFRM-01'],
    seams: refusing(({ options, operations }) =>
      hasRules(options) &&
      operations.some(({ method, data }) => method === 'POST' && isJson(data) && data.userName === undefined)
        ? new Problem(400, 'userName is missing.', 'invalidValue')
        : undefined,
    ),
  },
  {
    name: 'unknown-rules-ignored',
    title: 'unknown rules that are ignored',
    breaks: ['XFRM-01'],
    seams: ({ transform }) => ({
      checkRules: () => Promise.resolve(),
      transform: (rules, user, evaluator) => transform(rules.filter(isKnown), user, evaluator),
    }),
  },
  {
    name: 'rules-refused',
    title: '400 to every bulk request with rules, although they are advertised',
    breaks: ['XFRM-01'],
    seams: refusing(({ options }) =>
      hasRules(options) ? new Problem(400, 'transform is not known.', 'invalidValue') : undefined,
    ),
  },
];
