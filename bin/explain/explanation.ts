/**
 * Collects everything about one requirement: its definition, and the faults of the mock that break it. `explain` shows
 * it, and the pages of docs/requirements/ are made from it.
 */
import type { Renames } from '../../schemas/wire/renames.js';
import { createTranslator } from '../../schemas/wire/translator.js';
import type { Example, Guide } from '../../suites/definitions/guide.js';
import { shellQuoted } from '../../reports/facts/commands.js';
import {
  findRequirement,
  readsTraceOf,
  type Citation,
  type Level,
  type Needs,
  type Profile,
  type Requirement,
} from '../../suites/index.js';

export interface Explanation {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly source: readonly Citation[];
  /** What the target and the run need so that the requirement can be tested; one phrase each. */
  readonly needs: readonly string[];
  readonly guide: Guide;
  /** The scenarios whose traces its judge reads; `every`: all of them; empty if there is no judge. */
  readonly scenarios: readonly { readonly name: string; readonly title: string }[] | 'every';
  /** The codes of its findings, each with what the provider does wrong. */
  readonly codes: readonly { readonly code: string; readonly meaning: string }[];
  /** Undefined if there is no judge. */
  readonly example: Example | undefined;
  /** The faults of the mock that break it; the fault of the example comes first. */
  readonly faults: readonly { readonly name: string; readonly title: string }[];
  /** The command that starts a mock with the first fault. */
  readonly seen: string | undefined;
  /** The command that judges only this requirement. */
  readonly alone: string;
}

/** The explanation with the names that a profile file gives to the wire. Its messages keep the names of this tool. */
const inNamesOfWire = (explanation: Explanation, wire: Renames): Explanation => {
  const { words } = createTranslator(wire, () => ['']);
  const { title, needs, guide, codes } = explanation;
  return {
    ...explanation,
    title: words(title),
    needs: needs.map(words),
    guide: { why: words(guide.why), tested: words(guide.tested), fix: words(guide.fix) },
    codes: codes.map(({ code, meaning }) => ({ code, meaning: words(meaning) })),
    example: undefined,
  };
};

const bindingNeeds = {
  'request-mode': 'a target that serves the request-mode binding (`X-SCIM-Request-Mode: asynchronous`)',
  'respond-async': 'a target that serves the respond-async binding (`Prefer: respond-async`)',
  any: 'a target that serves one of the asynchronous bindings',
} as const;

const capabilityNeeds = {
  patch: '`patch.supported` in ServiceProviderConfig',
  bulk: '`bulk.supported` in ServiceProviderConfig',
  filter: '`filter.supported` in ServiceProviderConfig',
  groups: 'groups',
  cursor: '`pagination.cursor` in ServiceProviderConfig',
} as const;

const deliveryNeeds = {
  poll: 'a URL to poll for security event tokens (`--set-poll URL`)',
  push: 'a port to receive security event tokens on (`--set-push PORT`)',
  webhook: 'a port to receive deliveries to webhooks on (`--webhook-port PORT`)',
} as const;

const deliveryOptions = { poll: '--set-poll URL', push: '--set-push PORT', webhook: '--webhook-port PORT' } as const;

const restartNeed = 'a command that restarts the provider (`--restart-command COMMAND`)';

/** Whether no scenario that tests the requirement can run without a command that restarts the provider. */
const needsRestart = ({ judging }: Requirement): boolean =>
  judging !== undefined && judging.from !== 'every' && judging.from.every(({ needs }) => needs.restart === true);

const needsOf = ({ binding, feature, capability, credential, delivery }: Needs): string[] => [
  ...(binding === undefined ? [] : [bindingNeeds[binding]]),
  ...(capability === undefined ? [] : [capabilityNeeds[capability]]),
  ...(feature === undefined ? [] : [`\`${feature}\` in \`features\` of the async extension of ServiceProviderConfig`]),
  ...(credential === undefined ? [] : ['the credential of a second client (`--second-token TOKEN`)']),
  ...(delivery === undefined ? [] : [deliveryNeeds[delivery]]),
];

const profileIn = (named: string | undefined): string[] =>
  named === undefined ? [] : [`--profile ${shellQuoted(named)}`];

const onlyWarned = /(?:^|(?<=\. ))[^.]*at most a warning\. ?/g;

/** A guide says that a SHOULD is only warned of; a profile file may have made it a MUST. */
const guideOf = ({ id, guide, level }: Requirement): Guide =>
  level === 'MUST' && findRequirement(id)?.level === 'SHOULD'
    ? { ...guide, tested: guide.tested.replaceAll(onlyWarned, '').trim() }
    : guide;

const aloneOf = (requirement: Requirement, named: string | undefined): string => {
  const {
    id,
    needs: { credential, delivery },
  } = requirement;
  return [
    `scim-conformance --target URL --only ${id}`,
    ...profileIn(named),
    ...(credential === undefined ? [] : ['--second-token TOKEN']),
    ...(delivery === undefined ? [] : [deliveryOptions[delivery]]),
    ...(needsRestart(requirement) ? ['--restart-command COMMAND'] : []),
  ].join(' ');
};

const scenariosOf = (requirement: Requirement, { scenarios }: Profile): Explanation['scenarios'] => {
  if (requirement.judging?.from === 'every') return 'every';
  return scenarios.filter(({ name }) => readsTraceOf(requirement, name));
};

/**
 * `named`: how the user named the profile, if at all. Loads the mock and the examples here, because no other command needs both.
 */
export const explanationOf = async (
  requirement: Requirement,
  profile: Profile,
  named?: string,
): Promise<Explanation> => {
  const { id, level, title, source, needs } = requirement;
  const [{ faults }, { examples }] = await Promise.all([
    import('../../mock/index.js'),
    import('../../suites/requirements/examples.js'),
  ]);
  const example = examples[id];
  const breaking = faults.filter(({ breaks }) => breaks.includes(id));
  const [first, ...others] = [...breaking].sort(
    (a, b) => Number(b.name === example?.fault) - Number(a.name === example?.fault),
  );
  const explanation: Explanation = {
    id,
    level,
    title,
    source,
    needs: [...needsOf(needs), ...(needsRestart(requirement) ? [restartNeed] : [])],
    guide: guideOf(requirement),
    scenarios: scenariosOf(requirement, profile),
    codes: Object.entries(requirement.codes).map(([code, meaning]) => ({ code, meaning })),
    example,
    faults: first === undefined ? [] : [first, ...others],
    seen:
      first === undefined
        ? undefined
        : ['scim-conformance mock --token secret', ...profileIn(named), `--fault ${first.name}`].join(' '),
    alone: aloneOf(requirement, named),
  };
  const isDeclared = profile.overlay?.declared.includes(id) === true;
  return profile.wire === undefined || isDeclared ? explanation : inNamesOfWire(explanation, profile.wire);
};
