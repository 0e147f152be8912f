/** Finds out which asynchronous bindings a target serves: from its advertisement, and from one create over each binding. */
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

/** The binding that the user wants to test; `auto`: each one that is served. */
export type BindingChoice = BindingName | 'both' | 'auto';

/** How completions of the respond-async binding are observed; `auto`: in the first way that is available. */
export type ObservationChoice = 'auto' | 'result' | 'poll' | 'push';

interface Probe {
  readonly served: boolean;
  /** The request and the status of its answer, as a clause. */
  readonly note: string;
  /** Whether the 202 leads to a result or status; undefined if the answer is no 202. */
  readonly leadsOn: boolean | undefined;
  /** Whether the answer leaves open whether the binding is served: there was none, or the target failed. */
  readonly isUnsure: boolean;
}

const probeRequests: Record<BindingName, string> = {
  'request-mode': 'POST /Users with X-SCIM-Request-Mode: asynchronous',
  'respond-async': 'POST /Users with Prefer: respond-async',
};

/** A 202 with a status resource and without header fields of RFC 9967 belongs to the request-mode binding. */
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
    const leadsOn = submission.accepted ? submission.location !== undefined : undefined;
    const result = {
      served: isOfBinding(binding, submitted),
      leadsOn,
      isUnsure: exchange.response.status >= 500 && exchange.response.status !== 501,
      note: `${probeRequests[binding]} was answered ${exchange.response.status}`,
    };
    if (submission.accepted && (binding === 'request-mode' || leadsOn === true)) {
      // If the completion cannot be observed, the scenarios will find that.
      await session.settleWhenDone(submitted).catch((error: unknown) => {
        if (!(error instanceof Blocked)) throw error;
      });
    }
    return result;
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    return { served: false, note: error.message, leadsOn: undefined, isUnsure: true };
  }
};

/**
 * How completions are observed: as the user wants, or by the first available of result URI, poll and push. A provider may
 * answer a create normally and a bulk request with 202 (RFC 9967 §2.5.1.1): then its 202 may lead to a result.
 */
const observationOf = (
  { events }: RunContext,
  { observe, leadsOn }: { readonly observe: ObservationChoice; readonly leadsOn: boolean | undefined },
): Pick<TargetFacts, 'observation'> => {
  if (observe !== 'auto') return { observation: observe };
  if (leadsOn === true) return { observation: 'result' };
  if (events.pollUrl !== undefined) return { observation: 'poll' };
  if (events.receiver !== undefined) return { observation: 'push' };
  return leadsOn === undefined ? { observation: 'result' } : {};
};

export interface BindingWishes {
  readonly binding: BindingChoice;
  readonly observe: ObservationChoice;
  /** Bindings that the target serves according to the user. */
  readonly serves?: readonly BindingName[];
}

export interface FoundBindings {
  readonly facts: TargetFacts;
  /** Whether a binding that was not found may be served nevertheless, because its probe was not answered properly. */
  readonly isUnsure: boolean;
}

/**
 * The facts with those of the wanted bindings that the target serves. A binding that is advertised, or that the user
 * declares, counts as served even if the create was not answered 202, so that such a provider is judged and not skipped.
 */
export const findBindings = async (
  context: RunContext,
  { binding: wanted, observe, serves = [] }: BindingWishes,
): Promise<FoundBindings> => {
  const { facts } = context;
  const isWanted = (name: BindingName): boolean => wanted === 'auto' || wanted === 'both' || wanted === name;
  const asyncRequest = asyncRequestOf(facts);
  const advertised: Record<BindingName, boolean> = {
    'request-mode': facts.bindings['request-mode'] !== undefined,
    'respond-async': asyncRequest === 'request' || asyncRequest === 'long',
  };
  const known = (name: BindingName): 'advertised' | 'declared' | undefined =>
    advertised[name] ? 'advertised' : serves.includes(name) ? 'declared' : undefined;
  const advertisement = (name: BindingName): string =>
    `${name} is ${advertised[name] ? '' : 'not '}advertised${known(name) === 'declared' ? ', but was said to be served' : ''}`;
  const found: TargetFacts['bindings'] = {};
  const notes: string[] = [];
  let observation: Pick<TargetFacts, 'observation'> = {};
  // At the same time, because each may have to wait for its Retry-After.
  const probes = await Promise.all(
    bindingNames.map(async (name) => {
      if (!isWanted(name)) return { name, why: `${name} was not asked for (--binding ${wanted})` };
      // A provider that advertises «none» is not probed here; DISC-04 judges whether it really answers no 202.
      if (name === 'respond-async' && asyncRequest === 'none' && known(name) === undefined)
        return { name, why: 'securityEvents.asyncRequest is none' };
      return context.readOnly
        ? { name, why: advertisement(name), isUnprobed: true }
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
    notes.push(`${advertisement(name)}, and ${note}`);
  }
  return {
    facts: { ...facts, bindings: found, bindingNote: notes.join('; '), ...observation },
    isUnsure: probes.some(({ name, probe: probed }) => found[name] === undefined && probed?.isUnsure === true),
  };
};
