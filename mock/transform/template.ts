/** Templates of the rule `format`: text with attributes in braces, such as `{name.givenName} {name.familyName}`. */
import { Problem } from '../problem.js';
import { placeOf, type Place } from './place.js';

export type Part = { readonly text: string } | { readonly place: Place };

const invalid = (): Problem => new Problem(400, 'A template has braces that do not belong together.', 'invalidValue');

/** Throws a Problem of 400 if the braces do not belong together, or hold no attribute of users. */
export const readTemplate = (template: string): readonly Part[] =>
  template.split('{').flatMap((piece, index): Part[] => {
    const [inside = '', after, ...more] = piece.split('}');
    if (index === 0) {
      if (after !== undefined) throw invalid();
      return inside === '' ? [] : [{ text: inside }];
    }
    if (after === undefined || more.length > 0) throw invalid();
    return [{ place: placeOf(inside) }, ...(after === '' ? [] : [{ text: after }])];
  });
