/** Faults of single error answers, and of input that nobody thought of: ERR-01, ERR-09. */
import { header, urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import type { Operation } from '../operation.js';
import { Problem } from '../problem.js';
import { both, edit, error, on } from './answers.js';
import type { Fault } from './fault.js';
import { applying } from './work.js';

/** A fault that fails as if by an exception that nobody catches. */
const crashing = (isOne: (data: Json, operation: Operation) => boolean): Fault['seams'] =>
  applying((apply) => (operation, transaction) => {
    if (isJson(operation.data) && isOne(operation.data, operation)) throw new Problem(500, 'Internal error.');
    return apply(operation, transaction);
  });

const failedInBulk = {
  schemas: [urn.bulkResponse],
  Operations: [{ method: 'POST', bulkId: 'b', status: '500', response: error(500).body }],
};

export const errorAnswerFaults: readonly Fault[] = [
  {
    name: 'get-of-bulk-is-a-page',
    title: 'an HTML page with 405 to a GET of /Bulk',
    breaks: ['CORE-04', 'ERR-01'],
    seams: edit(on(405, 'GET', /^\/Bulk$/), ({ status }) => ({
      status,
      headers: { [header.contentType]: 'text/html' },
      text: '<html><body><h1>Method Not Allowed</h1></body></html>',
    })),
  },
  {
    name: '412-to-a-delete-without-a-body',
    title: 'a 412 without a body to a synchronous DELETE',
    breaks: ['ERR-01'],
    seams: edit(on(412, 'DELETE', /^\/Users\//), ({ status }) => ({ status, headers: {} })),
  },
  {
    name: '500-to-a-very-long-name',
    title: '500 to a userName of more than 1000 characters',
    breaks: ['ERR-09'],
    seams: crashing(({ userName }) => typeof userName === 'string' && userName.length > 1000),
  },
  {
    name: '500-in-the-result-of-a-deep-operation',
    title: 'a synchronous bulk request with the result 500 of an operation whose data is deep JSON',
    breaks: ['ERR-09'],
    seams: edit(
      both(on(400, 'POST', /^\/Bulk$/), (_answer, { field }) => Number(field('content-length')) > 20_000),
      () => ({ ...error(500), status: 200, body: failedInBulk }),
    ),
  },
  {
    name: '500-to-a-patch-to-null',
    title: '500 to a PATCH with null as its value',
    breaks: ['ERR-09'],
    seams: crashing((data, { method }) => method === 'PATCH' && JSON.stringify(data).includes('"value":null')),
  },
  {
    name: '500-to-a-patch-without-operations',
    title: '500 to a PATCH without operations',
    breaks: ['ERR-09'],
    seams: crashing(
      ({ Operations }, { method }) => method === 'PATCH' && Array.isArray(Operations) && Operations.length === 0,
    ),
  },
];
