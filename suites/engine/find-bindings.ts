/** Finds out which asynchronous bindings a target serves: what it advertises, and what one create each shows. */
import { header } from '../../schemas/names.js';
import type { TargetFacts } from '../../schemas/types.js';
import { bindings } from '../bindings/index.js';
import { bindingNames, type BindingName } from '../contract/binding-name.js';
import { asyncCreate } from '../session/async-create.js';
import type { RunContext } from '../session/run-context.js';
import { Session, type Submitted } from '../session/session.js';
import { asyncRequestOf } from '../provider/security-events.js';
import { isObject, responseHeader, responseObject } from '../trace/message.js';
import { Blocked } from '../errors/errors.js';

/** What the user wants tested; `auto`: whatever is there. */
export type BindingChoice = BindingName | 'both' | 'auto';

/** How completions of the respond-async binding are to be observed; `auto`: as there is a way. */
export type ObservationChoice = 'auto' | 'result' | 'poll' | 'push';

interface Probe {
  readonly served: boolean;
  /** What was asked and answered, as a clause. */
  readonly note: string;
  /** Whether the 202 leads to a result or status. */
  readonly leadsOn: boolean;
}

const asked: Record<BindingName, string> = {
  'request-mode': 'POST /Users with X-SCIM-Request-Mode: asynchronous',
  'respond-async': 'POST /Users with Prefer: respond-async',
};

/** A 202 with a status resource, and without any sign of RFC 9967, is one of the other way to be asynchronous. */
const isOfBinding = (binding: BindingName, { submission, exchange }: Submitted): boolean =>
  submission.accepted &&
  (binding === 'request-mode' ||
    !isObject(responseObject(exchange)?.operationsCount) ||
    responseHeader(exchange, header.setTxn) !== undefined ||
    responseHeader(exchange, header.preferenceApplied) !== undefined);

const probe = async (context: RunContext, binding: BindingName, observe: ObservationChoice): Promise<Probe> => {
  const own: RunContext = {
    ...context,
    facts: { ...context.facts, ...observationOf(context, { observe, leadsOn: true }) },
  };
  const session = new Session(own, bindings[binding]);
  try {
    const submitted = await session.submit(asyncCreate(session.userName(), { purpose: 'probe' }));
    const { submission, exchange } = submitted;
    const leadsOn = submission.location !== undefined;
    const result = {
      served: isOfBinding(binding, submitted),
      leadsOn,
      note: `${asked[binding]} was answered ${exchange.response.status}`,
    };
    if (submission.accepted && (binding === 'request-mode' || leadsOn)) {
      // That it cannot be observed is for the scenarios to find.
      await session.settleWhenDone(submitted).catch((error: unknown) => {
        if (!(error instanceof Blocked)) throw error;
      });
    }
    return result;
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    return { served: false, note: error.message, leadsOn: false };
  }
};

/** How completions are observed, as the user wants it or as there is a way: the result URI, then a poll, then a push. */
const observationOf = (
  { events }: RunContext,
  { observe, leadsOn }: { readonly observe: ObservationChoice; readonly leadsOn: boolean },
): Pick<TargetFacts, 'observation'> => {
  if (observe !== 'auto') return { observation: observe };
  if (leadsOn) return { observation: 'result' };
  if (events.pollUrl !== undefined) return { observation: 'poll' };
  return events.receiver === undefined ? {} : { observation: 'push' };
};

export interface BindingWishes {
  readonly binding: BindingChoice;
  readonly observe: ObservationChoice;
  /** Bindings that the target serves, as the user says. */
  readonly serves?: readonly BindingName[];
}

/**
 * The facts with the bindings that the target serves, of those that are wanted. What is advertised, or what the user
 * says is there, counts as served, so that a provider that does not keep its word is judged and not skipped.
 */
export const findBindings = async (
  context: RunContext,
  { binding: wanted, observe, serves = [] }: BindingWishes,
): Promise<TargetFacts> => {
  const { facts } = context;
  const isWanted = (name: BindingName): boolean => wanted === 'auto' || wanted === 'both' || wanted === name;
  const asyncRequest = asyncRequestOf(facts);
  const advertised: Record<BindingName, boolean> = {
    'request-mode': facts.bindings['request-mode'] !== undefined,
    'respond-async': asyncRequest === 'request' || asyncRequest === 'long',
  };
  const known = (name: BindingName): 'advertised' | 'declared' | undefined =>
    advertised[name] ? 'advertised' : serves.includes(name) ? 'declared' : undefined;
  const said = (name: BindingName): string =>
    `${name} is ${advertised[name] ? '' : 'not '}advertised${known(name) === 'declared' ? ', but was said to be served' : ''}`;
  const found: TargetFacts['bindings'] = {};
  const notes: string[] = [];
  let observation: Pick<TargetFacts, 'observation'> = {};
  // Each waits as long as it is asked to.
  const probes = await Promise.all(
    bindingNames.map(async (name) => {
      if (!isWanted(name)) return { name, why: `${name} was not asked for (--binding ${wanted})` };
      // Who says none is taken at its word; DISC-04 looks whether it is kept.
      if (name === 'respond-async' && asyncRequest === 'none' && known(name) === undefined)
        return { name, why: 'securityEvents.asyncRequest is none' };
      return context.readOnly
        ? { name, why: said(name), isUnprobed: true }
        : { name, probe: await probe(context, name, observe) };
    }),
  );
  for (const { name, why, isUnprobed = false, probe: probed } of probes) {
    if (probed === undefined) {
      notes.push(why);
      const how = known(name);
      if (isUnprobed && how !== undefined) found[name] = how;
      continue;
    }
    const { served, note, leadsOn } = probed;
    const how = known(name) ?? (served ? 'probed' : undefined);
    if (how !== undefined) found[name] = how;
    if (how !== undefined && name === 'respond-async') observation = observationOf(context, { observe, leadsOn });
    notes.push(`${said(name)}, and ${note}`);
  }
  return { ...facts, bindings: found, bindingNote: notes.join('; '), ...observation };
};
