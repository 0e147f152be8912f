/** Hand-made traces of the scenario `status-token`, on which TOK is judged. */
import { statusToken, statusTokenSteps } from '../../../../suites/scenarios/features/status-token.js';
import { HandMadeTrace } from '../../hand-made-trace.js';

export const goodToken = { value: '{{status-token-1}}', expiresAt: '2026-11-06T08:49:37Z' };

type Use = keyof typeof statusTokenSteps;

/** A request whose 202 has this body, and uses of its token that are answered so. */
export const tokenTrace = (body: unknown, uses: Partial<Record<Use, number>> = {}): HandMadeTrace => {
  const trace = new HandMadeTrace(statusToken, 'request-mode', { features: ['statusToken'] });
  const asked = trace.exchange('submit', 'POST /Users', {
    status: 202,
    headers: { Location: '/provision/1/status' },
    ...(body === undefined ? {} : { body }),
  });
  trace.submission(asked, { location: 'https://provider.example/provision/1/status' });
  for (const [name, variant] of Object.entries(statusTokenSteps)) {
    const status = uses[name as Use];
    if (status !== undefined)
      trace.exchange('status-token', 'GET /provision/1/status', { credential: 'status-token', status, variant });
  }
  return trace;
};
