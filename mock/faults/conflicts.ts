/** Faults of onConflict: CONF-01. */
import type { JobHead } from '../job.js';
import { isJson } from '../json.js';
import { Problem } from '../problem.js';
import type { Fault } from './fault.js';
import { reading, refusing, working } from './work.js';

type Policy = NonNullable<JobHead['options']['onConflict']>;

/** A fault that takes one value of onConflict for another. */
const taking = (policy: Policy, other: Policy): Fault['seams'] =>
  reading(({ options }) => (options.onConflict === policy ? { options: { ...options, onConflict: other } } : {}));

export const conflictFaults: readonly Fault[] = [
  {
    name: 'conflict-option-ignored',
    title: 'onConflict that is ignored: every duplicate fails',
    breaks: ['CONF-01'],
    seams: reading(({ options }) => ({ options: { ...options, onConflict: 'fail' } })),
  },
  {
    name: 'skipped-duplicates-overwrite',
    title: 'duplicates that overwrite although they should be skipped',
    breaks: ['CONF-01'],
    seams: taking('skip', 'overwrite'),
  },
  {
    name: 'overwrite-only-reported',
    title: 'duplicates that should overwrite, are reported as done and change nothing',
    breaks: ['CONF-01'],
    seams: taking('overwrite', 'skip'),
  },
  {
    name: 'duplicates-overwrite-although-they-should-fail',
    title: 'duplicates that overwrite although they should fail',
    breaks: ['CONF-01'],
    seams: taking('fail', 'overwrite'),
  },
  {
    name: 'overwritten-and-reported-as-failed',
    title: 'duplicates that fail with 409 and overwrite all the same',
    breaks: ['CONF-01'],
    seams: (base, environment) => ({
      ...taking('fail', 'overwrite')(base, environment),
      ...working(() => async (task, honestly, { failure }) => {
        const result = await honestly(task);
        const { method } = task.operation;
        return task.job.options.onConflict === 'overwrite' && method === 'POST' && result.status === '200'
          ? failure(task.operation, new Problem(409, 'The userName is taken.', 'uniqueness'))
          : result;
      })(base, environment),
    }),
  },
  {
    name: 'duplicate-refused-with-400',
    title: '400 to a duplicate that should fail',
    breaks: ['CONF-01'],
    seams: working(() => async (task, honestly, { failure }) => {
      const result = await honestly(task);
      return task.job.options.onConflict === 'fail' && result.status === '409'
        ? failure(task.operation, new Problem(400, 'The userName is taken.', 'invalidValue'))
        : result;
    }),
  },
  {
    name: 'skipped-duplicates-get-a-made-up-location',
    title: 'skipped duplicates that are reported as 201, with a location that leads nowhere',
    breaks: ['CONF-01'],
    seams: (base, environment) =>
      working(() => async (task, honestly) => {
        const result = await honestly(task);
        if (task.job.options.onConflict !== 'skip' || result.status !== '200' || result.location === undefined)
          return result;
        return { ...result, status: '201', location: result.location.replace(/[^/]+$/, environment.newId()) };
      })(base, environment),
  },
  {
    name: 'duplicate-fails-the-whole-request',
    title: 'a duplicate that makes all operations of its request fail',
    breaks: ['CONF-01'],
    seams: reading(({ options }) =>
      options.onConflict === 'fail' ? { options: { ...options, rollbackOnError: true } } : {},
    ),
  },
  {
    name: 'skipped-duplicates-are-created',
    title: 'duplicates that are reported as skipped and make a second user of the name',
    breaks: ['CONF-01'],
    seams: (base, environment) => {
      const names = new Map<unknown, string>();
      const work = working(() => async (task, honestly, { ports: { store } }) => {
        const result = await honestly(task);
        const id = result.location?.split('/').at(-1) ?? '';
        const found =
          task.job.options.onConflict === 'skip' && result.status === '200' ? await store.find(id) : undefined;
        if (found === undefined || names.has(id)) return result;
        const userName = `second-${String(found.attributes.userName)}`;
        names.set(id, userName);
        await store.transaction((transaction) => transaction.create('User', { ...found.attributes, userName }));
        return result;
      });
      return {
        ...work(base, environment),
        // The store takes no name twice, so only searches show both by one name.
        search: async (query, find, method) => {
          const list = await base.search(query, find, method);
          const [user] = Array.isArray(list.Resources) ? list.Resources.filter(isJson) : [];
          const name = query.filter === undefined ? undefined : names.get(user?.id);
          if (name === undefined) return list;
          const { Resources } = await find({ ...query, filter: `userName eq "${name}"` });
          const twins = Array.isArray(Resources) ? Resources.filter(isJson) : [];
          const all = [user, ...twins.map((twin) => ({ ...twin, userName: user?.userName }))];
          return { ...list, Resources: all, totalResults: all.length, itemsPerPage: all.length };
        },
      };
    },
  },
  {
    name: 'conflict-option-refused',
    title: '400 to every bulk request with onConflict, although it is advertised',
    breaks: ['CONF-01'],
    seams: refusing(({ options }) =>
      options.onConflict === undefined ? undefined : new Problem(400, 'onConflict is not known.', 'invalidValue'),
    ),
  },
];
