import { urn } from '../../../../schemas/names.js';
import { core14 } from '../../../../suites/requirements/core/core-14.js';
import { ownListSteps } from '../../../../suites/scenarios/building-blocks/own-list.js';
import { cursorPages, cursorPagesSteps } from '../../../../suites/scenarios/synchronous/cursor-pages.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const { page, unspecified, unknown } = cursorPagesSteps;

type Query = [cursor: string | undefined, answer: Answer, variant?: Step];

const list = (ids: readonly string[], nextCursor?: unknown): Answer => ({
  status: 200,
  body: {
    schemas: [urn.listResponse],
    totalResults: 5,
    Resources: ids.map((id) => ({ schemas: [urn.user], id })),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  },
});

const error = (status: number, scimType?: string): Answer => ({
  status,
  body: { schemas: [urn.error], status: String(status), ...(scimType === undefined ? {} : { scimType }) },
});

/** A search that finds all five, and pages of them. */
const paged =
  (queries: readonly Query[], filter = 'filter=userName%20sw%20%22a%22&') =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(cursorPages, 'request-mode');
    if (filter !== '')
      trace.exchange('search', `GET /Users?${filter}count=10`, {
        variant: ownListSteps.trial,
        ...list(['1', '2', '3', '4', '5']),
      });
    for (const [cursor, answer, variant = page] of queries) {
      const where = cursor === undefined ? '' : `cursor=${encodeURIComponent(cursor)}&`;
      trace.exchange('search', `GET /Users?${filter}${where}count=2`, { variant, ...answer });
    }
    return trace;
  };

const first: Query = ['', list(['1', '2'], 'b')];
const pages: readonly Query[] = [first, ['b', list(['3', '4'], 'c')], ['c', list(['5'])]];

proveRequirement(core14, {
  right: {
    'pages of two': paged(pages),
    'an unknown cursor that is refused': paged([...pages, ['x', error(400, 'invalidCursor'), unknown]]),
    'a query without a way of paging': paged([...pages, [undefined, list(['1', '2']), unspecified]]),
  },
  wrong: {
    'more-than-count': paged([['', list(['1', '2', '3', '4', '5'])]]),
    'next-cursor-invalid': {
      'a number': paged([['', list(['1', '2'], 2)]]),
      'an empty string on the last page': paged([first, ['b', list(['3', '4'], 'c')], ['c', list(['5'], '')]]),
    },
    'cursor-characters': paged([
      ['', list(['1', '2'], 'b+/=')],
      ['b+/=', list(['3', '4'], 'c')],
      ['c', list(['5'])],
    ]),
    'next-cursor-missing': paged([['', list(['1', '2'])]]),
    'resource-repeated': paged([first, ['b', list(['2', '3'], 'c')], ['c', list(['4', '5'])]]),
    'resource-missing': {
      'between two pages': paged([first, ['b', list(['4', '5'])]]),
      'at the end': paged([first, ['b', list(['3', '4'])]]),
    },
    'cursor-never-ends': paged([...pages.slice(0, 2), ['c', list(['5'], 'd')], ['d', list([], 'd')]]),
    'first-page-refused': paged([['', error(400, 'invalidCursor')]]),
    'cursor-refused': paged([first, ['b', error(400, 'invalidCursor')]]),
    'unspecified-refused': paged([...pages, [undefined, error(400, 'invalidCursor'), unspecified]]),
    'unknown-cursor-answered': paged([...pages, ['x', list(['1', '2'], 'b'), unknown]]),
    'unknown-cursor-status': paged([...pages, ['x', error(404), unknown]]),
    'unknown-cursor-type': paged([...pages, ['x', error(400, 'invalidValue'), unknown]]),
  },
  legal: {
    'an empty last page, and a nextCursor of null (RFC 9865 §2, RFC 7643 §2.5)': paged([
      ...pages.slice(0, 2),
      ['c', list(['5'], 'd')],
      ['d', list([], null)],
    ]),
    'pages that are shorter than asked for (RFC 9865 §2)': paged([
      ['', list(['1'], 'b')],
      ['b', list(['2', '3'], 'c')],
      ['c', list(['4'], 'd')],
      ['d', list(['5'])],
    ]),
    'a cursor that has expired (RFC 9865 §3)': paged([first, ['b', error(400, 'expiredCursor')]]),
    'a list of everybody, which others change': paged(
      [
        ['', list(['7', '8'], 'b')],
        ['b', list(['8', '9'], 'c')],
      ],
      '',
    ),
    'a list of everybody that is too long (RFC 7644 §3.12)': paged([['', error(400, 'tooMany')]], ''),
  },
  silent: {
    'the query was throttled': paged([['', error(429)]]),
    'only the trial': paged([]),
  },
});
