/** Faults of If-Match and of the version of bulk operations in asynchronous writes: LIFE-12. */
import { header } from '../../schemas/names.js';
import type { Environment } from '../environment.js';
import { isJson } from '../json.js';
import { Problem } from '../problem.js';
import type { Operation } from '../operation.js';
import type { Fault } from './fault.js';
import { etagOf } from '../stored.js';
import { answering, bodyOf, withoutField } from './answers.js';
import { applying, type ChangeWork, working } from './work.js';

const unconditional = ({ method, path, bulkId, data }: Operation): Operation => ({
  method,
  path,
  ...(bulkId === undefined ? {} : { bulkId }),
  ...(data === undefined ? {} : { data }),
});

/** A change that refuses with 412 what has such an If-Match. */
const refusing =
  (isOne: (ifMatch: string) => boolean): ChangeWork =>
  (task, honestly, { failure }) =>
    task.operation.version !== undefined && isOne(task.operation.version)
      ? Promise.resolve(failure(task.operation, new Problem(412, 'It has another version.')))
      : honestly(task);

/** Compares If-Match with the version that was there when the request was accepted. */
const comparingAtAcceptance = ({ clock }: Environment): Fault['seams'] => {
  const versions = new Map<string, { readonly at: number; readonly etag: string }[]>();
  return (base, environment) => {
    const watched = applying((apply) => async (operation, transaction) => {
      const applied = await apply(operation, transaction);
      const { stored } = applied;
      if (stored !== undefined)
        versions.set(stored.id, [...(versions.get(stored.id) ?? []), { at: clock.now(), etag: etagOf(stored) }]);
      return applied;
    })(base, environment);
    const work = working(() => (task, honestly) => {
      const known = versions.get(task.operation.path.split('/')[2] ?? '') ?? [];
      const then = known.findLast(({ at }) => at <= task.job.created);
      return honestly(
        then?.etag === task.operation.version ? { ...task, operation: unconditional(task.operation) } : task,
      );
    });
    return { ...watched, ...work({ ...base, ...watched }, environment) };
  };
};

export const conditionFaults: readonly Fault[] = [
  {
    name: 'asynchronous-writes-ignore-if-match',
    title: 'If-Match that is lost in the queue',
    breaks: ['LIFE-12'],
    seams: working(
      () => (task, honestly) =>
        honestly(task.job.isBulk ? task : { ...task, operation: unconditional(task.operation) }),
    ),
  },
  {
    name: 'version-of-bulk-operations-ignored',
    title: 'the version of bulk operations that is ignored',
    breaks: ['LIFE-12'],
    entails: ['CORE-12'],
    seams: working(
      () => (task, honestly) =>
        honestly(task.job.isBulk ? { ...task, operation: unconditional(task.operation) } : task),
    ),
  },
  {
    name: 'asynchronous-delete-ignores-if-match',
    title: 'an asynchronous DELETE that ignores If-Match',
    breaks: ['LIFE-12'],
    seams: working(
      () => (task, honestly) =>
        honestly(task.operation.method === 'DELETE' ? { ...task, operation: unconditional(task.operation) } : task),
    ),
  },
  {
    name: 'asynchronous-conflict-is-409',
    title: 'a result of 409 in place of 412',
    breaks: ['LIFE-12'],
    seams: working(() => async (task, honestly, { failure }) => {
      const result = await honestly(task);
      return result.status === '412' ? failure(task.operation, new Problem(409, 'It was changed.')) : result;
    }),
  },
  {
    name: 'asynchronous-if-match-never-matches',
    title: 'If-Match that refuses every asynchronous write',
    breaks: ['LIFE-12'],
    seams: working(
      () =>
        (task, honestly, { failure }) =>
          task.operation.version === undefined
            ? honestly(task)
            : Promise.resolve(failure(task.operation, new Problem(412, 'It has another version.'))),
    ),
  },
  {
    name: 'any-version-refused',
    title: '`If-Match: *` that refuses every asynchronous write',
    breaks: ['LIFE-12'],
    seams: working(() => refusing((ifMatch) => ifMatch === '*')),
  },
  {
    name: 'list-of-tags-never-matches',
    title: 'an If-Match of an asynchronous write that is compared as one tag',
    breaks: ['LIFE-12'],
    seams: working(() => refusing((ifMatch) => ifMatch.includes(','))),
  },
  {
    name: 'version-of-group-patches-and-deletes-ignored',
    title: 'a PATCH or DELETE of a group that ignores If-Match',
    breaks: ['LIFE-12'],
    seams: working(
      () => (task, honestly) =>
        honestly(
          task.operation.path.startsWith('/Groups/') && task.operation.method !== 'PUT' && !task.job.isBulk
            ? { ...task, operation: unconditional(task.operation) }
            : task,
        ),
    ),
  },
  {
    name: 'version-of-later-operations-ignored',
    title: 'a bulk request that checks the version of its first operation only',
    breaks: ['LIFE-12'],
    seams: working(
      () => (task, honestly) => honestly(task.index > 0 ? { ...task, operation: unconditional(task.operation) } : task),
    ),
  },
  {
    name: 'if-match-compared-at-acceptance',
    title: 'If-Match that is compared when a request is accepted, and not when it runs',
    breaks: ['LIFE-12'],
    over: 'request-mode',
    seams: (base, environment) => comparingAtAcceptance(environment)(base, environment),
  },
  {
    name: 'if-match-ignored-and-no-etag-field',
    title: 'If-Match that is lost in the queue of a provider that has the tag in meta.version only',
    breaks: ['LIFE-12'],
    entails: ['CORE-12'],
    seams: (base, environment) => {
      const hidden = answering(() => (answer, { path }) => {
        const isResource = /^\/(Users|Groups)/.test(path) && isJson(bodyOf(answer).meta);
        return isResource ? withoutField(header.etag)(answer) : answer;
      })(base, environment);
      const lost = working(() => (task, honestly) => honestly({ ...task, operation: unconditional(task.operation) }))(
        { ...base, ...hidden },
        environment,
      );
      return { ...hidden, ...lost };
    },
  },
];
