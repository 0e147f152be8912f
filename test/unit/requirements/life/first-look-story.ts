/** An asynchronous write of a user or group, and what the looks right after its completion show, one after another. */
import { urn } from '../../../../schemas/names.js';
import { plainGroup, wordedUser } from '../../../../suites/generators/worded.js';
import { patchBody } from '../../../../suites/scenarios/building-blocks/patches.js';
import { firstLooks } from '../../../../suites/scenarios/lifecycle/first-looks.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { statusResource } from '../../status-resource.js';
import { searched, userName } from './created-story.js';

interface Asked {
  readonly method: 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly data?: unknown;
  /** Whether it is the only operation of a bulk request. */
  readonly isBulk?: boolean;
}

const completed = (trace: HandMadeTrace, { method, path, data, isBulk = false }: Asked): void => {
  const sent = isBulk ? { schemas: [urn.bulkRequest], Operations: [{ method, path, data }] } : data;
  const submission = trace.submitted(
    isBulk ? 'POST /Bulk' : `${method} ${path}`,
    { status: 202, headers: { Location: '/scim/v2/provision/1/status' }, ...(sent === undefined ? {} : { sent }) },
    { shape: isBulk ? 'bulk' : 'single', operations: [{ method, path, expected: 'success' }] },
  );
  const status = method === 'DELETE' ? '204' : '200';
  trace.looked(submission, { status: 200, body: statusResource({ success: 1 }, { Operations: [{ method, status }] }) });
};

/** A DELETE of a user, and how many users of the name each search finds. `another`: another user gets the name. */
export const deletedStory = (
  searches: readonly number[],
  { another = false }: { readonly another?: boolean } = {},
): HandMadeTrace => {
  const trace = new HandMadeTrace(firstLooks, 'request-mode');
  const create = (id: string): void =>
    void trace.exchange('create', 'POST /Users', { status: 201, sent: wordedUser(userName, 'Worda'), body: { id } });
  create('1');
  completed(trace, { method: 'DELETE', path: '/Users/1' });
  if (another) create('2');
  for (const count of searches) searched(trace, count);
  return trace;
};

/** A write of the member `b` to a group with the member `a`, and the members that each read shows. */
export const membersStory = (
  method: 'PUT' | 'PATCH',
  reads: readonly (readonly string[])[],
  { isBulk = false, alsoSynchronously = false } = {},
): HandMadeTrace => {
  const trace = new HandMadeTrace(firstLooks, 'request-mode');
  const path = '/Groups/1';
  trace.exchange('create', 'POST /Groups', { status: 201, sent: plainGroup('Testers', ['a']), body: { id: '1' } });
  const data =
    method === 'PUT'
      ? plainGroup('Testers', ['b'])
      : patchBody([{ op: 'add', path: 'members', value: [{ value: 'b' }] }]);
  completed(trace, { method, path, data, isBulk });
  if (alsoSynchronously) trace.exchange('replace', `PUT ${path}`, { status: 200, sent: plainGroup('Testers', ['a']) });
  for (const ids of reads) trace.exchange('read', `GET ${path}`, { status: 200, body: plainGroup('Testers', ids) });
  return trace;
};
