import { urn } from '../../../../schemas/names.js';
import { core13 } from '../../../../suites/requirements/core/core-13.js';
import { ownListSteps } from '../../../../suites/scenarios/building-blocks/own-list.js';
import { listPages, listPagesSteps } from '../../../../suites/scenarios/synchronous/list-pages.js';
import {
  listsBesideReads,
  listsBesideReadsSteps,
} from '../../../../suites/scenarios/synchronous/lists-beside-reads.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const { page, whole, rest, zero, negative, belowOne, beyond, invalidFilter } = listPagesSteps;

const everyone = ['1', '2', '3', '4', '5'];

type Query = [query: string, variant: Step, answer: Answer];

/** The body of a list that shows these ids. */
const list = (ids: readonly string[], numbers: Record<string, unknown> = {}): Answer => ({
  status: 200,
  body: {
    schemas: [urn.listResponse],
    totalResults: 5,
    itemsPerPage: ids.length,
    Resources: ids.map((id) => ({ schemas: [urn.user], id })),
    ...numbers,
  },
});

const error = (status: number, scimType?: string): Answer => ({
  status,
  body: { schemas: [urn.error], status: String(status), ...(scimType === undefined ? {} : { scimType }) },
});

const at = (startIndex: number, ids: readonly string[], numbers: Record<string, unknown> = {}): Query => [
  `startIndex=${startIndex}&count=2`,
  page,
  list(ids, { startIndex, ...numbers }),
];

const pages: readonly Query[] = [at(1, ['1', '2']), at(3, ['3', '4']), at(5, ['5'])];

/** Five users, and queries of them. Without `filter`, the list has others, too. */
const queried =
  (queries: readonly Query[], { filter = 'userName%20sw%20%22a%22', facts = {} } = {}) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(listPages, 'request-mode', facts);
    for (const id of everyone) {
      const body = { schemas: [urn.user], id, userName: `a${id}` };
      trace.exchange('create', 'POST /Users', { status: 201, subject: `a${id}`, body });
    }
    const [trial] = [list(everyone, { startIndex: 1 })];
    const own = filter === '' ? '' : `filter=${filter}&`;
    if (filter !== '') trace.exchange('search', `GET /Users?${own}count=10`, { variant: ownListSteps.trial, ...trial });
    for (const [query, variant, answer] of queries)
      trace.exchange('search', `GET /Users?${own}${query}`, { variant, ...answer });
    return trace;
  };

const capabilities = { patch: true, bulk: true, filter: true, groups: true };

const invalid = (answer: Answer) => queried([['count=2', invalidFilter.of('no value'), answer]]);

type Json = Record<string, unknown>;

const groupOf = (...ids: string[]): Json => ({
  schemas: [urn.group],
  id: 'g',
  displayName: 'Sales',
  members: ids.map((value) => ({ value })),
});

const person: Json = {
  schemas: [urn.user],
  id: 'u',
  userName: 'a@example.com',
  active: true,
  emails: [{ value: 'a@example.com' }, { value: 'b@example.com' }],
  phoneNumbers: [{ value: 'tel:+49-30-1234567' }],
};

/** A list beside reads; `shown`: what the lists show, one after another; `written`: what the PUT before wrote. */
const beside =
  (read: Json, shown: readonly Json[], { after = read, written = read, variant = listsBesideReadsSteps.found } = {}) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(listsBesideReads, 'request-mode');
    const subject = '/Groups/g';
    trace.exchange('replace', 'PUT /Groups/g', { status: 200, sent: written, subject });
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: read, subject });
    for (const resource of shown) {
      const body = { schemas: [urn.listResponse], totalResults: 1, Resources: [{ id: 'x', members: [] }, resource] };
      trace.exchange('search', 'GET /Groups?filter=x', { status: 200, body, subject, variant });
    }
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: after, subject });
    return trace;
  };

const group = groupOf('1', '2', '3');

