/** Opens what all sessions of a run share: the way to the target, and what is remembered of what was done there. */
import { setMaxListeners } from 'node:events';
import PQueue from 'p-queue';
import type { Settings } from '../../schemas/types.js';
import { createTokenSource } from '../access/token-source.js';
import { systemClock } from '../client/clock.js';
import { BodyBudget } from '../client/body-budget.js';
import { createHttpClient } from '../client/http-client.js';
import { Vault } from '../client/redaction.js';
import { EventDelivery } from '../session/observe/event-delivery.js';
import { Admission } from '../session/admission.js';
import { Cleanup } from '../session/cleanup.js';
import { emptyTally, type RunContext } from '../session/run-context.js';
import { secretsOf } from '../provider/target.js';
import { version } from '../version.js';
import { unknownFacts, type RunOptions } from './run-options.js';

/** Exchanges as they are let through: so many in flight and, where the user asks for it, so many a second. */
const lanesOf = ({ concurrency, maxRps }: Settings): PQueue =>
  new PQueue({
    concurrency,
    // One at a time, so that no second begins with a burst.
    ...(maxRps === undefined ? {} : { interval: 1000 / maxRps, intervalCap: 1 }),
  });

/** `run` marks what the run creates. The client has to be closed in the end. */
export const openContext = (options: RunOptions, settings: Settings, run: string): RunContext => {
  const clock = options.clock ?? systemClock;
  const signal = options.signal ?? new AbortController().signal;
  // Every exchange and every wait of the run listens to it.
  setMaxListeners(0, signal);
  const { target } = options;
  const vault = new Vault(secretsOf(target));
  const bodies = new BodyBudget(options.keptBytes);
  const client = createHttpClient({
    timeoutMs: settings.timeoutMs,
    connections: settings.concurrency,
    insecure: target.insecure ?? false,
    tls: target.tls,
    bodies,
  });
  return {
    run,
    target,
    tokens: createTokenSource(target, { client, clock, vault }),
    facts: unknownFacts(target),
    client,
    lanes: lanesOf(settings),
    clock,
    signal,
    bodies,
    vault,
    cleanup: new Cleanup(),
    admission: new Admission(),
    events: new EventDelivery(options.setPoll),
    deadlineMs: settings.deadlineMs,
    burst: settings.burst,
    readOnly: settings.readOnly,
    maxRequests: settings.maxRequests ?? Infinity,
    startedAt: clock.now(),
    version,
    tally: emptyTally(),
  };
};
