/** What every store demands of a write to a resource. */
import type { Json } from '../json.js';
import { Problem } from '../problem.js';
import { etagOf, matchesEtag, type Stored, type TypeName } from '../stored.js';

export const notThere = (type: TypeName): Problem => new Problem(404, `There is no ${type} of this id.`);

export const nameTaken = (): Problem => new Problem(409, 'The userName is taken.', 'uniqueness');

/** The userName in lower case: it is unique regardless of case (RFC 7643 §4.1.1). Undefined if there is none. */
export const userNameKey = ({ userName }: Json): string | undefined =>
  typeof userName === 'string' ? userName.toLowerCase() : undefined;

/** Throws a Problem of 412 if the resource has another version than `ifMatch` names. */
export const demandVersion = (stored: Stored, ifMatch: string | undefined): void => {
  if (ifMatch === undefined || matchesEtag(ifMatch, etagOf(stored))) return;
  throw new Problem(412, 'The resource has another version.');
};
