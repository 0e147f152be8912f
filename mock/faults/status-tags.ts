/** Faults of the ETag of a status, and of conditional reads: STAT-13. */
import { header } from '../../schemas/names.js';
import type { Answer } from '../http/answer.js';
import { answering, both, edit, error, isStatusRead, notModified, on, withField } from './answers.js';
import type { Fault } from './fault.js';

export const statusTagFaults: readonly Fault[] = [
  {
    name: 'one-etag-for-all-states',
    title: 'one ETag for all states',
    options: { operationMillis: 100, workers: 48 },
    breaks: ['STAT-13'],
    seams: edit(isStatusRead, withField(header.etag, 'W/"0"')),
  },
  {
    name: '304-to-any-if-none-match',
    title: '304 to every GET of a status with If-None-Match',
    breaks: ['STAT-13'],
    seams: edit(
      both(isStatusRead, (_, { field }) => field(header.ifNoneMatch) !== undefined),
      notModified,
    ),
  },
  {
    name: 'status-tags-compared-by-their-beginning',
    title: 'comparing only the beginning of the tag in If-None-Match',
    breaks: ['STAT-13'],
    seams: edit(
      both(isStatusRead, ({ headers }, { field }) => {
        const [sent = '', current = ''] = [field(header.ifNoneMatch), headers[header.etag]];
        return current !== '' && sent.startsWith(current.replace(/"$/, ''));
      }),
      notModified,
    ),
  },
  {
    name: 'list-of-status-tags-compared-as-one',
    title: 'comparing a list of tags in If-None-Match as one tag',
    breaks: ['STAT-13'],
    seams: answering(() => {
      const shown = new Map<string, Answer>();
      return (answer, request) => {
        if (isStatusRead(answer, request)) shown.set(request.path, answer);
        const isList = request.field(header.ifNoneMatch)?.includes(',') === true;
        return (answer.status === 304 && isList ? shown.get(request.path) : undefined) ?? answer;
      };
    }),
  },
  {
    name: '304-to-the-first-tag-for-ever',
    title: 'a cache that answers 304 to the tag of the first read, also when the request is completed',
    breaks: ['STAT-13'],
    seams: answering(() => {
      const first = new Map<string, string>();
      return (answer, request) => {
        if (!isStatusRead(answer, request)) return answer;
        const tag = first.get(request.path) ?? answer.headers[header.etag] ?? '';
        first.set(request.path, tag);
        return request.field(header.ifNoneMatch) === tag ? notModified(answer) : answer;
      };
    }),
  },
  {
    name: '304-at-the-alternative-path',
    title: '304 to every GET with If-None-Match at the alternative path of a status',
    breaks: ['STAT-13'],
    seams: edit(
      both(
        isStatusRead,
        (_, { path, field }) => path.startsWith('/provisions/') && field(header.ifNoneMatch) !== undefined,
      ),
      notModified,
    ),
  },
  {
    name: '304-to-any-list-of-tags',
    title: '304 to every list of tags in If-None-Match',
    breaks: ['STAT-13'],
    seams: edit(
      both(isStatusRead, (_, { field }) => field(header.ifNoneMatch)?.includes(',') === true),
      notModified,
    ),
  },
  {
    name: 'status-tags-compared-with-their-strength',
    title: 'comparing tags in If-None-Match strongly, so that a weak and a strong one differ',
    breaks: ['STAT-13'],
    seams: answering(() => {
      const shown = new Map<string, Answer>();
      return (answer, request) => {
        if (isStatusRead(answer, request)) shown.set(request.path, answer);
        const [sent = '', current = ''] = [request.field(header.ifNoneMatch), answer.headers[header.etag]];
        const isOther = answer.status === 304 && sent !== '*' && !sent.split(/ *, */).includes(current);
        return (isOther ? shown.get(request.path) : undefined) ?? answer;
      };
    }),
  },
  {
    name: '412-to-a-conditional-get',
    title: '412 to a GET of a status with If-None-Match: *',
    breaks: ['STAT-13'],
    seams: edit(
      both(on(304, 'GET', /\/status$/), (_, { field }) => field(header.ifNoneMatch) === '*'),
      () => error(412),
    ),
  },
];
