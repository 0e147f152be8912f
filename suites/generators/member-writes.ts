/** Random writes of the members of a group, in the forms that clients use. Members are places in a list of users. */
import fc from 'fast-check';

export type MemberWrite =
  | { readonly do: 'add'; readonly who: readonly number[]; readonly form: 'path' | 'no path' }
  | { readonly do: 'remove'; readonly who: readonly number[]; readonly form: 'filters' | 'values' }
  /** One PATCH that removes a member and adds others. */
  | { readonly do: 'exchange'; readonly out: number; readonly who: readonly number[] }
  | { readonly do: 'replace'; readonly who: readonly number[]; readonly form: 'path' | 'no path' | 'PUT' };

/** `users`: how many there are. Without PATCH, every write is a PUT. */
export const memberWrites = (users: number, { patch }: { readonly patch: boolean }): fc.Arbitrary<MemberWrite[]> => {
  const one = fc.nat({ max: users - 1 });
  // The same one twice, too.
  const some = fc.array(one, { minLength: 1, maxLength: users, size: 'max' });
  const write: fc.Arbitrary<MemberWrite> = fc.oneof(
    ...(patch
      ? [
          fc.record({
            do: fc.constant('add' as const),
            who: some,
            form: fc.constantFrom<'path' | 'no path'>('path', 'no path'),
          }),
          fc.record({
            do: fc.constant('remove' as const),
            who: some,
            form: fc.constantFrom<'filters' | 'values'>('filters', 'values'),
          }),
          fc.record({ do: fc.constant('exchange' as const), out: one, who: some }),
        ]
      : []),
    fc.record({
      do: fc.constant('replace' as const),
      who: fc.subarray(Array.from({ length: users }, (_, place) => place)),
      form: patch ? fc.constantFrom<'path' | 'no path' | 'PUT'>('path', 'no path', 'PUT') : fc.constant<'PUT'>('PUT'),
    }),
  );
  return fc.array(write, { minLength: 1, maxLength: 5, size: 'max' });
};
