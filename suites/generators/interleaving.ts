/** Random plans for several clients that write and read a few shared users: each client does its steps one after another. */
import fc from 'fast-check';

export type Step =
  | {
      readonly do: 'write';
      readonly method: 'PUT' | 'PATCH' | 'DELETE';
      readonly user: number;
      readonly mode: 'asynchronous' | 'synchronous';
      /** Whether the client waits until the write is completed before its next step. */
      readonly wait: boolean;
    }
  | { readonly do: 'create'; readonly taken: boolean; readonly wait: boolean }
  | { readonly do: 'create-group'; readonly wait: boolean }
  /** A bulk request: which users are written, in this order. */
  | { readonly do: 'bulk'; readonly users: readonly number[]; readonly wait: boolean }
  | { readonly do: 'read'; readonly user: number }
  /** A poll of the client's last asynchronous request, whether it is completed or not. */
  | { readonly do: 'poll' };

export interface Interleaving {
  readonly users: number;
  readonly clients: readonly (readonly Step[])[];
}

export interface InterleavingOptions {
  readonly patch: boolean;
  readonly bulk: boolean;
  readonly groups: boolean;
}

const step = (users: number, { patch, bulk, groups }: InterleavingOptions): fc.Arbitrary<Step> => {
  const user = fc.nat({ max: users - 1 });
  const wait = fc.boolean();
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('write' as const),
        method: fc.constantFrom<'PUT' | 'PATCH'>('PUT', ...(patch ? (['PATCH'] as const) : [])),
        user,
        mode: fc.constantFrom<'asynchronous' | 'synchronous'>('asynchronous', 'synchronous'),
        wait,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('write' as const),
        method: fc.constant('DELETE' as const),
        user,
        mode: fc.constantFrom<'asynchronous' | 'synchronous'>('asynchronous', 'synchronous'),
        wait,
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('create' as const), taken: fc.boolean(), wait }) },
    ...(groups ? [{ weight: 1, arbitrary: fc.record({ do: fc.constant('create-group' as const), wait }) }] : []),
    ...(bulk
      ? [
          {
            weight: 2,
            arbitrary: fc.record({
              do: fc.constant('bulk' as const),
              users: fc.array(user, { minLength: 1, maxLength: 6 }),
              wait,
            }),
          },
        ]
      : []),
    { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), user }) },
    { weight: 1, arbitrary: fc.constant({ do: 'poll' as const }) },
  );
};

export const interleavings = (options: InterleavingOptions): fc.Arbitrary<Interleaving> =>
  fc.integer({ min: 1, max: 3 }).chain((users) =>
    fc.record({
      users: fc.constant(users),
      clients: fc.array(fc.array(step(users, options), { minLength: 1, maxLength: 5, size: 'max' }), {
        minLength: 1,
        maxLength: 4,
        size: 'max',
      }),
    }),
  );
