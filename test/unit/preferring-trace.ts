/** Hand-made traces of requests with `Prefer: respond-async`, recorded as a session records them. */
import { header, respondAsync } from '../../schemas/names.js';
import type { Exchange, Submission, TargetFacts } from '../../schemas/types.js';
import { respondAsyncBinding } from '../../suites/bindings/respond-async.js';
import type { Scenario } from '../../suites/definitions/scenario.js';
import { responseHeader } from '../../suites/trace/message.js';
import { isAnswered } from '../../suites/trace/trace.js';
import { type Answer, baseUrl, HandMadeTrace } from './hand-made-trace.js';

/** The 202 of RFC 9967, as it should be. */
export const acceptedWith = (location: string, txn: string): Answer => ({
  status: 202,
  headers: {
    [header.location]: location,
    [header.setTxn]: txn,
    [header.preferenceApplied]: respondAsync,
  },
});

export class PreferringTrace extends HandMadeTrace {
  constructor(scenario: Pick<Scenario, 'name'>, facts: Partial<TargetFacts> = {}) {
    super(scenario, 'respond-async', facts);
  }

  /** A request with the preference, and what a session records of its answer. */
  preferred(request: `${string} ${string}`, answer: Answer, about: Partial<Submission> = {}): Submission {
    const asked = this.exchange('submit', request, { requestHeaders: { [header.prefer]: respondAsync }, ...answer });
    const isAccepted = isAnswered(asked) && asked.response.status === 202;
    const location = isAccepted ? respondAsyncBinding.location(asked, baseUrl) : undefined;
    const txn = isAccepted ? responseHeader(asked, header.setTxn) : undefined;
    return this.submission(asked, {
      ...(location === undefined ? {} : { location }),
      ...(txn === undefined ? {} : { txn }),
      ...about,
    });
  }

  /** A create that is accepted with this Location and Set-Txn. */
  preferredCreate(location: string, txn: string, about: Partial<Submission> = {}): Submission {
    return this.preferred('POST /Users', acceptedWith(location, txn), about);
  }

  /** A GET of the result of a submission while it is waited for. */
  polled({ n: submission, location = '' }: Submission, answer: Answer): Exchange {
    return this.exchange('poll', `GET ${location}`, { submission, ...answer });
  }
}
