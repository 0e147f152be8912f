/** Faults in how a status changes from read to read, and in its results: LIFE-02, LIFE-03, LIFE-10. */
import { header } from '../../schemas/names.js';
import {
  answering,
  bodyOf,
  both,
  completed,
  counts,
  edit,
  isStatusRead,
  member,
  notModified,
  withBody,
  withField,
  without,
  withOperations,
  withoutField,
  type Match,
} from './answers.js';
import type { Fault } from './fault.js';

const isCompleted: Match = (answer) => completed(bodyOf(answer));

const withLastModified = (lastModified: string) =>
  withBody((body) => ({ ...body, meta: { ...member(body, 'meta'), lastModified } }));

export const statusHistoryFaults: readonly Fault[] = [
  {
    name: 'counts-go-back',
    over: 'request-mode',
    title: 'a completed bulk request that is pending again for a moment',
    breaks: ['LIFE-02'],
    seams: answering(() => {
      const reads = new Map<string, number>();
      return (answer, request) => {
        const { total } = counts(bodyOf(answer));
        if (!isStatusRead(answer, request) || !completed(bodyOf(answer)) || Number(total) < 2) return answer;
        const number = (reads.get(request.path) ?? 0) + 1;
        reads.set(request.path, number);
        if (number !== 2) return answer;
        const { schemas, id, meta } = bodyOf(answer);
        const counted = { total, success: 0, failed: 0, pending: total };
        const again = { schemas, id, meta, operationsCount: counted, status: { completed: false, success: false } };
        return withField(header.retryAfter, '0')(withoutField(header.etag)({ ...answer, body: again }));
      };
    }),
  },
  {
    name: 'results-lose-their-version',
    over: 'request-mode',
    title: 'results that lose their version once they were read',
    breaks: ['LIFE-03'],
    seams: answering(() => {
      const read = new Set<string>();
      return (answer, request) => {
        if (!isStatusRead(answer, request) || !completed(bodyOf(answer))) return answer;
        const isFirst = !read.has(request.path);
        read.add(request.path);
        // Without ETag, because an unchanged one would be another fault (STAT-13).
        const untagged = withoutField(header.etag)(answer);
        return isFirst ? untagged : withOperations((operation) => without(operation, 'version'))(untagged);
      };
    }),
  },
  {
    name: 'last-modified-moves-after-completion',
    title: 'a completed status that gets another lastModified and ETag 300 ms later',
    breaks: ['LIFE-03'],
    entails: ['STAT-13'],
    seams: edit(both(isStatusRead, isCompleted), (answer, { field }, { environment: { clock } }) => {
      const done = Date.parse(String(member(bodyOf(answer), 'meta').lastModified));
      if (clock.now() - done < 300) return answer;
      const archived = withField(
        header.etag,
        'W/"archived"',
      )(withLastModified(new Date(done + 300).toISOString())(answer));
      return field(header.ifNoneMatch) === 'W/"archived"' ? notModified(archived) : archived;
    }),
  },
  {
    name: 'last-modified-is-the-time-of-the-read',
    title: 'a status whose lastModified is the time of each read',
    breaks: ['LIFE-03'],
    seams: edit(both(isStatusRead, isCompleted), (answer, _request, { environment: { clock } }) =>
      withLastModified(new Date(clock.now()).toISOString())(answer),
    ),
  },
  {
    name: 'failures-without-their-error',
    over: 'request-mode',
    title: 'failed operations whose results hold no error',
    breaks: ['LIFE-10'],
    seams: edit(
      isStatusRead,
      withOperations((operation) => (operation.status === '400' ? without(operation, 'response') : operation)),
    ),
  },
  {
    name: 'creates-without-their-location',
    over: 'request-mode',
    title: 'a result of a create without location',
    breaks: ['LIFE-10'],
    seams: edit(
      isStatusRead,
      withOperations((operation) =>
        operation.method === 'POST' && operation.bulkId === undefined ? without(operation, 'location') : operation,
      ),
    ),
  },
  {
    name: 'changes-without-their-location',
    over: 'request-mode',
    title: 'results of PUT, PATCH and DELETE without location',
    breaks: ['LIFE-11'],
    seams: edit(
      isStatusRead,
      withOperations((operation) => (operation.method === 'POST' ? operation : without(operation, 'location'))),
    ),
  },
];
