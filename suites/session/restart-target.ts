/**
 * Restarts the provider and waits until it answers again. Nothing of it is recorded: what a provider, or a proxy in front of
 * it, does while it restarts is no evidence (profile 1.1, clarification 7).
 */
import { Blocked } from '../errors/errors.js';
import { isAnswered } from '../trace/trace.js';
import { endOf } from './end-of-work.js';
import { createSender } from './pipeline/pipeline.js';
import type { RunContext } from './run-context.js';

/**
 * The provider is back if so many requests one after the other are answered, with so many milliseconds between them: the
 * command may end before the provider stops.
 */
const back = { answers: 5, pauseMs: 250 };

const runCommand = async (restart: RunContext['restart']): Promise<void> => {
  if (restart === undefined) throw new Blocked('not-restarted', 'Nothing restarts the provider (--restart-command).');
  try {
    await restart();
  } catch (error) {
    const why = error instanceof Error ? error.message : 'no reason is known';
    throw new Blocked('not-restarted', `The provider could not be restarted: ${why}.`);
  }
};

/** Throws Blocked if the restart fails, or if the provider does not answer within the deadline of a request. */
export const restartTarget = async (context: RunContext): Promise<void> => {
  const { restart, clock, signal, deadlineMs } = context;
  await runCommand(restart);
  const send = createSender(context, { record: (exchange) => ({ ...exchange, n: 0 }), remember: () => undefined });
  const until = clock.now() + deadlineMs;
  for (let answers = 0; answers < back.answers;) {
    const end = endOf(signal);
    if (end !== undefined) throw end;
    if (clock.now() > until)
      throw new Blocked('not-restarted', 'The provider does not answer within the deadline after it was restarted.');
    await clock.sleep(back.pauseMs, signal);
    const exchange = await send({
      method: 'GET',
      url: '/Users?count=1',
      purpose: 'probe',
      once: true,
      isTransient: true,
    });
    answers = isAnswered(exchange) && exchange.response.status === 200 ? answers + 1 : 0;
  }
};
