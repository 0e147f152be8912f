/** Does things in groups: what arrives while a group is on its way is the next one. A commit costs as much for many. */

export interface GroupsOptions<In, Out> {
  /** Number of groups at the same time. */
  readonly lanes: number;
  /** Largest number of members of a group. */
  readonly size: number;
  /** One result for each member; it may throw. */
  readonly run: (members: readonly In[]) => Promise<readonly (() => Out)[]>;
}

interface Member<In, Out> {
  readonly value: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

export class Groups<In, Out> {
  private waiting: Member<In, Out>[] = [];
  private busy = 0;
  private idle: (() => void)[] = [];

  constructor(private readonly options: GroupsOptions<In, Out>) {}

  add(value: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ value, resolve, reject });
      // Not at once, so that what happens in the same turn is one group.
      queueMicrotask(() => this.start());
    });
  }

  /** Resolves when nothing waits and nothing is on its way. */
  whenIdle(): Promise<void> {
    if (this.busy === 0 && this.waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private start(): void {
    while (this.busy < this.options.lanes && this.waiting.length > 0)
      void this.run(this.waiting.splice(0, this.options.size));
  }

  private async run(members: readonly Member<In, Out>[]): Promise<void> {
    this.busy += 1;
    try {
      const results = await this.options.run(members.map(({ value }) => value));
      members.forEach(({ resolve, reject }, place) => {
        try {
          const result = results[place];
          if (result === undefined) throw new Error('a member of a group has no result');
          resolve(result());
        } catch (error) {
          reject(error);
        }
      });
    } catch (error) {
      for (const { reject } of members) reject(error);
    }
    this.busy -= 1;
    this.start();
    if (this.busy === 0 && this.waiting.length === 0) for (const end of this.idle.splice(0)) end();
  }
}
