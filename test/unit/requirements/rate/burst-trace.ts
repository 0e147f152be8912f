/** Hand-made traces of the scenario `burst`, on which RATE is judged. */
import { urn } from '../../../../schemas/names.js';
import type { Exchange } from '../../../../schemas/types.js';
import type { BindingName } from '../../../../suites/contract/binding-name.js';
import { burst } from '../../../../suites/scenarios/rate-limit/burst.js';
import { HandMadeTrace } from '../../hand-made-trace.js';

export const scimError = (status: string): Record<string, unknown> => ({ schemas: [urn.error], status });

export class BurstTrace extends HandMadeTrace {
  constructor(binding: BindingName = 'request-mode') {
    super(burst, binding);
  }

  /** A request of the burst that is admitted. */
  admitted(request: `${string} ${string}` = 'GET /Users', about: Partial<Exchange> = {}): Exchange {
    return this.exchange('burst', request, { status: request.startsWith('POST') ? 201 : 200, ...about });
  }

  /** A request of the burst that is answered 429 as it should be. */
  throttled(request: `${string} ${string}` = 'GET /Users', about: Partial<Exchange> = {}): Exchange {
    return this.exchange('burst', request, {
      status: 429,
      headers: { 'Retry-After': '1' },
      body: scimError('429'),
      ...about,
    });
  }
}
