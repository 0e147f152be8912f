/**
 * Names of members and URNs are compared without regard to case (RFC 7643 §2.1, RFC 8141 §3.1, RFC 2648). A body is
 * therefore read with the spelling of the RFCs and of the profile, so that readers and judges need only this spelling.
 * CORE-07 judges how the names were spelled.
 */
import { allNames, urns } from './vocabulary.js';

const byLowerCase = (words: readonly string[]): ReadonlyMap<string, string> =>
  new Map(words.map((word) => [word.toLowerCase(), word]));

const knownUrns = byLowerCase(urns);
const spelledRight: ReadonlySet<string> = new Set([...allNames, ...urns]);
const knownNames = byLowerCase([...spelledRight]);

/** A URN of the protocol in its usual spelling; any other text is returned unchanged. */
export const usualUrn = (text: string): string =>
  /^urn:/i.test(text) ? (knownUrns.get(text.toLowerCase()) ?? text) : text;

/**
 * Whether no part of a URN has both capitals and small letters. A URN with such a part, as in `…:misc:asyncResp`, is a
 * mistake in one word and no other spelling of the whole: DISC-03 judges it where events are advertised.
 */
export const isInOneCase = (text: string): boolean =>
  text.split(':').every((part) => part === part.toLowerCase() || part === part.toUpperCase());

/** A name or URN of the protocol in its usual spelling; any other name is returned unchanged. */
export const usualName = (name: string): string =>
  spelledRight.has(name) ? name : (knownNames.get(name.toLowerCase()) ?? name);

const inUsualSpelling = (list: readonly unknown[]): readonly unknown[] => {
  const items = list.map(withUsualNames);
  return items.some((item, place) => item !== list[place]) ? items : list;
};

/** If an object has a member twice, in two spellings, the one in the usual spelling is read. */
const objectWithUsualNames = (object: object): object => {
  let isChanged = false;
  const entries: [string, unknown][] = [];
  const taken = new Set<string>();
  for (const [name, member] of Object.entries(object)) {
    const usual = usualName(name);
    const isRenamed = usual !== name && !Object.hasOwn(object, usual) && !taken.has(usual);
    if (isRenamed) taken.add(usual);
    const read = withUsualNames(member);
    isChanged ||= isRenamed || read !== member;
    entries.push([isRenamed ? usual : name, read]);
  }
  return isChanged ? Object.fromEntries(entries) : object;
};

/** A JSON value with names and URNs of the protocol in their usual spelling: the same value if there is nothing to change. */
export const withUsualNames = (value: unknown): unknown => {
  if (typeof value === 'string') return usualUrn(value);
  if (Array.isArray(value)) return inUsualSpelling(value);
  return typeof value === 'object' && value !== null ? objectWithUsualNames(value) : value;
};
