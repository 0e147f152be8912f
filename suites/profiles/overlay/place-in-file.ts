/** Says where in a JSON file a value stands, so that the author of the file finds a mistake. */
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';

/** Names of members and places in lists, from the root. */
export type Path = readonly (string | number)[];

/** As a JSON pointer (RFC 6901 §3). */
const pointerOf = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The path that a JSON pointer names. */
export const pathOfPointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The paths of members whose name stands earlier in the same object: JSON.parse would forget the earlier one. */
export const repeatedMembers = (text: string): Path[] => {
  const within = (node: Node, path: Path): Path[] => {
    if (node.type === 'array') return (node.children ?? []).flatMap((child, place) => within(child, [...path, place]));
    const names = new Set<string>();
    return (node.type === 'object' ? (node.children ?? []) : []).flatMap(({ children: [key, value] = [] }) => {
      const name = String(key?.value);
      const here = [...path, name];
      const isRepeated = names.has(name);
      names.add(name);
      return [...(isRepeated ? [here] : []), ...(value === undefined ? [] : within(value, here))];
    });
  };
  const root = parseTree(text);
  return root === undefined ? [] : within(root, []);
};

/** The member names of a path are texts in a pointer, whether the parent is an object or a list. */
const nodeAt = (root: Node, path: Path): Node | undefined =>
  path.reduce<Node | undefined>(
    (node, part) => node && findNodeAtLocation(node, [node.type === 'array' ? Number(part) : String(part)]),
    root,
  );

/** Where a character of a string stands in the text: an escape in JSON is longer than the character that it stands for. */
const offsetWithin = (text: string, { offset }: Node, at: number): number => {
  const escape = /\\(?:u[\dA-Fa-f]{4}|.)/y;
  let place = offset + 1;
  for (let count = 0; count < at; count += 1) {
    escape.lastIndex = place;
    place += escape.exec(text)?.[0].length ?? 1;
  }
  return place;
};

/**
 * `line 7, column 5 (/levels/ACC-99)`, for values that are in the text, and with `at` for a character of a string. Lines and
 * columns count from 1.
 */
export const placesIn = (text: string): ((path: Path, at?: number) => string) => {
  const root = parseTree(text);
  return (path, at) => {
    const node = root && nodeAt(root, path);
    // A member is found by its name.
    const whole = (node?.parent?.type === 'property' ? node.parent : node)?.offset ?? 0;
    const offset = at === undefined || node?.type !== 'string' ? whole : offsetWithin(text, node, at);
    const before = text.slice(0, offset).split('\n');
    const pointer = path.length === 0 ? '' : ` (${pointerOf(path)})`;
    return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}${pointer}`;
  };
};
