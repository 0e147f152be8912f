/** Reads a profile file: a draft under discussion as a profile, without a change of this tool. */
import { findJsonMistake, jsonMistake } from '../../../schemas/json-mistake.js';
import type { ProfileFile } from '../../../schemas/types.js';
import { validate } from '../../../schemas/validators.js';
import type { Profile } from '../../definitions/profile.js';
import type { CodeOf } from '../../errors/codes.js';
import { ProfileError } from '../../errors/errors.js';
import { applyOverlay } from './apply-overlay.js';
import { mistakesInOverlay, type Mistake } from './mistakes-in-overlay.js';
import { pathOfPointer, placesIn, repeatedMembers } from './place-in-file.js';

const mostMistakes = 10;

const errorOf = (text: string, mistakes: readonly Mistake[], code: CodeOf<'ProfileError'>): ProfileError => {
  const placeOf = placesIn(text);
  const lines = mistakes.slice(0, mostMistakes).map(({ path, at, message }) => `  ${placeOf(path, at)}: ${message}`);
  const more = mistakes.length - lines.length;
  return new ProfileError(code, [...lines, ...(more === 0 ? [] : [`  … and ${more} more`])].join('\n'));
};

/** The value of a text that matches schemas/files/profile.json. */
const parse = (text: string): ProfileFile => {
  if (findJsonMistake(text) !== undefined) throw new ProfileError('not-json', `  ${jsonMistake(text)}`);
  const repeated = repeatedMembers(text).map((path): Mistake => ({
    path,
    code: 'invalid-file',
    message: 'this member stands again later in the same object',
  }));
  const validation = validate('files/profile', JSON.parse(text));
  if (validation.valid && repeated.length === 0) return validation.value;
  const violations = validation.valid ? [] : validation.violations;
  const mistakes = [
    ...repeated,
    ...violations.map(({ path, message }): Mistake => ({ path: pathOfPointer(path), code: 'invalid-file', message })),
  ];
  throw errorOf(text, mistakes, 'invalid-file');
};

/**
 * The profile that a text describes, in the form of schemas/files/profile.json. `profiles` are those that it may start from,
 * and whose ids are taken. Throws ProfileError.
 */
export const readOverlay = (text: string, profiles: readonly Profile[]): Profile => {
  const file = parse(text);
  const base = profiles.find(({ version }) => version === file.base);
  if (base === undefined) throw new Error(`there is no profile ${file.base}`);
  const mistakes = mistakesInOverlay({ file, base, profiles });
  const [first] = mistakes;
  if (first !== undefined) throw errorOf(text, mistakes, first.code);
  return applyOverlay(file, base);
};
