/** Makes a filter from a draft: its values come from what the provider shows of the users. */
import { pathNames, valuesAt } from '../../filters/attribute-paths.js';
import type { Filter, Literal } from '../../filters/filter.js';
import type { DraftFilter, ValueRule } from '../../generators/filters.js';
import type { JsonObject } from '../../trace/message.js';

/** For a value that the provider does not show. */
const nothingShown = 'Zebra';

const firstText = (resource: JsonObject | undefined, path: string): string =>
  valuesAt(resource, pathNames(path)).find((value): value is string => typeof value === 'string') ?? nothingShown;

const inOtherLetters = (text: string): string => {
  const upper = text.toUpperCase();
  // Letters such as ß have no capital of their own.
  if (upper.toLowerCase() !== text.toLowerCase()) return text;
  return upper === text ? text.toLowerCase() : upper;
};

/** At least one character; blanks at the ends are left out, because a provider may trim the value. */
const partOf = (text: string, part: 'whole' | 'beginning' | 'middle' | 'end'): string => {
  const characters = [...text];
  const half = Math.ceil(characters.length / 2);
  const parts: Record<typeof part, readonly string[]> = {
    whole: characters,
    beginning: characters.slice(0, half),
    middle: characters.slice(Math.floor(half / 2), Math.floor(half / 2) + half),
    end: characters.slice(-half),
  };
  return parts[part].join('').trim();
};

const withWildcard = (text: string, wildcard: string): string => {
  const characters = [...text];
  return characters.with(Math.floor(characters.length / 2), wildcard).join('');
};

const minute = 60_000;

/** As xsd:dateTime in a time zone that is so many hours from UTC. */
const dateIn = (instant: number, zone: number): string => {
  const local = new Date(instant + zone * 60 * minute).toISOString();
  const [text] = local.split('.');
  if (zone === 0) return `${text}Z`;
  return `${text}${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(2, '0')}:00`;
};

const valueOf = (rule: ValueRule, path: string, resources: readonly JsonObject[], now: Date): Literal => {
  switch (rule.of) {
    case 'literal':
      return rule.is;
    case 'date': {
      const shown = Date.parse(firstText(resources[0], path));
      return dateIn((Number.isNaN(shown) ? now.getTime() : shown) + rule.hours * 60 * minute, rule.zone);
    }
    case 'user': {
      const text = partOf(firstText(resources[rule.user], path), rule.part);
      const wild = rule.wildcard === undefined ? text : withWildcard(text, rule.wildcard);
      return rule.letters === 'other' ? inOtherLetters(wild) : wild;
    }
  }
};

/** `resources`: the users in their order, as the provider shows them. */
export const boundFilter = (draft: DraftFilter, resources: readonly JsonObject[], now: Date): Filter => {
  const bound = (part: DraftFilter): Filter => boundFilter(part, resources, now);
  switch (draft.kind) {
    case 'compare':
      return { ...draft, value: valueOf(draft.value, draft.path, resources, now) };
    case 'present':
      return draft;
    case 'not':
    case 'value path':
      return { ...draft, part: bound(draft.part) };
    default:
      return { ...draft, parts: draft.parts.map(bound) };
  }
};
