import { evt07 } from '../../../../suites/requirements/evt/evt-07.js';
import { eventPoll, eventPollSteps } from '../../../../suites/scenarios/respond-async/event-poll.js';
import { proveRequirement } from '../../prove-requirement.js';
import { completionSet, EventTrace, unsecured } from './event-trace.js';

type StepName = keyof typeof eventPollSteps;

/** The answer of RFC 8936 with these of the tokens a, b and c. */
const setsOf = (keys: readonly string[], more?: unknown): Record<string, unknown> => ({
  sets: Object.fromEntries(keys.map((jti) => [jti, unsecured(completionSet({ jti, txn: `txn-${jti}` }))])),
  ...(more === undefined ? {} : { moreAvailable: more }),
});

class PollTrace extends EventTrace {
  constructor() {
    super({ deliveries: ['poll'] }, eventPoll);
    for (const txn of ['txn-a', 'txn-b', 'txn-c']) this.preferredCreate(`/results/${txn}`, txn);
  }

  poll(name: StepName, body: unknown, { ack = [], status = 200 }: { ack?: string[]; status?: number } = {}): this {
    this.exchange('event-poll', 'POST https://events.example/', {
      variant: eventPollSteps[name],
      status,
      body,
      sent: { returnImmediately: true, ack },
    });
    return this;
  }
}

const all = ['a', 'b', 'c'];

/** All tokens have come, and nothing was acknowledged. */
const there = (): PollTrace => new PollTrace().poll('untilThere', setsOf(['a'])).poll('untilThere', setsOf(all));

/** All steps go well up to the last poll, which is answered so. */
const whole = (last: unknown): PollTrace =>
  there()
    .poll('notAcknowledged', setsOf(all))
    .poll('oneAtMost', setsOf(['a'], true))
    .poll('acknowledgingOne', setsOf(['b', 'c']), { ack: ['a'] })
    .poll('acknowledging', setsOf([]), { ack: ['b', 'c'] })
    .poll('acknowledged', last);

proveRequirement(evt07, {
  right: { 'all goes well': () => whole(setsOf([], false)) },
  wrong: {
    'poll-refused': () => there().poll('notAcknowledged', setsOf(all), { status: 202 }),
    'sets-missing': () => there().poll('notAcknowledged', { sets: [unsecured(completionSet())] }),
    'set-not-a-string': () => new PollTrace().poll('before', { sets: { a: completionSet() } }),
    'more-available-not-boolean': () => new PollTrace().poll('before', setsOf(all, 'true')),
    'unacknowledged-set-lost': {
      'when it was sent': () => there().poll('notAcknowledged', setsOf(['a', 'c'])),
      'when another one was acknowledged': () => there().poll('acknowledgingOne', setsOf([], false), { ack: ['a'] }),
    },
    'max-events-ignored': () => there().poll('oneAtMost', setsOf(all)),
    'more-available-not-said': () => there().poll('oneAtMost', setsOf(['a'])),
    'acknowledged-set-sent-again': () => whole(setsOf(['b'])),
  },
  legal: {
    'an unacknowledged token stands behind others, and more is said to be there (RFC 8936 §2.3)': () =>
      there().poll('notAcknowledged', setsOf(['a'], true)),
    'a token of others comes that nobody acknowledged (RFC 8936 §2.4)': () => whole(setsOf(['other'])),
    'no moreAvailable where all tokens are in the answer (RFC 8936 §2.3)': () =>
      there().poll('notAcknowledged', setsOf(all)),
    'none at all is at most one (RFC 8936 §2.2)': () => there().poll('oneAtMost', setsOf([], true)),
  },
  silent: {
    'a copy of a poll that was made for others': () => {
      const trace = new PollTrace();
      trace.exchange('event-poll', 'POST https://events.example/', { status: 200, body: setsOf(['a']) });
      return trace;
    },
  },
});
