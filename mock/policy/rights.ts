/** What a client may do by the policy: which requests it may send, and which attributes it may see and change. */
import type { AttributeBounds } from '../operation.js';
import { Problem } from '../problem.js';
import { OptionError, type AttributeRule, type Policy, type PolicyRule } from '../security-options.js';
import { challenge } from './bearer.js';
import type { Principal } from './principal.js';

/** What somebody wants to do. */
export interface Access {
  /** In capital letters. */
  readonly method: string;
  /** The path under the base URL, with `*` in place of an id: `Users`, `*`. */
  readonly segments: readonly string[];
}

export interface Rights {
  /** Why this is not allowed: a Problem of 403, or of 401 if another kind of authentication is needed. */
  readonly whyRefused: (principal: Principal, access: Access) => Problem | undefined;
  /** Undefined: it may see and change all attributes. */
  readonly boundsOf: (principal: Principal) => AttributeBounds | undefined;
}

/** Without a policy everybody may do everything. */
const allRights: Rights = { whyRefused: () => undefined, boundsOf: () => undefined };

/** Whether a path is one of those that a pattern means. */
const isMeant = (pattern: readonly string[], segments: readonly string[]): boolean => {
  const hasRest = pattern.at(-1) === '**';
  const fixed = hasRest ? pattern.slice(0, -1) : pattern;
  if (hasRest ? segments.length < fixed.length : segments.length !== fixed.length) return false;
  return fixed.every((part, place) => part === '*' || part === segments[place]);
};

/** RFC 6750 §3.1. `scopes`: those that would do; none if no scope would. */
const insufficientScope = (scopes: readonly string[]): Problem =>
  new Problem(
    403,
    scopes.length === 0
      ? 'The policy has no rule that allows this.'
      : `This needs a token with the scope ${scopes.join(' ')}.`,
    undefined,
    challenge({ error: 'insufficient_scope', ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }) }),
  );

/** RFC 9470 §3. */
const insufficientAuthentication = (methods: readonly string[]): Problem =>
  new Problem(
    401,
    `This needs a token whose amr contains ${methods.join(' and ')}.`,
    undefined,
    challenge({ error: 'insufficient_user_authentication' }),
  );

const hasAll = (held: ReadonlySet<string>, needed: readonly string[] = []): boolean =>
  needed.every((each) => held.has(each));

const namesIn = (
  rules: readonly AttributeRule[],
  which: 'read' | 'write',
  scopes: ReadonlySet<string>,
): readonly string[] => rules.flatMap(({ attributes, [which]: needed }) => (hasAll(scopes, needed) ? [] : attributes));

/** The segments of all paths of the mock, but for ids. */
const words: ReadonlySet<string> = new Set([
  ...['Users', 'Groups', '.search', 'Bulk', 'Me', 'ServiceProviderConfig', 'ResourceTypes', 'Schemas'],
  ...['provision', 'provisions', 'status', 'async', 'events', 'poll'],
  ...['integration', 'webhook', 'messages', 'audit'],
]);

/** A rule that is for nothing, because of a mistake in a path, would leave the decision to a later one. */
const patternOf = (path: string): readonly string[] => {
  const [root, ...pattern] = path.split('/');
  const isKnown = pattern.every(
    (part, place) => part === '*' || (part === '**' && place === pattern.length - 1) || words.has(part),
  );
  if (root !== '' || !isKnown)
    throw new OptionError(
      `policy: «${path}» is no path of the mock: it begins with a slash, has * in place of an id, and ** only at the end`,
    );
  return pattern;
};

/** Throws an OptionError. */
export const createRights = (policy: Policy | undefined): Rights => {
  if (policy === undefined) return allRights;
  const { rules, otherwise = 'deny', attributes = [] } = policy;
  const known = rules.map((rule) => ({ rule, patterns: rule.paths.map(patternOf) }));
  const ruleFor = ({ method, segments }: Access): PolicyRule | undefined => {
    const asked = method === 'HEAD' ? 'GET' : method;
    return known.find(
      ({ rule: { methods }, patterns }) =>
        (methods === undefined || methods.some((one) => one === asked)) &&
        patterns.some((pattern) => isMeant(pattern, segments)),
    )?.rule;
  };
  return {
    whyRefused: ({ scopes, amr }, access) => {
      if (scopes === undefined) return undefined;
      const rule = ruleFor(access);
      if (rule === undefined) return otherwise === 'allow' ? undefined : insufficientScope([]);
      if (!hasAll(scopes, rule.scopes)) return insufficientScope(rule.scopes ?? []);
      return hasAll(amr, rule.amr) ? undefined : insufficientAuthentication(rule.amr ?? []);
    },
    boundsOf: ({ scopes }) => {
      if (scopes === undefined) return undefined;
      const hidden = namesIn(attributes, 'read', scopes);
      const withheld = namesIn(attributes, 'write', scopes);
      return hidden.length + withheld.length === 0 ? undefined : { hidden, withheld };
    },
  };
};
