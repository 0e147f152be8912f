/** Creates the state that all sessions of a run share: the transport to the target, and the record of created resources. */
import type { Settings } from '../../schemas/types.js';
import { createTokenSource } from '../access/token-source.js';
import { BodyBudget } from '../client/body-budget.js';
import { Vault } from '../redaction/vault.js';
import { Lanes } from '../concurrency/lanes.js';
import { EventDelivery } from '../session/observe/event-delivery.js';
import { Admission } from '../session/pipeline/admission.js';
import { Paces } from '../session/pipeline/pace.js';
import { Cleanup } from '../leftovers/cleanup.js';
import { emptyTally, type RunContext } from '../session/run-context.js';
import { secretsOf } from '../provider/secrets.js';
import { version } from '../version.js';
import { environmentOf, unknownFacts, type RunOptions } from './run-options.js';
import { WorkTime } from './work-time.js';

/**
 * `run` marks the resources that the run creates; without `time`, there is no time limit. The caller has to close the
 * transport.
 */
export const openContext = (
  options: RunOptions,
  settings: Settings,
  run: string,
  time = new WorkTime(environmentOf(options).clock, { maxTimeMs: 0 }, options.signal),
): RunContext => {
  const {
    clock,
    createTransport,
    verify,
    bytesOf = (body: string) => Buffer.byteLength(body),
  } = environmentOf(options);
  const { target } = options;
  const vault = new Vault(secretsOf(target));
  const bodies = new BodyBudget(options.keptBytes);
  const transport = createTransport({
    clock,
    timeoutMs: settings.timeoutMs,
    connections: settings.concurrency,
    insecure: target.insecure ?? false,
    tls: target.tls,
    bodies,
  });
  return {
    run,
    target,
    tokens: createTokenSource(target, { transport, clock, vault }),
    facts: { ...unknownFacts(target), ...(options.restart === undefined ? {} : { restartable: true }) },
    transport,
    lanes: new Lanes({ width: settings.concurrency, perSecond: settings.maxRps }, clock),
    paces: new Paces(clock, target.baseUrl, time.signal, settings.concurrency),
    clock,
    verify,
    bytesOf,
    signal: time.signal,
    waits: time.waits,
    bodies,
    vault,
    cleanup: new Cleanup(),
    admission: new Admission(),
    preconditions: { areDemanded: false, sentTags: new Map() },
    events: new EventDelivery(options.setPoll, verify),
    deadlineMs: settings.deadlineMs,
    burst: settings.burst,
    readOnly: settings.readOnly,
    restart: options.restart,
    maxRequests: settings.maxRequests ?? Infinity,
    startedAt: clock.now(),
    version,
    tally: emptyTally(),
  };
};
