/** The verdict on a target of which asynchronous SCIM is judged (profile §5, profile 1.1, clarification 10). */
import { bindingNames } from '../../contract/binding-name.js';
import { isEndCode } from '../../errors/codes.js';
import { servedBindings } from '../../provider/served-bindings.js';
import { brokenRun, hasFailures, judgedNothing, leavesOpen, ranOutOfTime, wroteNothing } from './common-rules.js';
import { failuresOf, notTestable, plural, type Rule, type RunState } from './run-state.js';

const servesNoBinding: Rule = (state) => {
  const { facts } = state;
  if (Object.keys(facts.bindings).length > 0) return undefined;
  const failed = failuresOf(state).length;
  const besides = failed === 0 ? '' : ` In addition, ${plural(failed, 'requirement')} of synchronous SCIM failed.`;
  return notTestable(
    `Nothing asynchronous could be exercised: ${facts.bindingNote}. If the target serves a binding nevertheless, name it with --serves.${besides}`,
  );
};

const lacksBinding: Rule = ({ wantsBoth, facts }) => {
  const missing = wantsBoth ? bindingNames.filter((name) => facts.bindings[name] === undefined) : [];
  if (missing.length === 0) return undefined;
  return notTestable(`Both bindings were requested, but ${missing.join(', ')} was not found: ${facts.bindingNote}.`);
};

const cannotBeObserved: Rule = ({ facts }) =>
  facts.bindings['request-mode'] === undefined && facts.observation === undefined
    ? notTestable(
        'Requests are accepted, but their results cannot be seen: the 202 has no URI of a result, and neither --set-poll nor --set-push was given.',
      )
    : undefined;

const acceptsNothing: Rule = ({ traffic }) =>
  traffic.accepted === 0
    ? notTestable('No asynchronous request was accepted, so nothing asynchronous was exercised.')
    : undefined;

/** If no accepted request was seen completed, nothing is known about asynchronous work. */
const completesNothing: Rule = ({ results, traffic, completion }) => {
  const unseen = results.find(
    ({ id, outcome, evidence, blockedBy }) =>
      id === completion && outcome === 'inconclusive' && evidence === undefined && !isEndCode(blockedBy),
  );
  if (unseen === undefined) return undefined;
  const requests = plural(traffic.accepted, 'accepted request');
  return notTestable(`None of the ${requests} could be followed to its end. ${unseen.reason ?? ''}`.trim());
};

/** The ids that carry the lifecycle of the bindings that the target serves, each once. */
const carriersOf = ({ carriers, facts }: RunState): string[] => [
  ...new Set(carriers === undefined ? [] : servedBindings(facts).flatMap((binding) => carriers[binding])),
];

/** What a conformant verdict leaves out by the user's choice; empty if it leaves out nothing. */
export const deselected = (state: RunState): string => {
  const carriers = carriersOf(state);
  if (state.isPart === true && carriers.length > 0)
    return ' Only some of the exercises were made (--path, --shard), so this says nothing about the whole lifecycle.';
  const missing = carriers.filter((carrier) => !state.results.some(({ id }) => id === carrier));
  return missing.length === 0
    ? ''
    : ` By the selection of the run, this says nothing about the whole lifecycle: ${missing.join(', ')} ${missing.length === 1 ? 'was' : 'were'} not selected.`;
};

/** The first rule that applies decides. */
export const asynchronousRules: readonly Rule[] = [
  ...brokenRun,
  servesNoBinding,
  hasFailures,
  lacksBinding,
  wroteNothing,
  cannotBeObserved,
  judgedNothing,
  acceptsNothing,
  ranOutOfTime,
  // What the user did not select is not demanded: the verdict says so.
  leavesOpen(carriersOf, 'the lifecycle'),
  completesNothing,
];
