/** Faults of the tags of users and groups, of If-Match in synchronous writes, and of If-None-Match: CORE-12. */
import { header, urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import type { Operation } from '../operation.js';
import { Problem } from '../problem.js';
import { etagOf, matchesEtag } from '../stored.js';
import type { Answer } from '../http/answer.js';
import { answering, bodyOf, both, edit, error, member, notModified, on, type Match } from './answers.js';
import type { Fault } from './fault.js';
import { keepingTags } from './shown-tags.js';
import { applying, working } from './work.js';

const resource = /^\/(Users|Groups)\/[^/]+$/;

const operationsOf = ({ data }: Operation): Json[] =>
  isJson(data) && Array.isArray(data.Operations) ? data.Operations.filter(isJson) : [];

const changesMembers = (operation: Operation): boolean =>
  operation.method === 'PATCH' && operationsOf(operation).every(({ path }) => String(path).startsWith('members'));

const hasTag: Match = (_answer, { field }) => field(header.ifNoneMatch) !== undefined;

/** Synchronous requests only: what workers run is left as it is. */
const synchronously =
  (change: (operation: Operation) => Operation): Fault['seams'] =>
  (base, environment) => {
    const queued = new Set<Operation>();
    const work = working(() => (task, honestly) => {
      queued.add(task.operation);
      return honestly(task);
    })(base, environment);
    const writes = applying(
      (apply) => (operation, transaction) => apply(queued.has(operation) ? operation : change(operation), transaction),
    )(base, environment);
    return { ...work, ...writes };
  };

const unconditional = (operation: Operation): Operation => {
  const without = { ...operation };
  delete without.version;
  return without;
};

/** The answer to a write, with the tag that the resource had in the answer before it. */
const withTagFromBefore = (): Fault['seams'] =>
  answering(() => {
    const shown = new Map<string, string>();
    return (answer, { path, method }): Answer => {
      const tag = answer.headers[header.etag];
      if (!resource.test(path) || tag === undefined) return answer;
      const old = shown.get(path);
      shown.set(path, tag);
      if (method !== 'PUT' || old === undefined || !isJson(answer.body)) return answer;
      const meta = { ...member(answer.body, 'meta'), version: old };
      return { ...answer, headers: { ...answer.headers, [header.etag]: old }, body: { ...answer.body, meta } };
    };
  });

const strong = (text: string): string => text.replaceAll('W/\\"', '\\"');

const withStrongTags: (answer: Answer) => Answer = (answer) => {
  const tag = answer.headers[header.etag];
  const body: unknown = answer.body === undefined ? undefined : JSON.parse(strong(JSON.stringify(answer.body)));
  return {
    ...answer,
    headers: tag === undefined ? answer.headers : { ...answer.headers, [header.etag]: tag.replace('W/', '') },
    ...(body === undefined ? {} : { body }),
  };
};

export const resourceTagFaults: readonly Fault[] = [
  {
    name: 'patch-keeps-the-etag',
    title: 'a PATCH that leaves the ETag as it was',
    breaks: ['CORE-12'],
    seams: keepingTags(({ method }, origin) => method === 'PATCH' && origin === 'request'),
  },
  {
    name: 'new-members-keep-the-etag',
    title: 'changes of the members of a group that leave its ETag as it was',
    breaks: ['CORE-12'],
    seams: keepingTags(changesMembers),
  },
  {
    name: 'bulk-writes-keep-the-etag',
    title: 'operations of bulk requests that leave the ETag as it was',
    breaks: ['CORE-12'],
    // Completion events still tell the version of the store.
    entails: ['LIFE-11'],
    seams: keepingTags((_operation, origin) => origin === 'bulk'),
  },
  {
    name: 'asynchronous-writes-keep-the-etag',
    title: 'asynchronous requests that leave the ETag as it was',
    breaks: ['CORE-12', 'LIFE-12'],
    entails: ['LIFE-11'],
    seams: keepingTags((_operation, origin) => origin === 'queue'),
  },
  {
    name: 'put-answers-with-the-etag-from-before',
    title: 'an answer to PUT with the ETag from before the write',
    breaks: ['CORE-12'],
    seams: withTagFromBefore(),
  },
  {
    name: 'if-match-ignored',
    title: 'synchronous writes that ignore If-Match',
    breaks: ['CORE-12'],
    seams: synchronously(unconditional),
  },
  {
    name: 'delete-ignores-if-match',
    title: 'a synchronous DELETE that ignores If-Match',
    breaks: ['CORE-12'],
    seams: synchronously((operation) => (operation.method === 'DELETE' ? unconditional(operation) : operation)),
  },
  {
    name: 'version-of-all-bulk-operations-ignored',
    title: 'the version of operations that is ignored in every bulk request',
    breaks: ['CORE-12', 'LIFE-12'],
    seams: working(
      () => (task, honestly) =>
        honestly(task.job.isBulk ? { ...task, operation: unconditional(task.operation) } : task),
    ),
  },
  {
    name: 'stale-patch-is-409',
    title: '409 in place of 412 to a PATCH with an old ETag',
    breaks: ['CORE-12'],
    seams: edit(on(412, 'PATCH', resource), () => error(409)),
  },
  {
    name: 'stale-patch-done-and-refused',
    title: 'a PATCH with an old ETag that is answered 412 and done all the same',
    breaks: ['CORE-12', 'LIFE-12'],
    seams: ({ apply }) => {
      return {
        apply: async (operation, transaction) => {
          const { method, path, version } = operation;
          if (method !== 'PATCH' || version === undefined) return apply(operation, transaction);
          const before = await transaction.find(path.split('/')[2] ?? '');
          const applied = await apply(unconditional(operation), transaction);
          if (before !== undefined && !matchesEtag(version, etagOf(before)))
            throw new Problem(412, 'The resource has another version.');
          return applied;
        },
        atomically: (_transaction, write) => write(),
      };
    },
  },
  {
    name: 'resources-304-to-any-if-none-match',
    title: '304 to every GET of a user or group with If-None-Match',
    breaks: ['CORE-12'],
    seams: edit(both(on(200, 'GET', resource), hasTag), notModified),
  },
  {
    name: 'resources-if-none-match-ignored',
    title: 'If-None-Match that is ignored, although ServiceProviderConfig says that ETags are supported',
    breaks: ['CORE-12'],
    seams: answering(() => {
      const shown = new Map<string, Answer>();
      return (answer, { method, path }) => {
        if (!resource.test(path)) return answer;
        if (method === 'GET' && answer.status === 200) shown.set(path, answer);
        return answer.status === 304 ? (shown.get(path) ?? answer) : answer;
      };
    }),
  },
  {
    name: '412-to-if-none-match-of-a-resource',
    title: '412 to a GET of a user with the current ETag in If-None-Match',
    breaks: ['CORE-12'],
    seams: edit(on(304, 'GET', resource), () => error(412)),
  },
  {
    name: 'strong-tags-never-match',
    title: 'strong ETags that If-Match compares with weak ones, so that the current one is refused',
    breaks: ['CORE-12'],
    seams: (base, environment) => {
      const shown = answering(() => (answer, { path }) => {
        const isOne = resource.test(path) || bodyOf(answer).schemas === urn.user;
        return isOne ? withStrongTags(answer) : answer;
      })(base, environment);
      const refused = applying((apply) => async (operation, transaction) => {
        if (operation.version?.startsWith('"') === true) throw new Problem(412, 'The resource has another version.');
        return apply(operation, transaction);
      })(base, environment);
      return { ...shown, ...refused };
    },
  },
];
