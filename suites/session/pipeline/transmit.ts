/** The end of the pipeline: gives a request to the transport, and measures the time. */
import type { CredentialName } from '../../redaction/vault.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';
import { showsCertificate } from '../../provider/target.js';
import type { Send } from './stage.js';

/** Bytes kept of an answer. Some answers bring the events of a thousand operations, and a cut body cannot be read. */
const kept = { usual: 1024 * 1024, events: 16 * 1024 * 1024 };

const keptBytesOf = ({ purpose }: RequestPlan): number =>
  ['event-poll', 'poll', 'status-read'].includes(purpose) ? kept.events : kept.usual;

/** `remember` takes the body of a request before it is sent. */
export const transmit = (context: RunContext, remember: (body: string, credential: CredentialName) => void): Send => {
  const { clock, signal, startedAt, tally, transport } = context;
  return async (outgoing) => {
    const { plan, url, headers, body, target, credential } = outgoing;
    if (body !== undefined) remember(body, credential);
    const at = clock.now() - startedAt;
    const answer = await transport.send(
      {
        method: plan.method,
        url,
        headers,
        keptBytes: keptBytesOf(plan),
        isTransient: plan.isTransient ?? false,
        withoutCertificate: !showsCertificate(target, credential),
        ...(body === undefined ? {} : { body }),
      },
      signal,
    );
    if (plan.purpose !== 'cleanup') tally.exchanges += 1;
    return { outgoing, answer, at, took: clock.now() - startedAt - at };
  };
};
