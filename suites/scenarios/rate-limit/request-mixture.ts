/** Chooses the requests of a burst: mostly reads, and enough writes to see whether a throttled write has an effect. */
import { urn } from '../../../schemas/names.js';
import type { Exchange } from '../../../schemas/types.js';
import { servedBindings } from '../../provider/served-bindings.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';

/** One request in this number is a create: enough to judge, and not too many to clean up. */
const createEvery = 10;
/** One request in this number is an asynchronous bulk request, so that the queue fills, too. */
const bulkEvery = 4;
/** One bulk request in this number has an operation that succeeds: after a throttled one its user can be searched for. */
const createInBulkEvery = 4;

/** How a create was sent. */
export type CreateMode = 'sync' | 'async' | 'bulk';

export interface Sent {
  readonly exchange: Exchange;
  /** Only if it was asynchronous and accepted. */
  readonly submitted?: Submitted;
  /** Only if it was a create: its name and its mode. */
  readonly create?: { readonly userName: string; readonly mode: CreateMode };
}

export class RequestMixture {
  private bindingTurn = 0;
  private creates = 0;
  private bulks = 0;

  constructor(private readonly session: Session) {}

  /** Sends the request at this place of the burst, counted from 1. */
  send(place: number): Promise<Sent> {
    if (place % createEvery === 0) return this.create();
    const canSendBulk = this.session.binding !== undefined && this.session.facts.capabilities.bulk;
    return place % bulkEvery === 0 && canSendBulk ? this.bulk() : this.read();
  }

  async create(): Promise<Sent> {
    const userName = this.session.userName();
    // Every second one is synchronous: a limiter may act too late in one mode and in time in the other.
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

  /** A bulk request, mostly one whose operations all fail, so that nothing has to be deleted. */
  private async bulk(): Promise<Sent> {
    this.bulks += 1;
    const userName = this.bulks % createInBulkEvery === 0 ? this.session.userName() : undefined;
    const failing = { method: 'POST', path: '/Users', expected: 'failure', status: '400' } as const;
    const data = { schemas: [urn.user] };
    const plan = bulkPlan([
      userName === undefined ? { ...failing, bulkId: 'a', data } : createOperation('a', userName),
      { ...failing, bulkId: 'b', data },
    ]);
    const about = { purpose: 'burst', ...(userName === undefined ? {} : { subject: userName }) } as const;
    const sent = await this.session.submitOnce({ ...plan, ...this.nextBinding(), ...about });
    return userName === undefined ? sent : { ...sent, create: { userName, mode: 'bulk' } };
  }

  /** Both bindings share the limiter of the target, so the served bindings are used in turn. */
  private nextBinding(): Pick<SubmitPlan, 'over'> {
    const served = servedBindings(this.session.facts);
    const over = served[(this.bindingTurn += 1) % served.length];
    return over === undefined ? {} : { over };
  }
}
