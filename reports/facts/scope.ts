/** What a verdict is about: the scope that was judged (profile 1.1, «Scope»). */
import type { Report } from '../../schemas/types.js';

type Scoped = Pick<Report, 'target' | 'outOfScope'>;

/** Whether only synchronous SCIM was judged. */
export const isSynchronous = ({ target }: Scoped): boolean => target?.scope === 'sync';

/** The subject of the verdict, at the beginning of a title. */
export const subjectOf = (report: Scoped): string =>
  isSynchronous(report) ? 'Synchronous SCIM' : report.target?.scope === 'all' ? 'SCIM' : 'Asynchronous SCIM';

/** The same for a badge. */
export const shortSubjectOf = (report: Scoped): string =>
  isSynchronous(report) ? 'sync SCIM' : report.target?.scope === 'all' ? 'SCIM' : 'async SCIM';

/** The requirements that are not in the scope, in one line; undefined if there are none. */
export const outOfScopeLine = ({ outOfScope = [] }: Scoped): string | undefined =>
  outOfScope.length === 0
    ? undefined
    : `${outOfScope.length} ${outOfScope.length === 1 ? 'requirement' : 'requirements'} of asynchronous SCIM`;
