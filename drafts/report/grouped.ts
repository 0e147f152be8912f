/** What the formats for people share that show a heading for each kind. */

/** Characters of a sentence that are shown. */
export const longestSentence = 400;

interface Group<Item> {
  readonly heading: string;
  readonly those: readonly Item[];
}

/** The items of each kind, in the order of the headings; a kind without items is left out. */
export const grouped = <Kind extends string, Item extends { readonly kind: Kind }>(
  headings: Readonly<Record<Kind, string>>,
  items: readonly Item[],
): Group<Item>[] =>
  Object.entries<string>(headings)
    .map(([kind, heading]) => ({ heading, those: items.filter((item) => item.kind === kind) }))
    .filter(({ those }) => those.length > 0);
