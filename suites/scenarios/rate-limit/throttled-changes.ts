/**
 * Changes of users that were made before the burst, sent while the limiter is exhausted: one PUT after another until one is
 * throttled, so that the last one is, and then one DELETE. Reads afterwards show whether they were done all the same.
 */
import { wordedUser } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { isThrottled } from '../../trace/answers.js';
import { step } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';
import { createUser, type CreatedUser } from '../building-blocks/create-user.js';

export const throttledChangesSteps = {
  /** A synchronous PUT or DELETE while the limiter is exhausted. */
  change: step('a change under load'),
  /** The read of its user after the burst, if it was throttled. */
  afterwards: step('after a throttled change'),
};

/** The largest number of PUTs until one is throttled. */
const mostReplaces = 8;

export class ThrottledChanges {
  private isBusy = false;
  private replaces = 0;
  private readonly throttled: CreatedUser[] = [];
  /** The methods that are not yet tried, in the order in which they are. */
  private readonly left: ('PUT' | 'DELETE')[] = ['PUT', 'DELETE'];

  private constructor(
    private readonly session: Session,
    private readonly users: Readonly<Record<'PUT' | 'DELETE', CreatedUser>>,
  ) {}

  /** Creates the users. Throws Blocked if the target does not. */
  static async prepare(session: Session): Promise<ThrottledChanges> {
    return new ThrottledChanges(session, { PUT: await createUser(session), DELETE: await createUser(session) });
  }

  /** Sends a change, unless another one is under way or all were tried. */
  async sendNext(): Promise<void> {
    const [method] = this.left;
    if (this.isBusy || method === undefined) return;
    this.isBusy = true;
    const { path: url, userName: subject } = this.users[method];
    const body = method === 'PUT' ? { body: wordedUser(subject, this.session.word()) } : {};
    const about = {
      method,
      url,
      subject,
      purpose: 'burst',
      variant: throttledChangesSteps.change,
      once: true,
    } as const;
    const exchange = await this.session.attempt({ ...about, ...body });
    const wasThrottled = isAnswered(exchange) && isThrottled(exchange);
    if (wasThrottled) this.throttled.push(this.users[method]);
    this.replaces += 1;
    if (wasThrottled || method === 'DELETE' || this.replaces >= mostReplaces) this.left.shift();
    this.isBusy = false;
  }

  /** Reads the users whose change was throttled. */
  async lookAfterwards(): Promise<void> {
    const variant = throttledChangesSteps.afterwards;
    for (const { path: url, userName: subject } of this.throttled)
      await this.session.send({ method: 'GET', url, purpose: 'read', subject, variant });
  }
}
