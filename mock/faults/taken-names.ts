/** Faults in which a write of a taken userName is done that is no create alone: ERR-06. */
import type { Task } from '../jobs/job-seams.js';
import { isJson } from '../json.js';
import type { Operation } from '../operation.js';
import { Problem } from '../problem.js';
import type { Fault } from './fault.js';
import { applying, working } from './work.js';

/** The store would refuse the name, so the second user gets a blank behind it. */
export const spaced = (operation: Operation): Operation => ({
  ...operation,
  data: JSON.parse(JSON.stringify(operation.data).replace(/("(?:userName|value)":"[^"]*)"/, '$1 "')) as unknown,
});

/** A fault in which these operations are done although their userName is taken. */
export const takingNames = (isOne: (task: Task) => boolean): Fault['seams'] =>
  working(() => async (task, honestly) => {
    const result = await honestly(task);
    const isTaken = result.status === '409' && isOne(task);
    return isTaken ? honestly({ ...task, operation: spaced(task.operation) }) : result;
  });

const isAsynchronous = ({ job }: Task): boolean => job.hasStatus || job.isEventPromised;

const isInBulk = ({ job }: Task): boolean => job.isBulk;

/** A fault in which every PUT of such a name is done. */
const replacing = (isOne: (name: string) => boolean): Fault['seams'] =>
  applying((apply) => async (operation, transaction) => {
    try {
      return await apply(operation, transaction);
    } catch (cause) {
      const { data, method } = operation;
      const name = isJson(data) && method === 'PUT' ? data.userName : undefined;
      if (!(cause instanceof Problem) || cause.status !== 409 || typeof name !== 'string' || !isOne(name)) throw cause;
      return apply(spaced(operation), transaction);
    }
  });

export const takenNameFaults: readonly Fault[] = [
  {
    name: 'taken-name-replaced',
    title: 'a PUT that gives a user the userName of another user',
    breaks: ['ERR-06'],
    seams: replacing(() => true),
  },
  {
    name: 'taken-name-in-capitals-replaced',
    title: 'a PUT that gives a user the userName of another user in capitals',
    breaks: ['ERR-06'],
    seams: replacing((name) => name === name.toUpperCase()),
  },
  {
    name: 'taken-name-replaced-in-synchronous-bulk',
    title: 'a PUT in a synchronous bulk request that gives a user the userName of another user',
    breaks: ['ERR-06'],
    seams: takingNames((task) => isInBulk(task) && !isAsynchronous(task) && task.operation.method === 'PUT'),
  },
  {
    name: 'taken-name-created-in-synchronous-bulk',
    title: 'a create in a synchronous bulk request with the userName of another user',
    breaks: ['ERR-06'],
    seams: takingNames((task) => isInBulk(task) && !isAsynchronous(task) && task.operation.method === 'POST'),
  },
  {
    name: 'taken-name-patched-in-synchronous-bulk',
    title: 'a PATCH in a synchronous bulk request that gives a user the userName of another user',
    breaks: ['ERR-06'],
    seams: takingNames((task) => isInBulk(task) && !isAsynchronous(task) && task.operation.method === 'PATCH'),
  },
  {
    name: 'taken-name-replaced-in-asynchronous-bulk',
    title: 'a PUT in an asynchronous bulk request that gives a user the userName of another user',
    breaks: ['ERR-06'],
    seams: takingNames((task) => isInBulk(task) && isAsynchronous(task) && task.operation.method === 'PUT'),
  },
];
