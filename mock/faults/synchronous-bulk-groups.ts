/** Faults of groups in bulk requests that are answered with their results: CORE-05. */
import { isJson, type Json } from '../json.js';
import type { Task } from '../jobs/job-seams.js';
import type { Operation } from '../operation.js';
import { without } from './answers.js';
import type { Fault } from './fault.js';
import { isInSynchronousBulk, reportingOnly } from './synchronous-bulk.js';
import { working } from './work.js';

const prefix = 'bulkId:';

const membersOf = (data: unknown): readonly Json[] =>
  isJson(data) && Array.isArray(data.members) ? data.members.filter(isJson) : [];

const isReference = ({ value }: Json): boolean => typeof value === 'string' && value.startsWith(prefix);

const createsGroup = ({ method, path }: Operation): boolean => method === 'POST' && path === '/Groups';

/** A fault that changes the data of creates of groups in synchronous bulk requests. */
const creatingGroups = (change: (data: Json) => Json): Fault['seams'] =>
  working(() => (task: Task, honestly) => {
    const { operation } = task;
    const isOne = isInSynchronousBulk(task) && createsGroup(operation);
    return honestly(
      isOne && isJson(operation.data) ? { ...task, operation: { ...operation, data: change(operation.data) } } : task,
    );
  });

export const synchronousBulkGroupFaults: readonly Fault[] = [
  {
    name: 'synchronous-bulk-drops-members',
    title: 'creates of groups in a synchronous bulk request that drop members with an id',
    breaks: ['CORE-05'],
    seams: creatingGroups((data) => (membersOf(data).some(isReference) ? data : without(data, 'members'))),
  },
  {
    name: 'synchronous-bulk-keeps-references-as-text',
    title: 'a reference by bulkId in a synchronous bulk request that is kept as the value of a member',
    breaks: ['CORE-05'],
    // The mock would resolve the reference itself.
    seams: creatingGroups((data) =>
      membersOf(data).some(isReference)
        ? { ...data, members: membersOf(data).map(({ value }) => ({ value: String(value).replace(':', '=') })) }
        : data,
    ),
  },
  {
    name: 'synchronous-bulk-replaces-no-group',
    title: 'a PUT of a group in a synchronous bulk request that is reported as 200 and not done',
    breaks: ['CORE-05'],
    // A stale tag is not noticed.
    entails: ['CORE-12'],
    seams: working(() => reportingOnly('PUT', '200', 'Group')),
  },
  {
    name: 'synchronous-bulk-patches-no-group',
    title: 'a PATCH of a group in a synchronous bulk request that is reported as 200 and not done',
    breaks: ['CORE-05'],
    seams: working(() => reportingOnly('PATCH', '200', 'Group')),
  },
  {
    name: 'synchronous-bulk-deletes-no-group',
    title: 'a DELETE of a group in a synchronous bulk request that is reported as 204 and not done',
    breaks: ['CORE-05'],
    seams: working(() => reportingOnly('DELETE', '204', 'Group')),
  },
];
