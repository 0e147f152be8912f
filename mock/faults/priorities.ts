/** Faults of priority: PRIO-01. */
import type { Priority } from '../job.js';
import { Problem } from '../problem.js';
import type { Fault } from './fault.js';
import { reading, refusing } from './work.js';

const inverted: Readonly<Record<Priority, Priority>> = { low: 'high', normal: 'normal', high: 'low' };

export const priorityFaults: readonly Fault[] = [
  {
    name: 'priority-ignored',
    title: 'priority that is ignored: operations run in the order of acceptance',
    breaks: ['PRIO-01'],
    seams: reading(({ options }) => ({ options: { ...options, priority: 'normal' } })),
  },
  {
    name: 'priority-inverted',
    title: 'a queue that is sorted the wrong way round, so that low comes before high',
    breaks: ['PRIO-01'],
    seams: reading(({ options }) => ({
      options: { ...options, priority: inverted[options.priority ?? 'normal'] },
    })),
  },
  {
    name: 'priority-of-the-first-request-kept',
    title: 'a client whose first priority is used for all of its requests',
    breaks: ['PRIO-01'],
    seams: (base, environment) => {
      const first = new Map<string, Priority>();
      return reading(({ client, options }) => {
        const { priority } = options;
        if (priority === undefined) return {};
        const kept = first.get(client) ?? priority;
        first.set(client, kept);
        return { options: { ...options, priority: kept } };
      })(base, environment);
    },
  },
  {
    name: 'priority-refused',
    title: '400 to every bulk request with a priority, although it is advertised',
    breaks: ['PRIO-01'],
    seams: refusing(({ options }) =>
      options.priority === undefined ? undefined : new Problem(400, 'priority is not known.', 'invalidValue'),
    ),
  },
];