proveRequirement(core13, {
  right: {
    'pages of two': queried(pages),
    'the whole list': queried([['', whole, list(everyone, { startIndex: 1 })]]),
    'a startIndex without count': queried([['startIndex=4', rest, list(['4', '5'], { startIndex: 4 })]]),
    'no resources for a count of 0': queried([['count=0', zero, list([], { startIndex: 1 })]]),
    'no resources for a negative count': queried([['count=-1', negative, list([])]]),
    'the first page for a startIndex of 0': queried([
      ...pages,
      ['startIndex=0&count=2', belowOne, list(['1', '2'], { startIndex: 1 })],
    ]),
    'nothing beyond the end': queried([['startIndex=6&count=2', beyond, list([], { startIndex: 6 })]]),
    'a group in a list as in a read': beside(group, [group]),
    'a user among all as in a read': beside(person, [person], { variant: listsBesideReadsSteps.amongAll }),
    'an invalid filter that is refused': invalid(error(400, 'invalidFilter')),
  },
  wrong: {
    'list-shows-other-members': {
      'one of three': beside(group, [groupOf('1')]),
      'one more': beside(group, [groupOf('1', '2', '3', '4')]),
      'those of before, each time': beside(group, [groupOf('1', '2'), groupOf('1', '2')]),
      'among all': beside(group, [groupOf('2')], { variant: listsBesideReadsSteps.amongAll }),
    },
    'list-shows-other-values': {
      'one e-mail address of two': beside(person, [{ ...person, emails: [{ value: 'a@example.com' }] }]),
      'another state': beside(person, [{ ...person, active: false }]),
      'an old name': beside(group, [{ ...group, displayName: 'Buying' }]),
    },
    'more-than-count': queried([at(1, everyone)]),
    'count-zero-shows-resources': {
      'for a count of 0': queried([['count=0', zero, list(everyone, { startIndex: 1 })]]),
      'for a negative count': queried([['count=-1', negative, list(['1', '2'], { startIndex: 1 })]]),
    },
    'items-per-page-wrong': queried([at(1, ['1', '2']), at(3, ['3', '4']), at(5, ['5'], { itemsPerPage: 2 })]),
    'start-index-wrong': queried([at(1, ['1', '2'], { startIndex: 0 }), ...pages.slice(1)]),
    'page-numbers-missing': {
      'without startIndex': queried([at(1, ['1', '2'], { startIndex: null }), ...pages.slice(1)]),
      'without itemsPerPage': queried([at(1, ['1', '2'], { itemsPerPage: null }), ...pages.slice(1)]),
    },
    'total-results-wrong': {
      'the size of the page': queried([at(1, ['1', '2'], { totalResults: 2 }), ...pages.slice(1)]),
      'all users, and not the matches': queried([at(1, ['1', '2'], { totalResults: 40 }), ...pages.slice(1)]),
      'none, for a count of 0': queried([['count=0', zero, list([], { totalResults: 0 })]]),
      'none, for a count of 0 in a list of everybody': queried(
        [
          ['count=2', page, list(['1', '8'], { startIndex: 1, totalResults: 40 })],
          ['count=0', zero, list([], { totalResults: 0 })],
        ],
        { filter: '' },
      ),
    },
    'resource-repeated': queried([at(1, ['1', '2']), at(3, ['2', '3']), at(5, ['4'])]),
    'resource-missing': {
      'between two pages': queried([at(1, ['1', '2']), at(3, ['4', '5']), at(5, [])]),
      'at the end': queried([at(1, ['1', '2']), at(3, [])]),
    },
    'start-index-misread': {
      'a startIndex that is ignored': queried([['startIndex=4', rest, list(everyone, { startIndex: 4 })]]),
      'a page beyond the end': queried([['startIndex=6&count=2', beyond, list(['1', '2'], { startIndex: 6 })]]),
      'a startIndex of 0 that leads to the end': queried([
        ...pages,
        ['startIndex=0&count=2', belowOne, list(['5', '1'], { startIndex: 1 })],
      ]),
    },
    'value-refused': {
      'a count of 0': queried([...pages, ['count=0', zero, error(400, 'invalidValue')]]),
      'a startIndex of 0': queried([...pages, ['startIndex=0&count=2', belowOne, error(400)]]),
    },
    'invalid-filter-answered': invalid(list([])),
    'invalid-filter-status': invalid(error(422)),
    'invalid-filter-type': {
      'with none': invalid(error(400)),
      'with another': invalid(error(400, 'invalidSyntax')),
    },
  },
  legal: {
    'members in another order, and with more about them (RFC 7643 §2.4)': beside(group, [
      { ...group, members: ['3', '1', '2'].map((value) => ({ value, display: 'A', type: 'User' })) },
    ]),
    'a list without members, or with an empty list of them (RFC 7643 §2.5)': beside(group, [{ ...group, members: [] }]),
    'a list whose members are shown without their value (RFC 7643 §7)': beside(group, [
      { ...group, members: [{ display: 'A' }] },
    ]),
    'reads that do not show the name that was written, as the list does (CORE-03)': beside(
      { ...group, displayName: 'Somebody' },
      [group],
      { written: group },
    ),
    'a list that is right a moment later': beside(group, [groupOf('1'), group]),
    'names in other letter case, and a telephone number without hyphens': beside(person, [
      { ...person, userName: 'A@EXAMPLE.COM', phoneNumbers: [{ value: 'tel:+49301234567' }] },
    ]),
    'pages that are shorter than asked for (RFC 7644 §3.4.2.4)': queried([1, 2, 3, 4, 5].map((n) => at(n, [`${n}`]))),
    'no startIndex and itemsPerPage where all is shown (RFC 7644 §3.4.2)': queried([
      ['', whole, list(everyone, { itemsPerPage: null })],
    ]),
    'another order of the whole list (RFC 7644 §3.4.2.3)': queried([
      ['', whole, list(everyone.toReversed(), { startIndex: 1 })],
      ...pages,
    ]),
    'pages of a list that others change (RFC 7644 §3.4.2.4)': queried(
      [at(1, ['7', '8'], { totalResults: 90 }), at(3, ['8', '9'], { totalResults: 91 })],
      { filter: '' },
    ),
    'the list of everybody is too long, or not for this client (RFC 7644 §3.12)': queried(
      [
        ['startIndex=1&count=2', page, error(400, 'tooMany')],
        ['count=0', zero, error(403)],
      ],
      { filter: '' },
    ),
    'pages by cursor, without a startIndex (RFC 9865 §2)': queried([
      ['startIndex=1&count=2', page, list(['1', '2'], { nextCursor: 'b' })],
      ['startIndex=3&count=2', page, list(['1', '2'], { nextCursor: 'b' })],
    ]),
    'a count of 0 for a cursor (RFC 9865 §3)': queried([...pages, ['count=0', zero, error(400, 'invalidCount')]], {
      facts: { capabilities: { ...capabilities, cursor: true } },
    }),
    'a startIndex that is ignored where pages by index are denied (RFC 9865 §4)': queried(
      [
        ['count=2', page, list(['1', '2'])],
        ['count=2', page, list(['1', '2'])],
      ],
      { facts: { capabilities: { ...capabilities, index: false } } },
    ),
    'a page beyond the end that is refused': queried([['startIndex=6&count=2', beyond, error(404)]]),
    'an invalid filter that this client may not send (RFC 7644 §3.12)': invalid(error(403)),
  },
  silent: {
    'a list that does not show the group': beside(group, [{ ...group, id: 'other' }]),
    'a group that changes between the reads': beside(group, [groupOf('1')], { after: groupOf('1') }),
    'creates alone': queried([]),
    'every query throttled': queried([['startIndex=1&count=2', page, error(429)]]),
    'every query refused': queried([['startIndex=1&count=2', page, error(403)]]),
  },
});
