/** Exchanges paths under the base URL, which are written as templates such as `/provision/{id}/status`. */

type Segment = { readonly literal: string } | { readonly parameter: string };

/** The segments of a template; undefined if it is no path. */
export const segmentsOf = (template: string): readonly Segment[] | undefined => {
  if (!/^(?:\/[^/?#\s]+)+$/.test(template)) return undefined;
  return template
    .slice(1)
    .split('/')
    .map((text) => {
      const parameter = /^\{(\w+)\}$/.exec(text)?.[1];
      return parameter === undefined ? { literal: text } : { parameter };
    });
};

/** Sorted names in braces. */
export const parametersOf = (segments: readonly Segment[]): readonly string[] =>
  segments.flatMap((segment) => ('parameter' in segment ? [segment.parameter] : [])).sort();

/** Whether some path fits both. */
export const overlap = (one: readonly Segment[], other: readonly Segment[]): boolean =>
  one.length === other.length &&
  one.every((segment, place) => {
    const against = other[place];
    return (
      against !== undefined && (!('literal' in segment && 'literal' in against) || segment.literal === against.literal)
    );
  });

const valuesIn = (parts: readonly string[], from: readonly Segment[]): ReadonlyMap<string, string> | undefined => {
  if (parts.length !== from.length) return undefined;
  const values = new Map<string, string>();
  for (const [place, segment] of from.entries()) {
    const part = parts[place] ?? '';
    if (part === '' || ('literal' in segment && segment.literal !== part)) return undefined;
    if ('parameter' in segment) values.set(segment.parameter, part);
  }
  return values;
};

/** The counterpart of a path that begins with a slash and has no query; undefined if it has none. */
export type SwapPath = (path: string) => string | undefined;

export const createPathSwap = (renames: Readonly<Record<string, string>> = {}): SwapPath => {
  const ways = Object.entries(renames).flatMap(([old, name]) => {
    const [from, to] = [segmentsOf(old), segmentsOf(name)];
    return from === undefined || to === undefined
      ? []
      : [
          { from, to },
          { from: to, to: from },
        ];
  });
  return (path) => {
    const parts = path.slice(1).split('/');
    for (const { from, to } of ways) {
      const values = valuesIn(parts, from);
      if (values === undefined) continue;
      const written = to.map((segment) =>
        'literal' in segment ? segment.literal : (values.get(segment.parameter) ?? ''),
      );
      return `/${written.join('/')}`;
    }
    return undefined;
  };
};
