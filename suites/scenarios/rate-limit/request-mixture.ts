/** What a burst is made of: mostly reads, and enough writes to see what becomes of a write that is throttled. */
import { urn } from '../../../schemas/names.js';
import type { Exchange } from '../../../schemas/types.js';
import { servedBindings } from '../../provider/served-bindings.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';

/** One request in so many is a create, the others are reads: enough to see, not much to clean up. */
const createEvery = 10;
/** One request in so many is an asynchronous bulk request, so that the queue fills, too. */
const workEvery = 4;

export interface Sent {
  readonly exchange: Exchange;
  /** Where it was asynchronous and accepted. */
  readonly submitted?: Submitted;
  /** Where it was a create: the name, and the way in which it was to be done. */
  readonly create?: { readonly userName: string; readonly mode: 'sync' | 'async' };
}

export class RequestMixture {
  private asked = 0;
  private creates = 0;

  constructor(private readonly session: Session) {}

  /** The request at this place of the burst, counted from 1. */
  at(place: number): Promise<Sent> {
    if (place % createEvery === 0) return this.create();
    const canWork = this.session.binding !== undefined && this.session.facts.capabilities.bulk;
    return place % workEvery === 0 && canWork ? this.work() : this.read();
  }

  async create(): Promise<Sent> {
    const userName = this.session.userName();
    // Every other one synchronously: a limiter may come too late for the one kind and in time for the other.
    const mode = this.session.binding !== undefined && (this.creates += 1) % 2 === 0 ? 'async' : 'sync';
    const plan = asyncCreate(userName, { purpose: 'burst' });
    const sent =
      mode === 'async'
        ? await this.session.submitOnce({ ...plan, ...this.nextBinding() })
        : { exchange: await this.session.attempt({ ...plan, purpose: 'burst', once: true }) };
    return { ...sent, create: { userName, mode } };
  }

  private async read(): Promise<Sent> {
    const url = '/Users?startIndex=1&count=1';
    return { exchange: await this.session.attempt({ method: 'GET', url, purpose: 'burst', once: true }) };
  }

  /** Work for the provider that leaves nothing behind: every operation fails. */
  private work(): Promise<Sent> {
    const operation = {
      method: 'POST',
      path: '/Users',
      expected: 'failure',
      status: '400',
      data: { schemas: [urn.user] },
    } as const;
    const plan = bulkPlan([
      { ...operation, bulkId: 'a' },
      { ...operation, bulkId: 'b' },
    ]);
    return this.session.submitOnce({ ...plan, ...this.nextBinding(), purpose: 'burst' });
  }

  /** A limiter is one for all: the bindings that there are take turns. */
  private nextBinding(): Pick<SubmitPlan, 'over'> {
    const served = servedBindings(this.session.facts);
    const over = served[(this.asked += 1) % served.length];
    return over === undefined ? {} : { over };
  }
}
